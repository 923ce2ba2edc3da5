interface Asked {
  readonly method: string;
  readonly path: string;
}

/** `chat.postMessage` …, and the files that go beside the Web API. */
export function slackRoute({ path }: Asked): string {
  if (path.startsWith('/upload/')) return 'file upload';
  return path.startsWith('/files-pri/') ? 'file download' : (/^\/api\/([\w.]+)/.exec(path)?.[1] ?? 'other');
}

export const hookRoute = (): string => 'POST';

/** The method and the path with its ids and tokens left out. */
export function discordRoute({ method, path }: Asked): string {
  const [bare = ''] = path.replace(/^\/api\/v\d+/, '').split('?');
  const named = bare
    .replace(/^\/interactions\/\d+\/[^/]+/, '/interactions/:id/:token')
    .replace(/^\/webhooks\/\d+\/[^/]+/, '/webhooks/:id/:token')
    .replace(/%40original/, '@original')
    .replace(/\/\d{5,}/g, '/:id');
  return `${method} ${named}`;
}

export function airaloRoute({ path }: Asked): string {
  if (path.startsWith('/v2/token')) return 'token';
  return /\/usage$/.test(path)
    ? 'usage'
    : path
        .replace(/^\/v2\//, '')
        .replace(/\d{5,}/g, ':iccid')
        .split('?', 1)
        .join();
}

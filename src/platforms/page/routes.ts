import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { answer, bodyOf, type HttpRoute, refuseRest } from '../../ops/http.ts';
import { type Deed, readDeed } from './deed.ts';
import { factsJson, type PageFacts } from './facts.ts';
import { isFromThisComputer, isFromThisPage } from './origin.ts';
import { streamChanges } from './stream.ts';
import type { Timeline } from './timeline.ts';

/** What the page is served from. */
export interface PageRouteParts {
  /** With the secret; everything of the page stands below it. Begins and ends with a slash. */
  readonly path: string;
  readonly timeline: Timeline;
  readonly facts: PageFacts;
  /** Does what was asked for on the page; a fault of it is a line in the log, never an error for the browser. */
  readonly obey: (deed: Deed) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

const SCRIPTS = [
  'page',
  'composer',
  'timeline',
  'draw',
  'slack',
  'mrkdwn',
  'discord',
  'markdown',
  'controls',
  'dates',
];
const STYLES = ['looks', 'page', 'messages', 'slack', 'discord', 'narrow'];
/** Every file of the page, below its address: nothing else is read from the disk. */
const ASSETS: readonly (readonly [name: string, file: string, type: string])[] = [
  ['', 'page.html', 'text/html; charset=utf-8'],
  ...STYLES.map((name) => [`${name}.css`, `${name}.css`, 'text/css; charset=utf-8'] as const),
  ...SCRIPTS.map((name) => [`${name}.js`, `${name}.js`, 'text/javascript; charset=utf-8'] as const),
];
/** Pictures come inside the messages; nothing else is loaded, and nothing is run that is not a file of the page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The largest list, as base64 in JSON, with room. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The page, its events, and what is done on it: `GET` for all that is read, one `POST` for all that is done.
 * Everything asks for a loopback `Host` first.
 */
export function pageRoutes(parts: PageRouteParts): HttpRoute[] {
  const { path, timeline, clock } = parts;
  const folder = new URL('./assets/', import.meta.url);
  const get = (name: string, handle: HttpRoute['handle']): HttpRoute => ({
    method: 'GET',
    path: `${path}${name}`,
    handle: (request, response, closing) =>
      isFromThisComputer(request)
        ? handle(request, response, closing)
        : answer(response, 403, 'Not from here.'),
  });
  const assets = ASSETS.map(([name, file, type]) =>
    get(name, async (_request, response) => {
      const content = await readFile(new URL(file, folder));
      response.setHeader('Content-Security-Policy', POLICY);
      response.writeHead(200, { 'Content-Type': type }).end(content);
    }),
  );
  return [
    ...assets,
    get('facts.json', (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(factsJson(parts.facts));
    }),
    get('events', (request, response, closing) => streamChanges(timeline, clock, request, response, closing)),
    { method: 'POST', path: `${path}do`, handle: (request, response) => obeyPost(parts, request, response) },
  ];
}

/** Only JSON from the page itself: another site's form or script is refused before its body is read. */
async function obeyPost(
  { obey, log }: PageRouteParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isFromThisPage(request)) return refuseRest(request, response, 403, 'Not from this page.');
  const body = await bodyOf(request, MAX_BYTES);
  // Nobody is there any more to be answered.
  if (body === 'broken-off') return;
  if (body === 'too-large') return refuseRest(request, response, 413, 'Too large.');
  const deed = readDeed(body.toString('utf8'));
  if (!deed) return answer(response, 400, 'Not something this page does.');
  await obey(deed).catch((error: unknown) => log.error({ err: error }, 'The page could not be obeyed'));
  response.writeHead(204).end();
}

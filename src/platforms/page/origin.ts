import type { IncomingMessage } from 'node:http';

/**
 * Whether the request names this server by a loopback address. A foreign name that was made to point here (DNS
 * rebinding) stands in `Host` as itself, and is refused however the packet came.
 */
export function isFromThisComputer({ headers, socket }: IncomingMessage): boolean {
  const port = socket.localPort ?? 0;
  return headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`;
}

/**
 * The same for a request that changes something: JSON from a page of this very origin, which no other site can send.
 */
export function isFromThisPage(request: IncomingMessage): boolean {
  const { origin, host, 'content-type': type = '' } = request.headers;
  return isFromThisComputer(request) && origin === `http://${host}` && /^application\/json\b/.test(type);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { PageChange, Timeline } from './timeline.ts';

/** The server takes a longer answer for one that hangs; the browser comes back by itself and says what it has seen. */
const STREAM_MS = 15_000;
/** What the browser is told to wait before it opens the stream anew. */
const BACK_AFTER_MS = 200;

/**
 * Server-Sent Events (WHATWG HTML, section 9.2): what the page has missed, then every change, until the stream is due
 * to be opened anew. `Last-Event-ID` is a revision of the timeline; without it everything is sent. Resolves when the
 * stream has ended, at the latest when the server is `closing`.
 */
export async function streamChanges(
  timeline: Timeline,
  clock: Clock,
  { headers }: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  const seen = Number(headers['last-event-id'] ?? 0) || 0;
  const send = ({ revision, entry }: PageChange) =>
    response.write(`id: ${revision}\ndata: ${JSON.stringify(entry)}\n\n`);
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write(`retry: ${BACK_AFTER_MS}\n\n`);
  for (const change of timeline.since(seen)) send(change);
  const deaf = timeline.listen(send);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await clock.sleep(STREAM_MS, AbortSignal.any([gone.signal, closing])).catch(() => undefined);
  deaf();
  response.end();
}

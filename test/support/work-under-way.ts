import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { Database, Statement } from 'sqlite3';

/** What this process has begun outside its event loop and what has no end yet: requests to anybody, and statements of SQLite. */
const requests = new Set<unknown>();
let statements = 0;
let changes = 0;
/** Telegram's updates and the events of the page are answered when there is something to tell: always under way. */
const LONG_POLL = /\/getUpdates\b|^\/demo\/[^/]+\/events$/;

/** How much is under way, and how much has begun or ended until now. */
export const workUnderWay = () => ({ requests: requests.size, statements, changes });

function requested(request: unknown): void {
  const { path, method } = Object(request);
  // A tunnel through a proxy has no end of its own.
  if (method === 'CONNECT' || LONG_POLL.test(String(path))) return;
  requests.add(request);
  changes++;
}
function answered(request: unknown): void {
  if (requests.delete(request)) changes++;
}

subscribe('undici:request:create', (message) => requested(Object(message).request));
for (const end of ['undici:request:trailers', 'undici:request:error'])
  subscribe(end, (message) => answered(Object(message).request));
subscribe('http.client.request.start', (message) => {
  const request: ClientRequest = Object(message).request;
  requested(request);
  request.once('close', () => answered(request));
  // The socket that it opens stays open.
  if (request.listenerCount('upgrade') > 0) request.once('upgrade', () => answered(request));
});

type Method = (this: unknown, ...args: unknown[]) => unknown;
const watched = [
  [Statement.prototype, ['all', 'run', 'get']],
  [Database.prototype, ['all', 'run', 'get', 'exec', 'prepare']],
] as const;
/** A connection's methods go through those of a statement, whose callback is not called where it could not be prepared. */
let within = false;
for (const [prototype, names] of watched) {
  const methods: Record<string, Method> = Object.assign(prototype);
  for (const name of names) {
    const method = methods[name];
    if (method) methods[name] = counted(method);
  }
}

/** The same method of the driver, heard when it begins and when it calls back. */
function counted(method: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    const done = args.at(-1);
    if (within || typeof done !== 'function') return method.apply(this, args);
    statements++;
    changes++;
    const end = function (this: unknown, ...results: unknown[]) {
      statements--;
      changes++;
      return done.apply(this, results);
    };
    within = true;
    try {
      return method.apply(this, [...args.slice(0, -1), end]);
    } finally {
      within = false;
    }
  };
}

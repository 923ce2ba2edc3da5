import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { respond } from '../../../src/platforms/slack/response-url.ts';
import { listen } from '../../support/listen.ts';

const PAGE = '<!doctype html><title>Sign in to the network</title>';

it.each([
  ['ok', 200, 'ok', 'ok'],
  ['{"ok":true}', 200, '{"ok":true}', 'ok'],
  ['nothing', 200, '', 'ok'],
  ['a page of a proxy', 200, PAGE, 'retry'],
  ['a dead URL, in a body', 200, '{"ok":false,"error":"used_url"}', 'closed'],
  ['a dead URL, in plain text', 404, 'expired_url', 'closed'],
  ['a fault of its own', 500, PAGE, 'retry'],
])('%s is read as what it is', async (_what, status, body, kind) => {
  const { url, close } = await listen(
    createServer((request, response) => {
      request.resume();
      response.writeHead(status).end(body);
    }),
  );
  const result = await respond(systemClock, url, { text: 'Hello', blocks: [] }, 'new');
  expect(result.kind).toBe(kind);
  await close();
});

import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { webhookRoutes } from '../../src/alerts/webhook-route.ts';
import { answer, type HttpRoute, type HttpServer, openHttpServer } from '../../src/ops/http.ts';
import { checkPublicAddress } from '../../src/ops/public-address.ts';
import { listen } from '../support/listen.ts';
import { captureLog } from '../support/log-capture.ts';

let server: HttpServer | undefined;
let other: { url: string; close: () => Promise<void> } | undefined;
afterEach(async () => {
  await server?.close(100);
  await other?.close();
  server = undefined;
  other = undefined;
});

const events: HttpRoute = {
  method: 'POST',
  path: '/slack/events',
  handle: (_request, response) => answer(response, 401, 'Not signed.'),
};

describe("the doctor's look at PUBLIC_URL", () => {
  it('is content where both paths lead to the bot', async () => {
    const { log } = captureLog();
    const routes = webhookRoutes({ clientSecret: 's', receive: async () => 'added', log });
    server = await openHttpServer({ host: '127.0.0.1', port: 0 }, [...routes, events], log);
    const found = await checkPublicAddress(`http://127.0.0.1:${server.port}`, { slackPath: '/slack/events' });
    expect(found.map(({ level }) => level)).toEqual(['ok', 'ok']);
  });

  it('looks for the API and MCP as well, by their 401 without a key', async () => {
    const asked: string[] = [];
    other = await listen(
      createServer((request, response) => {
        asked.push(`${request.method} ${request.url}`);
        response.writeHead(request.method === 'HEAD' ? 200 : request.url === '/mcp' ? 403 : 401).end();
      }),
    );
    const found = await checkPublicAddress(other.url, { withApi: true });
    expect(asked.toSorted()).toEqual(['GET /mcp', 'GET /v1/esims/0/usage', 'HEAD /airalo/webhooks']);
    expect(found.map(({ level }) => level)).toEqual(['ok', 'ok', 'error']);
  });

  it.each([
    [404, 'error', /does not lead to the bot/],
    [200, 'error', /slack\/events does not lead to the bot/],
    [502, 'warning', /the proxy in front of the bot answers 502/],
  ])('names what another server answers in its place: %s', async (status, level, what) => {
    other = await listen(createServer((_request, response) => response.writeHead(status).end()));
    const found = await checkPublicAddress(other.url, { slackPath: '/slack/events' });
    expect(found.find((one) => one.level === level)?.what).toMatch(what);
  });

  it('only warns where nobody answers: the address may be one of the outside alone', async () => {
    expect(await checkPublicAddress('http://127.0.0.1:9')).toEqual([
      expect.objectContaining({ level: 'warning', what: expect.stringContaining('ECONNREFUSED') }),
    ]);
  });
});

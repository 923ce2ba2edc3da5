import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createApiKeys } from '../../src/api/keys.ts';
import type { Scope } from '../../src/api/scopes.ts';
import type { Clock } from '../../src/clock.ts';
import { type BotOptions, type BotUnderTest, startBot } from './bot.ts';
import { listen } from './listen.ts';

/** A bot whose HTTP API is on, and which sends callbacks to this computer. */
export function startApi(clock: Clock, options: BotOptions = {}): Promise<BotUnderTest> {
  const env = { HTTP_API: 'on', HTTP_API_PRIVATE_CALLBACKS: 'on', ...options.env };
  return startBot({ ...options, clock, serveHttp: true, env });
}

export function keysOf(bot: BotUnderTest, clock: Clock) {
  return createApiKeys({ ...bot.app.store, clock });
}

/** A new key of the bot's store. */
export async function addKey(bot: BotUnderTest, clock: Clock, name: string, scopes: readonly Scope[]) {
  const made = await keysOf(bot, clock).add(name, scopes);
  if (!made) throw new Error(`The name ${name} is taken`);
  return made;
}

/** One callback as it came. */
interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A receiver of callbacks; `answers` are taken one by one, then 204. */
export async function startReceiver(
  ...answers: ((response: ServerResponse, request: IncomingMessage) => void)[]
) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const answer = answers.shift();
      if (answer) answer(response, request);
      else response.writeHead(204).end();
    });
  });
  const { url, close } = await listen(server);
  return { url: `${url}/hook`, received, close };
}

/**
 * The same on Vercel's Chat SDK with its Slack adapter and its memory state, both as its documentation has them. Its webhook takes a web `Request`;
 * a plain `node:http` server makes one of what comes in, as a route of a web framework would.
 */
import { createServer } from 'node:http';
import { ready } from './control.ts';

interface SlashCommand {
  readonly text: string;
  readonly user: unknown;
  readonly channel: {
    postEphemeral(user: unknown, text: string, options: { fallbackToDM: boolean }): Promise<unknown>;
  };
}
interface Bot {
  onSlashCommand(command: string, handler: (event: SlashCommand) => Promise<void>): void;
  readonly webhooks: { slack(request: Request): Promise<Response> };
}
interface Packages {
  readonly Chat: new (options: Readonly<Record<string, unknown>>) => Bot;
  readonly createSlackAdapter: () => unknown;
  readonly createMemoryState: () => unknown;
}

/** By a name that only Node resolves: the packages are installed for a run, not for the type check. */
async function load(name: string): Promise<Packages> {
  return import(name);
}
const { Chat } = await load('chat');
const { createSlackAdapter } = await load('@chat-adapter/slack');
const { createMemoryState } = await load('@chat-adapter/state-memory');
const { usageText } = await import('./airalo-sdk.ts');

const bot = new Chat({
  userName: 'bench',
  adapters: { slack: createSlackAdapter() },
  state: createMemoryState(),
});
bot.onSlashCommand('/esim-usage', async ({ text, user, channel }) => {
  await channel.postEphemeral(user, await usageText(text), { fallbackToDM: false });
});

const server = createServer(async (incoming, outgoing) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const);
  const body = Buffer.concat(chunks);
  const url = `http://127.0.0.1${incoming.url}`;
  const answer = await bot.webhooks.slack(
    new Request(url, { method: 'POST', headers: Object.fromEntries(headers), body }),
  );
  outgoing.writeHead(answer.status).end(await answer.text());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  ready(address !== null && typeof address === 'object' ? address.port : 0);
});

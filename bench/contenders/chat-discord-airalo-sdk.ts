/**
 * The same on Vercel's Chat SDK with its Discord adapter and its memory state. The gateway runs in this process and hands interactions on
 * directly, as the adapter's documentation has it for a bot that is no web service. Its gateway client and its answers know
 * no other address than Discord's, so discord.js' default is set to the imitated one, and `fetch` is led there.
 */
import { ready } from './control.ts';

interface SlashCommand {
  readonly text: string;
  readonly channel: { post(text: string): Promise<unknown> };
}
interface Bot {
  onSlashCommand(command: string, handler: (event: SlashCommand) => Promise<void>): void;
  initialize(): Promise<void>;
}
interface Adapter {
  startGatewayListener(
    options: { waitUntil(task: Promise<unknown>): void },
    durationMs: number,
  ): Promise<Response>;
}
interface RestDefaults {
  api: string;
}
interface GatewayClient {
  login(token: string): Promise<string>;
}
interface Packages {
  readonly DefaultRestOptions: RestDefaults;
  readonly Client: { readonly prototype: GatewayClient };
  readonly Chat: new (options: Readonly<Record<string, unknown>>) => Bot;
  readonly createDiscordAdapter: (options: Readonly<Record<string, unknown>>) => Adapter;
  readonly createMemoryState: () => unknown;
}

const FIXED = 'https://discord.com/api';
const LONG_MS = 24 * 60 * 60_000;

/** By a name that only Node resolves: the packages are installed for a run, not for the type check. */
async function load(name: string): Promise<Packages> {
  return import(name);
}
const { Chat } = await load('chat');
const { createDiscordAdapter } = await load('@chat-adapter/discord');
const { createMemoryState } = await load('@chat-adapter/state-memory');
const { Client, DefaultRestOptions } = await load('discord.js');
const { usageText } = await import('./airalo-sdk.ts');

DefaultRestOptions.api = process.env.DISCORD_API_URL ?? '';
const ask = globalThis.fetch;
globalThis.fetch = (input, init) =>
  ask(typeof input === 'string' ? input.replace(FIXED, process.env.DISCORD_API_URL ?? '') : input, init);
const { login } = Client.prototype;
Client.prototype.login = async function (token) {
  const signedIn = await login.call(this, token);
  ready(0);
  return signedIn;
};

const discord = createDiscordAdapter({
  botToken: process.env.DISCORD_TOKEN,
  applicationId: process.env.DISCORD_APPLICATION_ID,
  apiUrl: process.env.DISCORD_API_URL,
  // Nothing comes in by HTTP here.
  publicKey: '0'.repeat(64),
});
const bot = new Chat({ userName: 'bench', adapters: { discord }, state: createMemoryState() });
bot.onSlashCommand('/esim-usage', async ({ text, channel }) => {
  await channel.post(await usageText(text));
});
await bot.initialize();
await discord.startGatewayListener({ waitUntil: (task) => void task.catch(() => undefined) }, LONG_MS);

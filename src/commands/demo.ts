import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../airalo/simulator/simulator.ts';
import { WEBHOOK_PATH } from '../airalo/webhook-events.ts';
import { createApiKeys } from '../api/keys.ts';
import { SCOPES } from '../api/scopes.ts';
import { type App, type AppParts, createApp } from '../app.ts';
import { LANGUAGES } from '../cards/languages.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { answersTo, question } from '../platforms/terminal/question.ts';
import { createTerminalPlatform, type TerminalPlatform } from '../platforms/terminal/terminal.ts';
import { createDemoAlerts } from './demo-alerts.ts';
import { seedHistory } from './demo-history.ts';
import { type DemoRecords, startDemoRecords } from './demo-records.ts';
import { printReply, terminalText } from './terminal-output.ts';

/** Short, so that a newcomer sees the wait and the answer arriving by itself. */
const DEMO_WINDOW_MS = 20_000;
/** Taken by the simulator alone. */
const CREDENTIALS = { clientId: 'demo-client', clientSecret: 'demo-secret' };

/**
 * Runs the real core against a simulated Airalo on this computer: with ICCIDs prints their cards
 * and ends, without opens a prompt. Needs no account and leaves nothing behind. `args` are the
 * words behind `demo`. Returns 2 when no ICCID can be read in them, else 0.
 */
export async function demo(args: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'esim-usage-demo-'));
  const simulator = await startSimulator({
    ...CREDENTIALS,
    clock: systemClock,
    profile: 'strict15',
    windowMs: DEMO_WINDOW_MS,
  });
  const records = await startDemoRecords();
  const world = { simulator, records, folder };
  try {
    return args.length > 0 ? await showOnce(world, args) : await converse(world);
  } finally {
    await records.close();
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the demo runs against: all of it on this computer. */
interface DemoWorld {
  readonly simulator: Simulator;
  readonly records: DemoRecords;
  readonly folder: string;
}

/** The window is so short that minutes would not tell two instants apart. */
function demoText() {
  return { ...terminalText(), seconds: true };
}

/** Without any platform: the card is printed, nothing is promised. */
async function showOnce(world: DemoWorld, args: readonly string[]): Promise<number> {
  const app = await demoApp(world, () => []);
  try {
    const replies = await answersTo(args.join(' '), (iccid) =>
      app.usageService.lookup({ iccid, ...question() }),
    );
    for (const reply of replies) printReply(reply, demoText(), systemClock.now());
    return replies.some((reply) => reply.kind === 'refused' && reply.iccid === undefined) ? 2 : 0;
  } finally {
    await app.stop();
  }
}

/** Until `quit`, or the end of the input: so it can be driven by a pipe as well. */
async function converse(world: DemoWorld): Promise<number> {
  const { simulator } = world;
  const io = {
    input: process.stdin,
    output: process.stdout,
    interactive: process.stdin.isTTY && process.stdout.isTTY,
    text: demoText(),
  };
  // Brings Discord's own library with it, which one card in the terminal does not need.
  const { createPagePlatform } = await import('../platforms/page/page.ts');
  const facts = { esims: simulator.esims, windowSeconds: DEMO_WINDOW_MS / 1000, languages: LANGUAGES };
  let terminal: TerminalPlatform | undefined;
  let path = '';
  const app = await demoApp(world, (parts) => {
    terminal = createTerminalPlatform(parts, io);
    const page = createPagePlatform(parts, facts, () => alerts.fire());
    path = page.path;
    return [terminal, page];
  });
  const address = () => `http://127.0.0.1:${app.httpPort() ?? 0}`;
  const alerts = createDemoAlerts(simulator.notifications, () => `${address()}${WEBHOOK_PATH}`);
  try {
    // Before the platforms take questions: the first `trend` has its days already.
    await seedHistory(app.store.history, systemClock.now());
    await app.start();
    const keys = createApiKeys({ ...app.store, clock: systemClock });
    const made = await keys.add('demo', SCOPES);
    process.stdout.write(welcome(simulator, address(), path, made?.key ?? ''));
    // After the welcome, so that the page shows it arriving.
    await alerts.fire();
    await terminal?.converse();
    return 0;
  } finally {
    await app.stop();
  }
}

/**
 * Settings of the environment do not count here, but for the log's level: a demo beside a real
 * `.env` must touch nothing of it.
 */
function demoApp(
  { simulator, records, folder }: DemoWorld,
  morePlatforms: NonNullable<AppParts['morePlatforms']>,
): Promise<App> {
  const storeUrl = `sqlite:${join(folder, 'demo.sqlite')}`;
  const airalo = { ...CREDENTIALS, baseUrl: simulator.url, usageWindowMs: DEMO_WINDOW_MS };
  const log = createLog(!process.env.LOG_LEVEL ? 'silent' : readConfig(process.env).logLevel);
  // Any free port of this computer, for the webhook of the alert.
  const customerLookup = { url: records.url, secret: CREDENTIALS.clientSecret };
  const settings = readConfig({ PORT: '0', HTTP_API: 'on', HTTP_API_PRIVATE_CALLBACKS: 'on' });
  const config = { ...settings, storeUrl, customerLookup };
  const parts = { clock: systemClock, log, fail: () => undefined, morePlatforms, serveHttp: true };
  return createApp(config, airalo, parts);
}

function welcome(simulator: Simulator, server: string, page: string, key: string): string {
  const esims = simulator.esims.map((esim) => `  ${esim.iccid.padEnd(22)}${esim.shows}`);
  const seconds = DEMO_WINDOW_MS / 1000;
  const first = simulator.esims[0]?.iccid ?? '';
  return `
esim-usage-bot, demonstration: a simulated Airalo on this computer.
No account, and nothing leaves it. Each eSIM may be read once in ${seconds} seconds
here (15 minutes at Airalo).

${esims.join('\n')}

Slack and Discord in a browser, with every button:
${server}${page}

Programs and agents, at ${server}/v1 and /mcp (docs/api.md), with the key
${key}
  curl --header "Authorization: Bearer ${key}" ${server}/v1/esims/${first}/usage
  npx @modelcontextprotocol/inspector --cli ${server}/mcp --header "Authorization: Bearer ${key}" --method tools/list

Or here:
  ${first}       a card; asked again at once, from the cache
  tell ${first}  a promise; the answer arrives by itself
  ${first.slice(-4)}                      the last digits of a number will do
  anna@example.com          a customer of the shop: her eSIMs as one table (#1042: her order)
  order 20261118-070900     the eSIMs of an order; orders lists the newest
  plans JP                  what can be bought for a country
  digest now                the eSIMs checked so far that need a look; digest daily 9:00 brings them
  step ${first}  what the step of Slack's Workflow Builder hands on (docs/slack.md)
  help | cancel <ICCID> | quit

Airalo has just sent an alert by webhook. In Slack and Discord it stands in the
support channel, with buttons:

`;
}

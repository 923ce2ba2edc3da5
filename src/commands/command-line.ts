import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { SCOPES, type Scope } from '../api/scopes.ts';
import { VERSION } from '../version.ts';
import { EXIT } from './exit-codes.ts';

/** Where it ended, as the shell sees it. See `EXIT`. */
type ExitCode = number;

/**
 * Reads the words behind the program's name and runs the command they name. Each command is imported when asked for, so that help and
 * demo start fast. What was mistyped is answered on standard error with the nearest word there is, and `EXIT.badInput`.
 */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = createProgram(async (running) => {
    code = await running;
  });
  try {
    await program.parseAsync([...(words.length === 0 ? ['help'] : words)], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version are asked for, and end in the same way as what is mistyped.
    return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
  }
}

/** Takes the code of a command: commander's actions return none. */
type Ends = (running: Promise<ExitCode>) => Promise<void>;
type Add = (program: Command, ends: Ends) => void;

/** Every command with its arguments, options and help. `ends` is given each command that runs. */
export function createProgram(ends: Ends): Command {
  const program = new Command('esim-usage-bot')
    .description('What is left on an Airalo eSIM, answered in Slack, Discord and Telegram.')
    .version(VERSION)
    .showHelpAfterError(false)
    .exitOverride();
  // The order of the help: a newcomer reads from the top.
  for (const add of [addBot, addLookups, addApi, addWebhooks, addStore, addUpkeep]) add(program, ends);
  return program;
}

/** What a newcomer needs, in the order in which it is needed. */
const addBot: Add = (program, ends) => {
  command(program, 'init', 'ask for the credentials, try each, and write .env', ['init']).action(async () =>
    ends((await import('./init.ts')).init()),
  );
  command(program, 'start', 'run the bot (its settings: .env.example)', ['start']).action(async () =>
    ends((await import('./start.ts')).start()),
  );
  command(program, 'demo [iccids...]', 'everything on this computer, without any account', [
    'demo',
    'demo 8910000000001000019',
  ]).action(async (iccids: string[]) => ends((await import('./demo.ts')).demo(iccids)));
  command(program, 'doctor', 'check every credential with a real call, and name the remedy', [
    'doctor',
    'doctor --json',
    'doctor --cards',
  ])
    .option('--json', 'for programs', false)
    .option('--cards', "also send every kind of card to Slack's validator", false)
    .action(async (options: { json: boolean; cards: boolean }) =>
      ends((await import('./doctor.ts')).doctor(options)),
    );
  command(program, 'register', 'write the commands of Discord and Telegram, when they differ', [
    'register',
    'register --guild 613425648685547541',
  ])
    .option('--guild <id>', 'those of Discord on one server only, to try them out')
    .action(async (options: { guild?: string }) => ends((await import('./register.ts')).register(options)));
};

/** For an operator who asks without a chat. */
const addLookups: Add = (program, ends) => {
  command(program, 'usage [iccids...]', 'ask Airalo once, with your credentials', [
    'usage 8910000000001000019',
    'usage --csv list.csv > answered.csv',
  ])
    .option('--json', 'a reply a line, for programs', false)
    .option('--csv <file>', 'a list of up to 500, answered on standard output')
    .action(async (iccids: string[], options: { json: boolean; csv?: string }, self: Command) => {
      // Commander knows no "one of these two": said here, in its own form.
      if (iccids.length === 0 && options.csv === undefined)
        self.error("error: name an ICCID, or a list with '--csv <file>'");
      await ends((await import('./usage.ts')).usage(iccids, options));
    });
  command(program, 'audit', 'who asked what, newest first', ['audit --since 12h', 'audit --since 7d --csv'])
    .option('--since <duration>', 'hours or days: 12h, 7d', asDuration, 7 * 86_400_000)
    .option('--csv', 'as CSV', false)
    .option('--json', 'for programs', false)
    .action(async ({ since, ...how }: { since: number; csv: boolean; json: boolean }) =>
      ends((await import('./audit.ts')).audit({ sinceMs: since, ...how })),
    );
};

/** The ways in that are no chats. */
const addApi: Add = (program, ends) => {
  const keys = program.command('keys').description('who may use the HTTP API and MCP (HTTP_API=on)');
  command(keys, 'add <name>', 'make a key, and show it once, alone on the last line', [
    'keys add helpdesk --scopes usage,details',
  ])
    .requiredOption('--scopes <list>', `parted by commas: ${SCOPES.join(', ')}`, asScopes)
    .action(async (name: string, { scopes }: { scopes: readonly Scope[] }) =>
      ends((await import('./keys.ts')).addKey(name, scopes)),
    );
  command(keys, 'list', 'names and scopes; no key can be shown again', ['keys list'])
    .option('--json', 'for programs', false)
    .action(async (options: { json: boolean }) => ends((await import('./keys.ts')).listKeys(options)));
  command(keys, 'revoke <name>', 'end a key at once, in every process', ['keys revoke helpdesk']).action(
    async (name: string) => ends((await import('./keys.ts')).revokeKey(name)),
  );
  command(program, 'mcp', 'serve MCP on standard input and output, for an agent on this computer', [
    'mcp',
  ]).action(async () => ends((await import('./mcp.ts')).mcp()));
};

/** What Airalo has on file about alerts: each of these is a call to Airalo. */
const addWebhooks: Add = (program, ends) => {
  const webhooks = program
    .command('webhooks')
    .description("Airalo's alerts: have them delivered, try them out");
  command(webhooks, 'opt-in [url]', 'have low-data and credit alerts delivered (default: PUBLIC_URL)', [
    'webhooks opt-in https://bot.example.com',
  ]).action(async (url: string | undefined) => ends((await import('./webhooks.ts')).optIn(url)));
  command(webhooks, 'opt-out', 'no more of them', ['webhooks opt-out']).action(async () =>
    ends((await import('./webhooks.ts')).optOut()),
  );
  command(webhooks, 'status', 'what Airalo says is set', ['webhooks status']).action(async () =>
    ends((await import('./webhooks.ts')).status()),
  );
  command(webhooks, 'simulate [event]', 'have Airalo send a made-up alert', [
    'webhooks simulate data_75 --iccid 8910000000001000019',
  ])
    .option('--iccid <ICCID>', 'about this eSIM')
    .option('--url <address>', 'to this address; needs no opt-in')
    .action(async (event: string | undefined, options: { iccid?: string; url?: string }) =>
      ends((await import('./webhooks.ts')).simulate(event ?? 'data_75', options)),
    );
};

/** For what the bot keeps: dead letters, and the move to another engine. */
const addStore: Add = (program, ends) => {
  const outbox = program.command('outbox').description('dead letters: answers that nobody could receive');
  command(outbox, 'list', 'what could not be delivered, and why', ['outbox list'])
    .option('--json', 'for programs', false)
    .action(async (options: { json: boolean }) =>
      ends((await import('./outbox.ts')).listDeadLetters(options)),
    );
  command(outbox, 'retry <id>', 'try one again', ['outbox retry <id>']).action(async (id: string) =>
    ends((await import('./outbox.ts')).retryDeadLetter(id)),
  );
  command(outbox, 'drop <id>', 'remove one', ['outbox drop <id>']).action(async (id: string) =>
    ends((await import('./outbox.ts')).dropDeadLetter(id)),
  );
  command(program, 'migrate-store', 'move a SQLite store to Redis; stop the bot first', [
    'migrate-store --to redis://redis.internal:6379/0',
  ])
    .requiredOption('--to <STORE_URL>', 'the new store')
    .action(async (options: { to: string }) =>
      ends((await import('./migrate-store.ts')).migrateStore(options)),
    );
};

/**
 * Backups and keys. `backup`, `status` and `reseal` run beside a bot; the others want the store for
 * themselves.
 */
const addUpkeep: Add = (program, ends) => {
  command(program, 'backup <file>', 'copy the SQLite store, while the bot runs', [
    'backup backup.sqlite',
  ]).action(async (file: string) => ends((await import('./backup.ts')).backup(file)));
  command(program, 'restore <file>', 'put a backup in its place; stop the bot first', [
    'restore backup.sqlite',
  ]).action(async (file: string) => ends((await import('./restore.ts')).restore(file)));
  const storeKey = program.command('store-key').description('what is sealed with which key of STORE_KEY');
  command(storeKey, 'status', 'count the stored values by key', ['store-key status']).action(async () =>
    ends((await import('./store-key.ts')).keyStatus()),
  );
  command(storeKey, 'reseal', 'seal everything with the first key, now', ['store-key reseal']).action(
    async () => ends((await import('./store-key.ts')).reseal()),
  );
  command(storeKey, 'give-up <key>', 'remove for good what a lost key has sealed', [
    'store-key give-up 3f9a01bc',
  ]).action(async (key: string) => ends((await import('./store-key.ts')).giveUp(key)));
};

/** A command with its examples below its help. */
function command(parent: Command, usage: string, does: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  esim-usage-bot ${example}`);
  return parent
    .command(usage)
    .description(does)
    .addHelpText('after', `\nFor example:\n${lines.join('\n')}`);
}

/** Each once. */
function asScopes(list: string): readonly Scope[] {
  const asked = list.split(',').map((word) => word.trim());
  const known = SCOPES.filter((scope) => asked.includes(scope));
  if (asked.some((word) => !known.some((scope) => scope === word)))
    throw new InvalidArgumentError(`Scopes are ${SCOPES.join(', ')}, parted by commas.`);
  return known;
}

/** Hours and days: nobody asks an audit for minutes. */
const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

/** In ms. Commander turns the error into a line on standard error and exit code 2. */
function asDuration(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,4})([hd])$/.exec(text) ?? [];
  if (amount === undefined) throw new InvalidArgumentError('It is a number of hours or days: 12h, 7d.');
  return Number(amount) * (UNIT_MS[unit] ?? 0);
}

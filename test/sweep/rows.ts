import type { StoreFault } from './driver-probe.ts';
import { CALL_FAULTS, type Fault, SOCKET_FAULTS } from './fault.ts';
import type { CallName } from './fault-plan.ts';
import type { Baseline, Trouble } from './row.ts';
import { STORE_LINK_FAULTS } from './store-proxy.ts';

const STORE_FAULTS: readonly StoreFault[] = [
  'store: locked once',
  'store: locked for 60 s',
  'store: disk full for 60 s',
  'store: SIGKILL before',
  'store: SIGKILL after',
];
/** What `/readyz` writes and reads comes from the sweep's own looks. */
const LOOKS = /heartbeat|^PRAGMA/;

/** Where the same code is reached by another door, only what depends on the moment is tried again. */
const BRIEFLY: readonly Fault[] = [
  'reset',
  'answer lost after the effect',
  '429, 30 s',
  '503 for 60 s',
  'SIGKILL after',
];
/** For what is reached by more than one way: each kind of fault, not each of its sizes. */
const EACH_KIND: readonly Fault[] = [
  ...BRIEFLY,
  'no answer',
  '401 of its own',
  'unreadable body',
  'refused for 8 s',
];
const IN_FULL = /: (?:start|command|direct message|alert|connection lost)$/;
/** Scenarios that write what the others do not. */
const WRITES =
  /^Slack socket: (?:command|promise and its delivery|watch|alert|list)$|^Discord: (?:command|promise and its delivery)$/;
/** Over HTTP only the way in is another. */
const SAME_CODE =
  /^Slack HTTP: (?!start|command)|message command|mention|promise in a direct|several|: stop$|: list$/;
const READS_AIRALO = /: (?:command|several eSIMs|promise and its delivery|watch)$/;

/** Beside the calls that a scenario is about: what is asked on the way to them is tried in full elsewhere. */
const ON_THE_WAY: readonly Fault[] = ['reset', '503 for 60 s', 'SIGKILL after'];
/** A tunnel through a forward proxy: it says yes or no, and has no body. */
const TUNNEL: readonly Fault[] = [
  'refused for 8 s',
  'reset',
  'no answer',
  '429, 30 s',
  '503 for 60 s',
  '401 of its own',
  '403 of a proxy',
  'SIGKILL before',
  'SIGKILL after',
];
/** What goes out for more than a figure, and the calls it is about. */
const ABOUT: readonly {
  readonly scenario: RegExp;
  readonly call: RegExp;
  readonly faults: readonly Fault[];
}[] = [
  {
    scenario: /^Slack socket: (?:newest orders|order by|part of|plans)/,
    call: /^Airalo (?!token|usage)/,
    faults: EACH_KIND,
  },
  {
    scenario: /^Discord: (?:newest orders|order by|part of|plans)/,
    call: /^Airalo (?!token|usage)/,
    faults: BRIEFLY,
  },
  { scenario: /through a proxy$/, call: /^forward proxy/, faults: TUNNEL },
  { scenario: /through a proxy$/, call: /^customer records/, faults: BRIEFLY },
  { scenario: /e-mail of a customer/, call: /^customer records/, faults: CALL_FAULTS },
  { scenario: /^API/, call: /^callback/, faults: CALL_FAULTS },
  { scenario: /workflow step/, call: /functions\./, faults: CALL_FAULTS },
  {
    scenario: /^Slack.*: digest (?:for|of) another/,
    call: /users\.conversations|chat\.postMessage/,
    faults: CALL_FAULTS,
  },
  {
    scenario: /^Discord: digest (?:for|of) another/,
    call: /GET \/(?:channels|guilds|users)|POST \/channels/,
    faults: EACH_KIND,
  },
  { scenario: /: digest/, call: /chat\.postMessage|POST \/channels/, faults: CALL_FAULTS },
];

/** When the connection to Redis fails, after the beginning: before, while and after a question is written down. */
const LINK_MOMENTS_MS = [0, 30, 400];

/** The ways in which each call and each statement of a scenario may fail. */
export function troublesOf(scenario: string, { calls, statements }: Baseline): Trouble[] {
  if (scenario.startsWith('Redis'))
    return STORE_LINK_FAULTS.flatMap((fault) =>
      LINK_MOMENTS_MS.map((afterMs): Trouble => ({ kind: 'link', fault, afterMs })),
    );
  const ofCalls = calls.flatMap((call) =>
    faultsOf(scenario, call).map((fault): Trouble => ({ kind: 'call', call, fault })),
  );
  if (!WRITES.test(scenario)) return ofCalls;
  const ofStatements = Object.keys(statements)
    .filter((statement) => !LOOKS.test(statement))
    .flatMap((statement) =>
      STORE_FAULTS.filter((fault) => isWorthIt(statement, fault)).map(
        (fault): Trouble => ({ kind: 'statement', statement, nth: 1, fault }),
      ),
    );
  return [...ofCalls, ...ofStatements];
}

function faultsOf(scenario: string, { destination, route, nth }: CallName): readonly Fault[] {
  if (route === 'upgrade') return SOCKET_FAULTS;
  const about = ABOUT.filter((one) => one.scenario.test(scenario));
  if (about.length > 0)
    return about.find((one) => one.call.test(`${destination} ${route}`))?.faults ?? ON_THE_WAY;
  const isKnown =
    nth > 1 || SAME_CODE.test(scenario) || (destination === 'Airalo' && !READS_AIRALO.test(scenario));
  if (isKnown) return BRIEFLY;
  return IN_FULL.test(scenario) ? CALL_FAULTS : EACH_KIND;
}

/** A read leaves nothing half done, and a full disk still gives what is on it. */
function isWorthIt(statement: string, fault: StoreFault): boolean {
  if (statement.startsWith('SELECT')) return fault === 'store: locked for 60 s';
  return /SIGKILL after|60 s/.test(fault) || /outbox|snapshot_cache/.test(statement);
}

/** A row's place in the table: the call, and how it failed. */
export function nameOf(trouble: Trouble): { readonly what: string; readonly fault: string } {
  switch (trouble.kind) {
    case 'call': {
      const { destination, route, nth } = trouble.call;
      return { what: `${destination} ${route}${nth > 1 ? ` (${nth})` : ''}`, fault: trouble.fault };
    }
    case 'statement':
      return { what: `store ${trouble.statement}`, fault: trouble.fault.replace('store: ', '') };
    case 'link':
      return { what: `connection to Redis, after ${trouble.afterMs} ms`, fault: trouble.fault };
    default:
      return trouble satisfies never;
  }
}

import type { StoreFault } from './driver-probe.ts';
import { CALL_FAULTS, type Fault, SOCKET_FAULTS } from './fault.ts';
import type { CallName } from './fault-plan.ts';
import type { Baseline, Trouble } from './row.ts';

const STORE_FAULTS: readonly StoreFault[] = [
  'store: locked once',
  'store: locked for 60 s',
  'store: disk full for 60 s',
  'store: SIGKILL before',
  'store: SIGKILL after',
];
/** What `/readyz` writes and reads comes from the sweep's own looks; what only reads leaves nothing half done. */
const LOOKS = /heartbeat|^PRAGMA/;

/** Every way in which each call and each statement of a run may fail. */
export function troublesOf({ calls, statements }: Baseline): Trouble[] {
  const ofCalls = calls.flatMap((call) =>
    faultsOf(call).map((fault): Trouble => ({ kind: 'call', call, fault })),
  );
  const ofStatements = Object.keys(statements)
    .filter((statement) => !LOOKS.test(statement))
    .flatMap((statement) => STORE_FAULTS.map((fault): Trouble => ({ kind: 'statement', statement, nth: 1, fault })))
    .filter(({ fault, kind, ...rest }) => kind !== 'statement' || !isIdle(rest, fault));
  return [...ofCalls, ...ofStatements];
}

function faultsOf({ route, nth }: CallName): readonly Fault[] {
  if (route === 'upgrade') return SOCKET_FAULTS;
  // A call that comes often fails in the same ways each time: from the third on only what depends on the moment.
  return nth <= 2 ? CALL_FAULTS : ['answer lost after the effect', '429, 30 s', '503 for 60 s', 'SIGKILL after'];
}

function isIdle(trouble: object, fault: StoreFault): boolean {
  const statement = 'statement' in trouble ? String(trouble.statement) : '';
  return statement.startsWith('SELECT') && fault !== 'store: locked for 60 s' && fault !== 'store: locked once';
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
    default:
      return trouble satisfies never;
  }
}

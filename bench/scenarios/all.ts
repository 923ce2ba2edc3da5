import { burst } from './burst.ts';
import { cachedCpu } from './cached-cpu.ts';
import { hung } from './hung.ts';
import { mustWait } from './must-wait.ts';
import type { Scenario } from './scenario.ts';
import { secondLookup } from './second-lookup.ts';
import { tokenExpired, tokenRevoked } from './token-refused.ts';

/** In the order of the table. */
export const SCENARIOS: readonly Scenario[] = [
  burst({ name: 'Burst of 20 on one eSIM', commands: 20, esims: 1 }),
  burst({ name: 'Burst of 400 on one eSIM', commands: 400, esims: 1 }),
  burst({ name: '4 processes × 100 on 20 eSIMs', commands: 100, esims: 20, processes: 4 }),
  burst({ name: 'Fifty eSIMs at once', commands: 50, esims: 50 }),
  burst({
    name: 'Fifty eSIMs at once, 5 calls a second allowed',
    commands: 50,
    esims: 50,
    profile: 'current',
  }),
  secondLookup,
  mustWait({ name: '429, Retry-After of 840 s', header: true }),
  mustWait({ name: '429 without a header', header: false }),
  mustWait({ name: 'SIGKILL, answers pending', header: true, kill: 'pending' }),
  mustWait({ name: 'SIGKILL, answers arriving', header: true, kill: 'arriving' }),
  hung,
  tokenRevoked,
  tokenExpired,
  cachedCpu,
];

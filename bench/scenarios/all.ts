import { burst } from './burst.ts';
import { cachedCpu } from './cached-cpu.ts';
import { differentEsims } from './different-esims.ts';
import { hung } from './hung.ts';
import { mustWait } from './must-wait.ts';
import type { Scenario } from './scenario.ts';
import { secondLookup } from './second-lookup.ts';
import { tokenExpired, tokenRevoked } from './token-refused.ts';

const BURST_OF_20 = burst({ name: 'Burst of 20 on one eSIM', commands: 20, esims: 1 });
const BURST_OF_400 = burst({ name: 'Burst of 400 on one eSIM', commands: 400, esims: 1 });
const FOUR_PROCESSES = burst({
  name: '4 processes × 100 on 20 eSIMs',
  commands: 100,
  esims: 20,
  processes: 4,
});
const WAIT_WITHOUT = mustWait({ name: '429 without a header', header: false });
const WAIT_WITH_HEADER = mustWait({ name: '429, Retry-After of 840 s', header: true });
const KILLED_PENDING = mustWait({ name: 'SIGKILL, answers pending', header: true, kill: 'pending' });
const KILLED_ARRIVING = mustWait({ name: 'SIGKILL, answers arriving', header: true, kill: 'arriving' });

/** In the order of the table. */
export const SLACK_SCENARIOS: readonly Scenario[] = [
  BURST_OF_20,
  BURST_OF_400,
  FOUR_PROCESSES,
  burst({ name: 'Fifty eSIMs at once', commands: 50, esims: 50, waits: true }),
  burst({
    name: 'Fifty eSIMs at once, 5 calls a second allowed',
    commands: 50,
    esims: 50,
    profile: 'current',
    waits: true,
  }),
  secondLookup,
  WAIT_WITH_HEADER,
  WAIT_WITHOUT,
  KILLED_PENDING,
  KILLED_ARRIVING,
  hung,
  tokenRevoked,
  tokenExpired,
  differentEsims,
  cachedCpu,
];

/** What a chat has a part in; how Airalo is asked is the same behind either. */
export const DISCORD_SCENARIOS: readonly Scenario[] = [
  BURST_OF_20,
  BURST_OF_400,
  FOUR_PROCESSES,
  secondLookup,
  WAIT_WITH_HEADER,
  WAIT_WITHOUT,
  KILLED_PENDING,
  KILLED_ARRIVING,
  hung,
  tokenRevoked,
  tokenExpired,
  differentEsims,
  cachedCpu,
];

/** What `npm run bench -- quick` takes: the first five marks. */
export const QUICK_SLACK: readonly Scenario[] = [cachedCpu, differentEsims];
export const QUICK_DISCORD: readonly Scenario[] = [cachedCpu];

import { describe } from 'vitest';
import { describeProcesses } from '../contract/processes-contract.ts';
import { describeTakeover } from '../contract/takeover-contract.ts';
import { HAS_REDIS } from '../support/redis-server.ts';
import { useRedis } from '../support/redis-under-test.ts';

describe.skipIf(!HAS_REDIS)('on a real Redis', () => {
  const redis = useRedis();
  describeProcesses('Redis', redis.openUrl);
  describeTakeover('Redis', redis.openUrl);
});

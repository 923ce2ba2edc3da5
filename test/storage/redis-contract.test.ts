import { describe } from 'vitest';
import { describeStore } from '../contract/store-contract.ts';
import { HAS_REDIS } from '../support/redis-server.ts';
import { useRedis } from '../support/redis-under-test.ts';

describe.skipIf(!HAS_REDIS)('on a real Redis', () => {
  const redis = useRedis();
  describeStore('Redis', redis.openUnderTest);
});

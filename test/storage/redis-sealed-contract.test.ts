import { randomBytes } from 'node:crypto';
import { describe } from 'vitest';
import { describeStore } from '../contract/store-contract.ts';
import { HAS_REDIS } from '../support/redis-server.ts';
import { useRedis } from '../support/redis-under-test.ts';

describe.skipIf(!HAS_REDIS)('on a real Redis', () => {
  const redis = useRedis([randomBytes(32)]);
  describeStore('Redis, sealed', redis.openUnderTest);
});

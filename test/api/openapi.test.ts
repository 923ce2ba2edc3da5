import { Validator } from '@seriousme/openapi-schema-validator';
import { OpenAPIClientAxios } from 'openapi-client-axios';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/api/openapi.ts';
import { addKey, startApi } from '../support/api.ts';
import type { BotUnderTest } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';

const ICCID = '8910000000001000019';
let clock: ManualClock;
let bot: BotUnderTest;
beforeEach(async () => {
  clock = new ManualClock();
  bot = await startApi(clock);
});
afterEach(() => bot.stop());

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1 by the word of a validator that is not ours', async () => {
    const document: unknown = await (await fetch(`${bot.httpUrl}/v1/openapi.json`)).json();
    expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
    const validator = new Validator();
    expect(await validator.validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('is enough for a client that is made of it: each operation answers', async () => {
    const { key } = await addKey(bot, clock, 'generated', ['usage', 'details']);
    const headers = { Authorization: `Bearer ${key}` };
    const api = new OpenAPIClientAxios({
      definition: `${bot.httpUrl}/v1/openapi.json`,
      withServer: { url: bot.httpUrl },
      axiosConfigDefaults: { headers },
    });
    const client = await api.init();
    for (const operation of ['getUsage', 'getPackages', 'getDetails', 'getTopUps']) {
      const answer = await client[operation]?.({ iccid: ICCID });
      expect([operation, answer?.status, answer?.data]).toMatchObject([
        operation,
        200,
        { kind: 'fresh', iccid: ICCID },
      ]);
    }
    const list = await client.lookup?.({}, { iccids: [ICCID] });
    expect(list?.data).toMatchObject({ replies: [{ kind: 'cached' }] });
    expect(api.getOperations()).toHaveLength(5);
  });
});

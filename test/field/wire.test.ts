import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAiraloClient } from '../../src/airalo/client.ts';
import { AiraloUnavailableError, UnknownEsimError, UnreadableBodyError } from '../../src/airalo/errors.ts';
import { type AiraloStandIn, type Answer, startStandIn } from '../support/airalo-stand-in.ts';
import { toIccid } from '../support/arbitraries.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ANSWERS } from './answers.ts';
import { A } from './case.ts';

let airalo: AiraloStandIn;
let answer: Answer;
beforeAll(async () => {
  airalo = await startStandIn({ usage: (response, request) => answer(response, request) });
});
afterAll(() => airalo.close());

describe('over the wire', () => {
  it.each(ANSWERS.map((one) => [one[0], one] as const))(
    '%s',
    async (_source, [, status, body, right, headers = {}]) => {
      answer = (response) => void response.writeHead(status, headers).end(body);
      const clock = new ManualClock();
      const { log, text } = captureLog();
      const client = createAiraloClient({
        baseUrl: airalo.url,
        clientId: 'client',
        clientSecret: 'hidden',
        clock,
        log,
      });
      const came: unknown = await clock.during(client.readUsage(toIccid(A))).catch((error: unknown) => error);
      await client.close();
      if (right === 'unknown-esim') expect(came).toBeInstanceOf(UnknownEsimError);
      else if (right === 'unavailable')
        expect(came instanceof AiraloUnavailableError || came instanceof UnreadableBodyError).toBe(true);
      else expect(came).toMatchObject(right);
      expect(text()).not.toContain('AIRALO_CLIENT_ID');
    },
  );
});

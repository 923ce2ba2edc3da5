import { afterEach, describe, expect, it } from 'vitest';
import type { LimitProfile } from '../../src/airalo/simulator/limits.ts';
import { type Simulator, startSimulator } from '../../src/airalo/simulator/simulator.ts';
import { luhnHolds } from '../../src/domain/iccid.ts';
import { ManualClock } from '../support/manual-clock.ts';

const CREDENTIALS = { clientId: 'client', clientSecret: 'secret' };
const ICCID = '8910000000001000019';
let clock: ManualClock;
let simulator: Simulator;
let token = '';

async function start(profile: LimitProfile): Promise<void> {
  clock = new ManualClock();
  simulator = await startSimulator({ ...CREDENTIALS, clock, profile });
  const form = new URLSearchParams({ client_id: 'client', client_secret: 'secret' });
  const answer = await fetch(`${simulator.url}/v2/token`, { method: 'POST', body: form });
  token = JSON.parse(await answer.text()).data.access_token;
}
afterEach(() => simulator.close());

async function ask(iccid = ICCID, headers: Record<string, string> = { accept: 'application/json' }) {
  const answer = await fetch(`${simulator.url}/v2/sims/${iccid}/usage`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

describe('the simulated Airalo', () => {
  it('lets one eSIM be read once in 15 minutes, and says how long to wait', async () => {
    await start('strict15');
    expect((await ask()).status).toBe(200);
    clock.advance(288_000);
    const refused = await ask();
    expect(refused).toMatchObject({ status: 429, text: '{"message":"Too Many Attempts."}' });
    expect(refused.headers.get('retry-after')).toBe('612');
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    clock.advance(612_000);
    expect((await ask()).status).toBe(200);
  });

  it('refuses the first question about the eSIM that says so, however late it comes', async () => {
    await start('strict15');
    const refusing = simulator.esims.find(({ usedUp }) => usedUp)?.iccid;
    clock.advance(3 * 900_000);
    const refused = await ask(refusing);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('900');
    clock.advance(900_000);
    expect((await ask(refusing)).status).toBe(200);
  });

  it('lets a company read five times a second in every profile, usage and all else together', async () => {
    await start('strict15');
    const others = simulator.addEsims(5);
    for (const iccid of others.slice(0, 4)) expect((await ask(iccid)).status).toBe(200);
    const balance = () =>
      fetch(`${simulator.url}/v2/balance`, {
        headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      });
    expect((await balance()).status).toBe(200);
    expect((await ask(others[4])).status).toBe(429);
    expect((await balance()).status).toBe(429);
    clock.advance(1_000);
    expect((await ask(others[4])).status).toBe(200);
  });

  it('in the profile of today: ten a minute, five a second for all, the answer frozen for 20 minutes', async () => {
    await start('current');
    const first = await ask();
    for (let call = 0; call < 4; call++) expect((await ask()).text).toBe(first.text);
    expect((await ask('8910000000001000027')).status).toBe(429);
    clock.advance(1_000);
    for (let call = 0; call < 5; call++) await ask();
    clock.advance(1_000);
    expect((await ask()).status).toBe(429);
    clock.advance(20 * 60_000);
    expect((await ask()).text).not.toBe(first.text);
  });

  it('in sandbox mode: five a second, the answer frozen for an hour', async () => {
    await start('sandbox');
    const first = await ask();
    clock.advance(59 * 60_000);
    expect((await ask()).text).toBe(first.text);
  });

  it('counts a call before it looks at the token, as Airalo does', async () => {
    await start('strict15');
    token = 'wrong';
    expect((await ask()).status).toBe(401);
    expect((await ask()).status).toBe(429);
  });

  it('answers an error with a page to those who do not ask for JSON', async () => {
    await start('off');
    const page = await ask('8910000000009999999', { accept: '*/*' });
    expect(page.status).toBe(500);
    expect(page.text).toContain('<!DOCTYPE html>');
    expect((await ask('8910000000009999999')).status).toBe(404);
  });

  it('refuses tokens to strangers in the two documented ways', async () => {
    await start('off');
    const statusFor = async (fields: Record<string, string>) =>
      (await fetch(`${simulator.url}/v2/token`, { method: 'POST', body: new URLSearchParams(fields) }))
        .status;
    expect(await statusFor({ client_id: 'nobody', client_secret: 'secret' })).toBe(422);
    expect(await statusFor({ client_id: 'client', client_secret: 'wrong' })).toBe(401);
    expect(await statusFor({})).toBe(422);
  });

  it('takes the token request as JSON too', async () => {
    await start('off');
    const body = JSON.stringify({ client_id: 'client', client_secret: 'secret' });
    expect((await fetch(`${simulator.url}/v2/token`, { method: 'POST', body })).status).toBe(200);
  });

  it('has eSIMs with true check digits, for every status and more', async () => {
    await start('off');
    const all = [...simulator.esims.map((esim) => esim.iccid), ...simulator.addEsims(50)];
    expect(all.every(luhnHolds)).toBe(true);
    expect(new Set(all).size).toBe(all.length);
    const bodies = await Promise.all(simulator.esims.map((esim) => ask(esim.iccid)));
    for (const status of ['ACTIVE', 'NOT_ACTIVE', 'FINISHED', 'EXPIRED', 'UNKNOWN', 'RECYCLED', 'SUSPENDED'])
      expect(bodies.some((body) => body.text.includes(`"${status}"`))).toBe(true);
  });

  it('ends a token after 24 hours, whatever it said', async () => {
    await start('off');
    clock.advance(24 * 3_600_000);
    expect((await ask()).status).toBe(401);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { command } from '../../support/slack/people.ts';
import type { TransportKind } from '../../support/slack/slack.ts';
import { EVENT_TOKEN, runStep } from '../../support/slack/steps.ts';
import { ACTIVE, type SlackBot, startSlackBot, USED_UP, VOICE, WINDOW_MS } from './slack-bot.ts';

const TRANSPORTS: readonly TransportKind[] = ['socket', 'http'];
const SUCCESS = 'functions.completeSuccess';
const ERROR = 'functions.completeError';

describe.each(TRANSPORTS)('the workflow step over %s', (kind) => {
  let it_: SlackBot;
  const start = async (
    ...rest: Parameters<typeof startSlackBot> extends [unknown, ...infer R] ? R : never
  ) => {
    await it_.close();
    it_ = await startSlackBot(kind, ...rest);
  };
  beforeEach(async () => {
    it_ = await startSlackBot(kind);
  });
  afterEach(() => it_.close());

  const run = async (inputs: Record<string, string>, options: Parameters<typeof runStep>[2] = {}) => {
    const { id, push } = runStep(it_.slack, inputs, options);
    expect(await it_.slack.push(push)).toBe(200);
    return id;
  };
  const execution = (id: string) => it_.slack.workspace.executions.get(id);
  const ended = (id: string) =>
    it_.soon('the end of the step', () => {
      const one = execution(id);
      return one !== undefined && one.state !== 'running' && one;
    });
  const tries = (method: string) => it_.slack.workspace.calls.filter((call) => call.method === method).length;
  const reads = () => it_.bot.simulator.calls.length;
  const idle = () =>
    it_.soon('nothing is owed', async () => {
      const depth = await it_.bot.app.store.outbox.depth();
      return depth.active === 0 && depth.pending === 0;
    });
  /** Asked before, so that Airalo must not be asked again yet; the bot itself knows no figure. */
  const promised = async (id?: string) => {
    const step = await run({ iccid: USED_UP, asked_by: 'UANNA' }, id === undefined ? {} : { id });
    await it_.soon('the promise', async () => (await it_.bot.app.store.outbox.depth()).pending === 1);
    return step;
  };

  it('ends with what is left, the total, the status, the end and a text for the customer', async () => {
    const { outputs } = await ended(await run({ iccid: ACTIVE, asked_by: 'UANNA' }));
    expect(outputs).toMatchObject({ status: 'Active', total: expect.stringMatching(/GB$/) });
    expect(outputs?.left).toMatch(/^[\d.]+ GB$/);
    expect(outputs?.ends).toMatch(/\d{4}, .*(CET|GMT)/);
    expect(outputs?.text).toMatch(/left/);
    expect(JSON.stringify(outputs)).not.toContain(ACTIVE);
  });

  it('writes the text in the language of the customer, and the values in the one of the person', async () => {
    const { outputs } = await ended(await run({ iccid: VOICE, asked_by: 'UANNA', language: 'de' }));
    expect(outputs?.status).toBe('Active');
    expect(outputs?.text).toMatch(/noch|übrig|verfügbar/i);
  });

  it('stays open where Airalo must not be asked yet, and ends by itself with the promised answer', async () => {
    const id = await promised();
    expect(execution(id)?.state).toBe('running');
    await it_.pass(WINDOW_MS);
    expect((await ended(id)).state).toBe('completed');
    await idle();
    expect(tries(SUCCESS)).toBe(1);
  });

  it('keeps the promise over a restart', async () => {
    const id = await promised();
    await it_.restart();
    await it_.pass(WINDOW_MS);
    expect((await ended(id)).state).toBe('completed');
  });

  it('shares one read with everybody who asks in a chat', async () => {
    await it_.slack.push(command(it_.slack, ACTIVE));
    await it_.seen('UANNA', 'CSUPPORT');
    await ended(await run({ iccid: ACTIVE, asked_by: 'UBEN' }));
    expect(reads()).toBe(1);
  });

  it('is answered once, however often Slack sends the event', async () => {
    const id = await run({ iccid: ACTIVE, asked_by: 'UANNA' });
    await ended(id);
    await run({ iccid: ACTIVE, asked_by: 'UANNA' }, { id });
    await idle();
    expect(tries(SUCCESS)).toBe(1);
  });

  it.each([
    ['429 with a time', { retryAfter: 30 }],
    ['429 without one', { status: 429 }],
    ['503', { status: 503 }],
    ['internal_error', { error: 'internal_error' }],
    ['a reset', { reset: true }],
    ['a time-out', { hang: true }],
    ['a page of somebody in between', { page: true }],
    ['a token that is refused for a while', { error: 'token_revoked' }],
    ['a lost answer', { lostAnswer: true }],
  ])('ends once in spite of %s, at once and when it was promised', async (_what, fault) => {
    it_.slack.workspace.fail(SUCCESS, fault);
    expect((await ended(await run({ iccid: ACTIVE, asked_by: 'UANNA' }))).state).toBe('completed');
    await idle();
    const id = await promised();
    it_.slack.workspace.fail(SUCCESS, fault);
    await it_.pass(WINDOW_MS);
    expect((await ended(id)).state).toBe('completed');
    await idle();
    expect(await it_.bot.app.store.outbox.dead(5)).toEqual([]);
  });

  it('neither loses nor repeats an end whose answer was lost with the process', async () => {
    it_.slack.workspace.fail(SUCCESS, { lostAnswer: true });
    const id = await run({ iccid: ACTIVE, asked_by: 'UANNA' });
    await ended(id);
    await it_.restart();
    await idle();
    expect(await it_.bot.app.store.outbox.dead(1)).toEqual([]);
    expect(execution(id)?.state).toBe('completed');
  });

  it('is a dead letter with the reason where somebody has stopped the workflow meanwhile', async () => {
    const id = await promised();
    const one = execution(id);
    if (one) one.state = 'stopped';
    await it_.pass(WINDOW_MS);
    await it_.soon('the dead letter', async () => (await it_.bot.app.store.outbox.dead(1)).length === 1);
    expect(it_.bot.log.lines('no route left')[0]?.reason).toContain('execution_not_in_running_state');
  });

  it('ends with an error, and names the remedy, where the installed manifest has other outputs', async () => {
    it_.slack.workspace.fail(SUCCESS, { error: 'parameter_validation_failed' });
    const { error } = await ended(await run({ iccid: ACTIVE, asked_by: 'UANNA' }));
    expect(error).toMatch(/left/);
    expect(it_.bot.log.lines('refuses the values')[0]?.remedy).toContain('slack-app.workflow.yaml');
  });

  it.each([
    ['no number', 'hello', /ICCID|number/i],
    ['too few digits', '8944', /digits/i],
    ['several', `${ACTIVE} ${VOICE}`, /one/i],
    ['an eSIM that Airalo does not know', '8910000000009999992', /Airalo/],
  ])('ends with plain words for %s, which hold no number', async (_what, iccid, words) => {
    const { error, state } = await ended(await run({ iccid, asked_by: 'UANNA' }));
    expect(state).toBe('failed');
    expect(error).toMatch(words);
    expect(error).not.toMatch(/\d{12}|[<>]/);
  });

  it('ends with an error, and goes on, where an old workflow gives no number at all', async () => {
    expect((await ended(await run({}, { unchecked: true }))).state).toBe('failed');
  });

  describe('who may use it', () => {
    it('refuses guests, people of other organisations, bots and nobody’s name, and asks Airalo nothing', async () => {
      const { users } = it_.slack.workspace;
      users.set('UGUEST', { id: 'UGUEST', team_id: 'T0001', is_restricted: true });
      users.set('USTRANGER', { id: 'USTRANGER', team_id: 'T9', is_stranger: true });
      users.set('UROBOT', { id: 'UROBOT', team_id: 'T0001', is_bot: true });
      for (const person of ['UGUEST', 'USTRANGER', 'UROBOT', 'somebody']) {
        const { error, outputs } = await ended(await run({ iccid: ACTIVE, asked_by: person }));
        expect(outputs).toBeUndefined();
        expect(error).toMatch(/member/i);
      }
      expect(reads()).toBe(0);
    });

    it('lets the app ask for all who are not named where nothing narrows who may look up', async () => {
      expect((await ended(await run({ iccid: ACTIVE }))).state).toBe('completed');
    });

    it('is refused where groups are set, whoever is named: the builder of a workflow may name anybody', async () => {
      await start({ SLACK_ALLOWED_USERGROUPS: 'SSUPPORT' });
      it_.slack.workspace.groups.set('SSUPPORT', ['UANNA']);
      expect((await ended(await run({ iccid: ACTIVE }))).state).toBe('failed');
      expect((await ended(await run({ iccid: ACTIVE, asked_by: 'UBEN' }))).state).toBe('failed');
      expect((await ended(await run({ iccid: ACTIVE, asked_by: 'UANNA' }))).state).toBe('failed');
      expect(reads()).toBe(0);
    });

    it('refuses where channels alone are set, since a workflow has none', async () => {
      await start({ SLACK_ALLOWED_CHANNELS: 'CSUPPORT' });
      expect((await ended(await run({ iccid: ACTIVE, asked_by: 'UANNA' }))).state).toBe('failed');
    });

    it('asks again when the promised answer is due', async () => {
      const id = await promised();
      const anna = it_.slack.workspace.users.get('UANNA');
      if (anna) anna.deleted = true;
      await it_.pass(WINDOW_MS);
      expect((await ended(id)).error).toMatch(/member/i);
    });

    it('tries again where Slack does not say who it is, and gives up with a word', async () => {
      it_.slack.workspace.fail('users.info', { status: 503 }, 2);
      expect((await ended(await run({ iccid: ACTIVE, asked_by: 'UANNA' }))).state).toBe('completed');
      expect((await ended(await run({ iccid: ACTIVE, asked_by: 'UNOBODY' }))).state).toBe('failed');
    });

    it('counts against the person’s limit, and stands in the audit with the workflow as the place', async () => {
      await ended(await run({ iccid: ACTIVE, asked_by: 'UANNA' }));
      const noted = await it_.soon('the audit', async () => {
        const entries = await it_.bot.app.store.audit.recent({ limit: 5 });
        return entries.find(({ place }) => place === 'workflow');
      });
      expect(noted).toMatchObject({
        asker: 'slack:T0001:UANNA',
        iccidMasked: expect.not.stringContaining(ACTIVE),
      });
    });
  });

  it('keeps the token that comes with the event out of calls, store and log', async () => {
    await promised();
    await it_.pass(WINDOW_MS);
    await idle();
    expect(JSON.stringify(it_.slack.workspace.calls)).not.toContain(EVENT_TOKEN);
    expect(JSON.stringify(it_.bot.log.lines(''))).not.toContain(EVENT_TOKEN);
  });

  it('cannot be cancelled from a person’s list, which would leave the workflow waiting', async () => {
    const id = await promised();
    await it_.slack.push(command(it_.slack, `cancel ${USED_UP}`));
    await it_.seen('UANNA', 'CSUPPORT');
    await it_.pass(WINDOW_MS);
    expect((await ended(id)).state).toBe('completed');
  });

  it('is acknowledged while Slack and Airalo are silent', async () => {
    it_.slack.workspace.fail('users.info', { hang: true });
    const id = await run({ iccid: ACTIVE, asked_by: 'UANNA' });
    expect(execution(id)?.state).toBe('running');
    expect(tries(SUCCESS) + tries(ERROR)).toBe(0);
    expect((await ended(id)).state).toBe('completed');
  });
});

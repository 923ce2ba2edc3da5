import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DUE_AT, dailyAt, MINUTE_MS, passUntil } from '../../support/digest-time.ts';
import { command, directMessage, mention } from '../../support/slack/people.ts';
import { BOT_USER, type Fault, lastForm, type Workspace } from '../../support/slack/workspace.ts';
import { type SlackBot, startSlackBot } from './slack-bot.ts';

const ANNA = 'UANNA';
const CHANNEL = 'CSUPPORT';
const DM = 'DANNA';
const ENDED = '8910000000001000050';
const AT_TEN_PAST = dailyAt(DUE_AT);

let it_: SlackBot;
let workspace: Workspace;
const start = async (env: Record<string, string> = {}) => {
  it_ = await startSlackBot('http', env);
  workspace = it_.slack.workspace;
};
beforeEach(() => start());
afterEach(() => it_.close());

const newest = (channel = CHANNEL, user = ANNA) => it_.newestText(user, channel);
const says = (words: RegExp, channel = CHANNEL, user = ANNA) =>
  it_.soon(`${words} in ${newest(channel, user)}`, () => words.test(newest(channel, user)));
const type = (text: string, channel = CHANNEL) => it_.slack.push(command(it_.slack, text, { channel }));
const write = (text: string) => it_.slack.push(directMessage(it_.slack, text));
const digestsIn = (channel: string): string[] =>
  workspace
    .publicIn(channel)
    .map((post) => lastForm(post).text)
    .filter((text) => /needs? attention/.test(text));
const inDirectMessage = (words: RegExp) =>
  workspace.seenBy(ANNA, DM).filter((post) => words.test(lastForm(post).text)).length;
const tries = () => workspace.calls.filter(({ method }) => method === 'chat.postMessage').length;

/** Every reading it needs is there, and the next that happens is the post. */
async function setHere(): Promise<void> {
  await type(`name ${ENDED} annatrip`);
  await says(/annatrip/);
  await type(`digest ${AT_TEN_PAST}`);
  await says(/Digest set: /);
  await passUntil(it_, DUE_AT - 5_000);
}

describe('a digest in a Slack channel', () => {
  it.each<[string, Fault]>([
    ['asks to wait', { retryAfter: 30 }],
    ['asks to wait without saying how long', { status: 429 }],
    ['is down', { status: 503 }],
    ['has a fault of its own', { error: 'internal_error' }],
    ['breaks the connection', { reset: true }],
    ['loses its answer', { lostAnswer: true }],
    ['does not answer at all', { hang: true }],
    ['is behind the page of somebody in between', { page: true }],
    ['refuses the token for a while', { error: 'token_revoked' }],
  ])('comes once, late rather than lost, when Slack %s', async (_what, fault) => {
    await setHere();
    workspace.fail('chat.postMessage', fault);
    await passUntil(it_, DUE_AT + 5 * MINUTE_MS);
    expect(digestsIn(CHANNEL)).toHaveLength(1);
    expect(inDirectMessage(/./)).toBe(0);
  });

  it('comes once, as soon as it may, after a long outage', async () => {
    await setHere();
    workspace.fail('chat.postMessage', { status: 503 }, 1_000);
    await passUntil(it_, DUE_AT + 60 * MINUTE_MS);
    expect(digestsIn(CHANNEL)).toEqual([]);
    workspace.mend();
    await passUntil(it_, DUE_AT + 63 * MINUTE_MS);
    expect(digestsIn(CHANNEL)).toHaveLength(1);
  });

  it.each<[string, Fault]>([
    ['never answered', { hang: true }],
    ['lost its answer', { lostAnswer: true }],
  ])('comes once after Slack %s and the bot was started again', async (_what, fault) => {
    await setHere();
    workspace.fail('chat.postMessage', fault);
    const before = tries();
    await it_.soon('the try', () => tries() > before);
    await it_.restart();
    await passUntil(it_, DUE_AT + 5 * MINUTE_MS);
    expect(digestsIn(CHANNEL)).toHaveLength(1);
  });

  it.each<[string, () => void]>([
    ['not_in_channel', () => workspace.members.get(CHANNEL)?.delete(BOT_USER)],
    ['channel_not_found', () => workspace.members.delete(CHANNEL)],
    ['is_archived', () => workspace.archived.add(CHANNEL)],
  ])(
    'is paused where Slack says %s: told once, listed with the remedy, resumed by setting it again',
    async (code, close) => {
      await setHere();
      const members = new Set(workspace.members.get(CHANNEL));
      close();
      await passUntil(it_, DUE_AT + 10 * MINUTE_MS);
      expect(inDirectMessage(/can’t post in #channel any more[\s\S]*paused[\s\S]*Invite me/)).toBe(1);
      expect(it_.bot.log.lines('A digest is paused')[0]?.reason).toContain(code);
      await it_.restart();
      await write('digest');
      await says(/1\. #channel: [\s\S]*Paused since [\s\S]*Invite me[\s\S]*set it again/, DM);

      workspace.members.set(CHANNEL, members.add(BOT_USER));
      workspace.archived.clear();
      await type(`digest ${dailyAt(DUE_AT + 30 * MINUTE_MS)}`);
      await says(/Digest set: /);
      await passUntil(it_, DUE_AT + 35 * MINUTE_MS);
      expect(digestsIn(CHANNEL)).toHaveLength(1);
      await write('digest');
      await says(/1\. #channel: [\s\S]*next /, DM);
      expect(newest(DM)).not.toMatch(/Paused|2\. /);
      expect(inDirectMessage(/can’t post/)).toBe(1);
    },
  );

  it('goes on as it was where setting it again could not be said to the channel', async () => {
    await setHere();
    workspace.fail('chat.postMessage', { status: 503 });
    await type('digest mondays 8:00');
    await says(/couldn’t post in this channel just now, so nothing was set/);
    await passUntil(it_, DUE_AT + 5 * MINUTE_MS);
    expect(digestsIn(CHANNEL)).toHaveLength(1);
  });
});

describe('a digest for another Slack channel', () => {
  const OTHER = 'CSHOP';
  const isSetForShop = /Digest set: [\s\S]*I’ll post in #(channel|shop) /;
  beforeEach(() => {
    workspace.members.set(OTHER, new Set([ANNA, BOT_USER]));
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['picked in a direct message', () => write(`digest <#${OTHER}|shop> ${AT_TEN_PAST}`), DM],
    [
      'picked in a mention',
      () => it_.slack.push(mention(it_.slack, `digest ${AT_TEN_PAST} <#${OTHER}|>`)),
      CHANNEL,
    ],
    ['typed by its name in a command', () => type(`digest #shop ${AT_TEN_PAST}`), CHANNEL],
    [
      'named from where the bot is not',
      () => type(`digest #Shop ${AT_TEN_PAST}`, 'CELSEWHERE'),
      'CELSEWHERE',
    ],
  ])('%s is set, said there, and comes there, masked', async (_how, ask, where) => {
    await write(`name ${ENDED} annatrip`);
    await says(/annatrip/, DM);
    await ask();
    await says(isSetForShop, where);
    const [announced] = workspace.publicIn(OTHER);
    expect(lastForm(announced).text).toMatch(/asked me for a digest here/);
    expect(announced?.threadTs).toBeUndefined();
    await passUntil(it_, DUE_AT + 2 * MINUTE_MS);
    expect(digestsIn(OTHER)).toHaveLength(1);
    expect(digestsIn(CHANNEL)).toEqual([]);
    const there = JSON.stringify(workspace.publicIn(OTHER));
    expect(there).toContain('…0050');
    expect(there).not.toMatch(/annatrip|8910000000001000050/);
  });

  it('is found among many, also a private one where the app may look', async () => {
    for (let one = 0; one < 5; one += 1) workspace.members.set(`CMANY${one}`, new Set([ANNA]));
    workspace.members.set('CSECRET', new Set([ANNA, BOT_USER]));
    workspace.privateChannels.add('CSECRET');
    await type(`digest #secret ${AT_TEN_PAST}`);
    await says(/can’t set it for #secret from here/);
    workspace.scopes.add('groups:read');
    await type(`digest #many4 ${AT_TEN_PAST}`);
    await says(/can’t set it for #many4/);
    await type(`digest #secret ${AT_TEN_PAST}`);
    await says(isSetForShop);
    expect(lastForm(workspace.publicIn('CSECRET')[0]).text).toMatch(/asked me for a digest/);
  });

  it.each<[string, () => void]>([
    ['the asker is not in it', () => workspace.members.get(OTHER)?.delete(ANNA)],
    ['the bot is not in it', () => workspace.members.get(OTHER)?.delete(BOT_USER)],
    ['it is archived', () => workspace.archived.add(OTHER)],
    ['there is none', () => workspace.members.delete(OTHER)],
    ['the app may not look at channels', () => workspace.scopes.delete('channels:read')],
    ['Slack does not say', () => workspace.fail('users.conversations', { status: 503 }, 9)],
    ['Slack takes no message', () => workspace.fail('chat.postMessage', { status: 503 })],
  ])('is not set, and the way to do it is said, where %s', async (_why, spoil) => {
    spoil();
    await type(`digest #shop ${AT_TEN_PAST}`);
    await says(/can’t set it for #shop from here[\s\S]*Type it in #shop itself/);
    expect(workspace.publicIn(OTHER)).toEqual([]);
    await type('digest');
    await says(/No digest set/);
  });

  it('is not set where the operator lets nobody look up', async () => {
    await it_.close();
    await start({ SLACK_ALLOWED_CHANNELS: CHANNEL });
    workspace.members.set(OTHER, new Set([ANNA, BOT_USER]));
    await type(`digest #shop ${AT_TEN_PAST}`);
    await says(/can’t set it for #shop/);
    expect(workspace.publicIn(OTHER)).toEqual([]);
  });

  it('is set from any workspace of an organisation, whose token has to say in which it looks', async () => {
    await it_.close();
    it_ = await startSlackBot('http', {}, {}, (made) => {
      made.enterprise = { id: 'E0001', wide: true };
      const enterprise_user = { enterprise_id: 'E0001', teams: ['T0001', 'T0002'] };
      made.users.set(ANNA, { id: ANNA, team_id: 'T0002', enterprise_user });
      made.members.set(OTHER, new Set([ANNA, BOT_USER]));
    });
    workspace = it_.slack.workspace;
    await type(`digest #shop ${AT_TEN_PAST}`);
    await says(isSetForShop);
  });

  it('is ended from anywhere, by its name or by its number, and nobody else’s is', async () => {
    await type(`digest #shop ${AT_TEN_PAST}`);
    await says(isSetForShop);
    await it_.slack.push(command(it_.slack, 'digest off 1', { user: 'UBEN' }));
    await says(/No digest set/, CHANNEL, 'UBEN');
    await type('digest off #shop');
    await says(/won’t come any more/);
    await type(`digest #shop ${AT_TEN_PAST}`);
    await says(isSetForShop);
    workspace.members.delete(OTHER);
    await type('digest off 2');
    await says(/1\. #channel: /);
    await type('digest off 1');
    await says(/won’t come any more/);
    await type('digest');
    await says(/No digest set/);
  });
});

describe('who may set a digest in Slack', () => {
  it('is whoever may look up there: the operator’s groups, where they name some', async () => {
    await it_.close();
    await start({ SLACK_ALLOWED_USERGROUPS: 'SSUPPORT' });
    workspace.groups.set('SSUPPORT', ['UBEN']);
    await type(`digest ${AT_TEN_PAST}`);
    await it_.soon('a refusal', () => newest() !== '' && !/Digest set: /.test(newest()));
    await it_.slack.push(command(it_.slack, `digest ${AT_TEN_PAST}`, { user: 'UBEN' }));
    await says(/Digest set: /, CHANNEL, 'UBEN');
    expect(workspace.publicIn(CHANNEL)).toHaveLength(1);
  });
});

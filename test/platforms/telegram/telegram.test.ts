import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describePlatform } from '../../contract/platform-contract.ts';
import { ALERT_FACES } from '../../support/alert-faces.ts';
import { ACTIVE, startTelegramBot, type TelegramBot, USED_UP, VOICE, WINDOW_MS } from './telegram-bot.ts';

let it_: TelegramBot;
const calls = () => it_.bot.simulator.calls.length;
const people = () => it_.telegram.people;
const inGroup = () => it_.telegram.world.fromBot(it_.group.id);

describe('Telegram', () => {
  beforeEach(async () => {
    it_ = await startTelegramBot();
  });
  afterEach(async () => {
    for (const { text, html } of inGroup())
      expect(`${text}${html}`.replace(/[ -]/g, '')).not.toMatch(/\d{18}/);
    expect(it_.telegram.world.violations).toEqual([]);
    await it_.close();
  });

  it('answers a message in the private chat with a card; anything else gets the help', async () => {
    people().write(it_.anna, it_.anna, `hi ${ACTIVE}`);
    await it_.shows(/1\.3\sGB left of 5\sGB \(26%\)/);
    people().write(it_.anna, it_.anna, 'hello');
    await it_.shows(/\/usage/);
    expect(it_.telegram.world.fromBot()).toHaveLength(2);
  });

  it('answers several numbers in one message, with buttons that open each', async () => {
    people().write(it_.anna, it_.anna, `/usage ${ACTIVE}, ${VOICE}`);
    const answer = await it_.shows(/…0019[\s\S]*…0035/);
    expect(answer.buttons.map(({ text }) => text)).toContain('…0035');
  });

  it.each(['/usage', '/usage@esim_usage_bot', '@esim_usage_bot'])(
    'answers "%s" in a group in the private chat of the asker, and says nothing in the group',
    async (command) => {
      people().write(it_.anna, it_.group, `${command} ${ACTIVE}`);
      await it_.shows(/1\.3\sGB/);
      expect(inGroup()).toEqual([]);
    },
  );

  it('answers each command of its menu by its topic', async () => {
    people().write(it_.anna, it_.anna, '/digest');
    await it_.shows(/No digest set/);
    people().write(it_.anna, it_.group, '/order@esim_usage_bot 20261115-070019');
    await it_.shows(/…0019|1000019/);
    people().write(it_.anna, it_.anna, `/packages ${ACTIVE}`);
    await it_.shows(/[Pp]ackage/);
    expect(inGroup()).toEqual([]);
  });

  it('leaves alone what is said to another bot, or to nobody', async () => {
    people().write(it_.anna, it_.group, `/usage@other_bot ${ACTIVE}`);
    people().write(it_.anna, it_.group, `/weather ${ACTIVE}`);
    people().write(it_.anna, it_.anna, 'hello');
    await it_.shows(/\/usage/);
    expect(calls()).toBe(0);
    expect(it_.telegram.world.fromBot()).toHaveLength(1);
  });

  it('reads the numbers of a message that is replied to with the command, and of one that is forwarded', async () => {
    const { message } = people().write(it_.ben, it_.group, `customer has ${ACTIVE}`);
    people().write(it_.anna, it_.group, '/usage', { replyTo: message });
    await it_.shows(/1\.3\sGB/);
    people().write(it_.anna, it_.anna, `balance ${VOICE}`, { forwarded: true });
    await it_.shows(/63 .*100/);
  });

  it('answers an edited question anew, and not one whose text is the same', async () => {
    const { message } = people().write(it_.anna, it_.anna, ACTIVE);
    await it_.shows(/1\.3\sGB/);
    people().edit(message, it_.anna, ACTIVE);
    people().edit(message, it_.anna, VOICE);
    await it_.shows(/63 .*100/);
    expect(it_.telegram.world.fromBot()).toHaveLength(2);
  });

  it('invites somebody who has not opened the private chat, and answers there after Start', async () => {
    people().write(it_.cleo, it_.group, `/usage ${ACTIVE}`, { topic: 7 });
    const invitation = await it_.shows(/answer in private/, it_.group);
    expect(invitation).toMatchObject({ threadId: 7 });
    expect(calls()).toBe(0);
    const payload = new URL(invitation.buttons[0]?.url ?? '').searchParams.get('start') ?? '';
    people().start(it_.cleo, payload);
    const card = await it_.shows(/1\.3\sGB/, it_.cleo);
    people().press(it_.cleo, card, 'Share');
    const shared = await it_.shows(/…0019/, it_.group);
    expect(shared.threadId).toBe(7);
  });

  it('opens the private chat from a pressed Show where it must, and answers every press', async () => {
    people().write(it_.anna, it_.group, `/usage ${ACTIVE}`);
    people().press(it_.anna, await it_.shows(/1\.3\sGB/), 'Share');
    const shared = await it_.shows(/…0019/, it_.group);
    expect(shared.text).toContain('Anna');
    const pressed = people().press(it_.cleo, shared, 'Show');
    const { queries } = it_.telegram.world;
    await it_.soon('the link', () => queries.get(pressed)?.url);
    people().start(it_.cleo, new URL(queries.get(pressed)?.url ?? '').searchParams.get('start') ?? '');
    await it_.shows(/1\.3\sGB/, it_.cleo);
    await it_.pass(0);
    expect([...queries.values()].every(({ answered }) => answered)).toBe(true);
  });

  it('keeps Share on a card of a group when its button is pressed in the private chat', async () => {
    people().write(it_.anna, it_.group, `/usage ${ACTIVE}`);
    people().press(it_.anna, await it_.shows(/1\.3\sGB/), 'Notify me');
    people().press(it_.anna, await it_.shows(/notify you|update|post/), 'Cancel');
    const card = await it_.shows(/Cancelled/);
    expect(card.buttons.map(({ text }) => text)).toContain('Share here');
  });

  it('refuses a stranger with the id and the setting that would let them in', async () => {
    people().write(it_.ben, it_.ben, ACTIVE);
    const refusal = await it_.shows(/TELEGRAM_ALLOWED_USERS/, it_.ben);
    expect(refusal.text).toContain(String(it_.ben.id));
    expect(calls()).toBe(0);
  });

  it('says in a box, to the presser alone, that a list in a group or somebody else’s button is none', async () => {
    const file = { name: 'list.csv', bytes: Buffer.from(`iccid\n${ACTIVE}\n`) };
    people().write(it_.anna, it_.group, '/usage', { file });
    await it_.shows(/private|direct message/i);
    people().write(it_.anna, it_.group, `/usage ${ACTIVE}`);
    people().press(it_.cleo, await it_.shows(/1\.3\sGB/), 'Notify me');
    await it_.soon('the box', () =>
      it_.telegram.world.toasts.some(({ text }) => /Only the person who asked/.test(text)),
    );
  });

  it('waits as long as Telegram says, and edits in the end', async () => {
    it_.telegram.failNext('editMessageText', { kind: 'rate-limited', retryAfterS: 9 }, 1);
    people().write(it_.anna, it_.anna, ACTIVE);
    await it_.shows(/1\.3\sGB/);
    expect(it_.telegram.world.fromBot()).toHaveLength(1);
  });

  it.each(['reset', 'page', 'answer-lost'] as const)(
    'shows the answer although an edit meets %s',
    async (kind) => {
      it_.telegram.failNext('editMessageText', { kind }, 1);
      people().write(it_.anna, it_.anna, ACTIVE);
      await it_.shows(/1\.3\sGB/);
      const { log } = it_.bot;
      await it_.soon('its end', () => log.lines('Question done').length === 1);
      expect(it_.telegram.world.fromBot()).toHaveLength(1);
    },
  );

  it('gives a promised answer up, with a remedy, to somebody who has blocked the bot', async () => {
    people().write(it_.anna, it_.anna, USED_UP);
    await it_.shows(/post (the answer|it) here/);
    people().block(it_.anna);
    await it_.pass(WINDOW_MS);
    await it_.soon('the dead letter', async () => (await it_.bot.app.store.outbox.dead(1)).length === 1);
  });

  it('says it in the group without any customer’s data where the private chat is closed meanwhile', async () => {
    people().write(it_.anna, it_.group, `/usage ${USED_UP}`);
    await it_.shows(/post (the answer|it) here/);
    people().block(it_.anna);
    await it_.pass(WINDOW_MS);
    const line = await it_.shows(/answer is ready/, it_.group);
    expect(line.text).not.toMatch(/0092/);
  });

  it('confirms an update only after the question is durable, and takes what comes again once', async () => {
    const { again } = people().write(it_.anna, it_.anna, ACTIVE);
    await it_.shows(/1\.3\sGB/);
    again();
    await it_.soon('all is confirmed', () => it_.telegram.updates.pending() === 0);
    await it_.pass(0);
    expect(it_.telegram.world.fromBot()).toHaveLength(1);
  });

  it('connects again by itself after an outage, and says meanwhile that it is away', async () => {
    it_.telegram.away = true;
    people().write(it_.anna, it_.anna, ACTIVE);
    const health = () => it_.bot.app.platforms[0]?.health();
    await it_.soon('it is away', () => health()?.ready === false);
    it_.telegram.away = false;
    await it_.shows(/1\.3\sGB/);
    await it_.soon('it is back', () => health()?.ready);
  });

  it('ends with the remedy when its token is revoked', async () => {
    it_.telegram.refused = true;
    people().write(it_.anna, it_.anna, ACTIVE);
    await it_.soon('it gives up', () => it_.bot.failures.length === 1);
    expect(it_.bot.failures[0]?.remedy).toMatch(/TELEGRAM_TOKEN/);
  });

  it('refuses to start where a webhook takes the events, and says what to do', async () => {
    it_.telegram.world.webhook = 'https://elsewhere.example';
    await it_.clock.during(it_.bot.stop({ keep: true }));
    await expect(it_.restart()).rejects.toMatchObject({ remedy: expect.stringMatching(/deleteWebhook/) });
    it_.telegram.world.webhook = '';
    await it_.restart();
  });
});

describe('alerts on Telegram', () => {
  afterEach(async () => {
    await it_.close();
  });

  it('stand in the topic, are edited, answered below, and pressed by those who may ask', async () => {
    it_ = await startTelegramBot(({ anna, group }) => ({
      TELEGRAM_ALLOWED_USERS: String(anna.id),
      TELEGRAM_ALERT_CHANNEL: `${group.id}:7`,
    }));
    const board = it_.bot.app.platforms[0]?.alertBoard;
    const face = ALERT_FACES['the first warning'];
    if (!board || !face) throw new Error('No alert channel');
    const posted = await board.post(face, { handle: 'handle-12345', mark: 'alert-1' });
    if (posted.kind !== 'ok') throw new Error(posted.kind);
    const parent = await it_.shows(/…0019/, it_.group);
    expect(parent.threadId).toBe(7);
    expect(await board.edit(posted.place, face, 'handle-12345')).toMatchObject({ kind: 'ok' });
    const event = {
      kind: 'low-data',
      iccid: ACTIVE,
      packageName: 'x',
      level: { kind: 'used', percent: 90 },
    } as const;
    await board.tell(
      posted.place,
      face,
      { id: 'e1', at: it_.clock.now(), event },
      { handle: '', mark: 'e1' },
    );
    expect(inGroup().at(-1)).toMatchObject({ replyTo: parent.id, threadId: 7 });
    people().press(it_.ben, parent, 'I’ll take it');
    const { toasts } = it_.telegram.world;
    await it_.soon('the refusal', () =>
      toasts.some(({ userId, text }) => userId === it_.ben.id && /full members/.test(text)),
    );
    parent.deleted = true;
    expect(await board.edit(posted.place, face, 'handle-12345')).toEqual({ kind: 'gone' });
    it_.group.kicked = true;
    expect(await board.post(face, { handle: 'h', mark: 'm' })).toMatchObject({ kind: 'closed' });
  });
});

describe('access on Telegram', () => {
  afterEach(async () => {
    await it_.close();
  });

  it('with nothing configured is for nobody', async () => {
    it_ = await startTelegramBot(() => ({}));
    people().write(it_.anna, it_.anna, ACTIVE);
    await it_.shows(/TELEGRAM_ALLOWED_USERS/);
    expect(calls()).toBe(0);
  });

  it('by group lets in its members, there and in the private chat, and no more once they have left', async () => {
    it_ = await startTelegramBot(({ group }) => ({ TELEGRAM_ALLOWED_CHATS: String(group.id) }));
    people().write(it_.ben, it_.ben, ACTIVE);
    await it_.shows(/1\.3\sGB/, it_.ben);
    people().write(it_.ben, it_.group, `/usage ${VOICE}`);
    await it_.shows(/63 .*100/, it_.ben);
    it_.group.members.delete(it_.ben.id);
    await it_.pass(4 * 60_000);
    people().write(it_.ben, it_.ben, ACTIVE);
    await it_.shows(/TELEGRAM_ALLOWED_USERS/, it_.ben);
  });

  it('refuses rather than guesses when Telegram does not tell', async () => {
    it_ = await startTelegramBot(({ group }) => ({ TELEGRAM_ALLOWED_CHATS: String(group.id) }));
    it_.telegram.failNext('getChatMember', { kind: 'status', status: 502 }, 9);
    people().write(it_.ben, it_.ben, ACTIVE);
    await it_.shows(/couldn’t find out/, it_.ben);
    expect(calls()).toBe(0);
  });
});

describePlatform('Telegram', async () => {
  const bot = await startTelegramBot(({ anna, cleo, group }) => ({
    TELEGRAM_ALLOWED_USERS: `${anna.id},${cleo.id}`,
    TELEGRAM_ALERT_CHANNEL: String(group.id),
  }));
  const { people: person, world } = bot.telegram;
  const newestWith = (label: string) =>
    world.fromBot().findLast(({ buttons }) => buttons.some(({ text }) => text.startsWith(label)));
  return {
    get bot() {
      return bot.bot;
    },
    ask: async (text) => person.write(bot.anna, bot.group, `/usage ${text}`),
    secrets: () => [world.token],
    async cancel() {
      const message = newestWith('Cancel');
      if (message) person.press(bot.anna, message, 'Cancel');
    },
    async press(label) {
      const message = newestWith(label);
      if (message) person.press(bot.anna, message, label);
    },
    askTwice: async (text) => person.write(bot.anna, bot.group, `/usage ${text}`).again(),
    askAsStranger: async (text) => person.write(bot.ben, bot.group, `/usage ${text}`),
    sendList: async (bytes) => person.write(bot.anna, bot.anna, '', { file: { name: 'list.csv', bytes } }),
    routes: [
      {
        name: 'the edit of the answer',
        close: () =>
          bot.telegram.failNext(
            'editMessageText',
            { kind: 'status', status: 400, description: 'Bad Request: message to edit not found' },
            9,
          ),
      },
    ],
    // By place, the private chats last: what is said in the group beside an answer is not the answer.
    shown: () =>
      [bot.group, bot.anna, bot.ben]
        .flatMap(({ id }) => world.fromBot(id))
        .map(({ text, buttons, chatId }) => ({
          text: [text, ...buttons.map((button) => button.text)].join('\n'),
          isPublic: chatId < 0,
        })),
    soon: bot.soon,
    pass: bot.pass,
    restart: bot.restart,
    close: bot.close,
  };
});

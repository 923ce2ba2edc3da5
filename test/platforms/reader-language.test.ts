import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';
import { command, homeOpened, press } from '../support/slack/people.ts';
import { lastForm } from '../support/slack/workspace.ts';
import {
  ACTIVE,
  type DiscordBot,
  startDiscordBot,
  textOf,
  USED_UP,
  WINDOW_MS,
} from './discord/discord-bot.ts';
import { type SlackBot, startSlackBot } from './slack/slack-bot.ts';

describe('on Slack', () => {
  let it_: SlackBot;
  const channel = 'CSUPPORT';
  const speaks = (id: string, locale: string) =>
    it_.slack.workspace.users.set(id, { id, team_id: 'T0001', locale });
  const says = (pattern: RegExp, user = 'UANNA') =>
    it_.soon(`${pattern}`, () => pattern.test(it_.newestText(user)));

  afterEach(() => it_.close());

  it('everybody gets an answer in the language of their own client; a shared card has its sharer’s', async () => {
    it_ = await startSlackBot('socket');
    speaks('UANNA', 'de-DE');
    speaks('UBEN', 'ja-JP');
    await it_.slack.push(command(it_.slack, ACTIVE));
    await says(/1,3\sGB von 5\sGB übrig/);
    const [card] = await it_.seen('UANNA', channel);
    if (card) await it_.slack.push(press(it_.slack, card, 'esim:share'));
    const shared = await it_.soon('the shared card', () => it_.slack.workspace.publicIn(channel)[0]);
    expect(lastForm(shared).text).toMatch(/Geteilt von[\s\S]*übrig/);
    await it_.slack.push(press(it_.slack, shared, 'esim:show', { user: 'UBEN' }));
    await says(/残り1\.3\sGB/, 'UBEN');
    await it_.slack.push(homeOpened(it_.slack));
    await it_.soon('the home page', () =>
      /Ihre letzten Prüfungen/.test(JSON.stringify(it_.slack.workspace.views.get('UANNA'))),
    );
  });

  it('a promised answer keeps the language it was asked in, also after a restart', async () => {
    it_ = await startSlackBot('socket');
    speaks('UANNA', 'pt-BR');
    await it_.slack.push(command(it_.slack, USED_UP));
    await says(/Vou publicar a resposta aqui/);
    await it_.pass(0);
    await it_.restart();
    speaks('UANNA', 'fr-FR');
    it_.slack.workspace.responseUrls.clear();
    await it_.pass(WINDOW_MS);
    await says(/GB disponíveis de/);
  });
});

describe('on Discord', () => {
  let it_: DiscordBot;
  const usage = (iccid: string, locale: string) =>
    it_.discord.people.usage({ by: it_.anna, in: it_.channel, iccid, locale });
  const dm = () => it_.discord.people.directMessages(it_.anna);

  afterEach(() => it_.close());

  it('everybody gets an answer in the language of their own client; a shared card has its sharer’s', async () => {
    it_ = await startDiscordBot(({ guild: { id } }) => ({ DISCORD_ALLOWED_GUILDS: id }));
    usage(ACTIVE, 'es-419');
    const card = await it_.shows(/1\.3\sGB disponibles de 5\sGB/);
    it_.discord.people.press({ by: it_.anna, in: it_.channel, locale: 'es-419' }, card, 'Compartir');
    const shared = await it_.shows(/Compartido por/);
    expect(shared.onlyFor).toBeUndefined();
    it_.discord.people.press({ by: it_.ben, in: it_.channel, locale: 'fr' }, shared, 'Mostrar');
    const shown = await it_.shows(/1,3\sGo restants sur 5\sGo/);
    expect(shown.onlyFor).toBe(it_.ben.id);
  });

  it('a promised answer keeps the language it was asked in', async () => {
    it_ = await startDiscordBot();
    usage(USED_UP, 'de');
    await it_.shows(/Die Antwort kommt hierher/);
    await it_.pass(0);
    usage(ACTIVE, 'ja');
    await it_.shows(/残り/);
    await it_.pass(WINDOW_MS);
    await it_.shows(/GB von 3\sGB übrig/, dm());
  });

  it('the command is named as the reader’s client shows it', async () => {
    it_ = await startDiscordBot();
    it_.discord.people.help({ by: it_.anna, in: it_.channel, locale: 'de' });
    const help = await it_.shows(/esim-nutzung/);
    expect(textOf(help)).toContain('eSIM-Nutzung prüfen');
  });

  it('a message, with which Discord tells no language, is answered in that of the last command', async () => {
    it_ = await startDiscordBot();
    it_.discord.people.write(it_.anna, dm(), 'hello');
    await it_.shows(/How|didn’t understand/, dm());
    usage(ACTIVE, 'pt-BR');
    await it_.shows(/disponíveis de/);
    it_.discord.people.write(it_.anna, dm(), 'oi');
    await it_.shows(/Não entendi/, dm());
  });
});

describe('in a terminal', () => {
  it.each([
    [{ LANG: 'de_DE.UTF-8' }, /1,3\sGB von 5\sGB übrig/],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: 'ja_JP.UTF-8' }, /残り1\.3\sGB/],
  ])('%j is the language of the cards', async (env, said) => {
    const { out } = await runCommand(['demo', '--', ACTIVE], tmpdir(), env);
    expect(out).toMatch(said);
  });
});

import { credit, lowData, postWebhook } from '../../../test/support/airalo-webhooks.ts';
import { listOf } from '../../../test/support/lists.ts';
import { command, directMessage, filesInDirectMessage } from '../../../test/support/slack/people.ts';
import { until } from '../../../test/support/until.ts';
import type { AnswerLedger } from './answers.ts';
import type { CallLedger } from './calls.ts';
import { chance, createRandom, oneOf } from './random.ts';
import type { SoakWorld } from './world.ts';

/** Questions a minute, both platforms together, in the twelve hours in which an office works, and in the others. */
const BY_DAY = 0.8;
const BY_NIGHT = 0.15;
/** Of the questions: those about one of the eSIMs asked for last, and those that another system of the company has just read. */
const AGAIN = 0.35;
const USED_UP = 0.15;
const LAST_ASKED = 12;
/** In the minutes of a day: when something happens to the bot. */
const OUTAGES_FROM = [5 * 60 + 30, 13 * 60 + 10];
const OUTAGE_MINUTES = 20;
const DOWN = { kind: 'status', status: 503 } as const;
const REVOKED_AT = 16 * 60 + 5;
const RECONNECTS_AT = [3 * 60, 11 * 60, 19 * 60];
const LIST_AT = 10 * 60;
const WATCHES_AT = [8, 9, 12, 15].map((hour) => hour * 60 + 7);
const ALERTS_AT = [7, 9, 11, 13, 15, 17, 19, 21].map((hour) => hour * 60 + 31);

/** What people, Airalo and the networks do in a simulated minute, the same in every soak. */
export function createLoad(world: SoakWorld, botUrl: string, answers: AnswerLedger, calls: CallLedger) {
  const { simulator, slack, discord, esims, slackPeople, discordPeople, channel } = world;
  const random = createRandom(7);
  const lastAsked: string[] = [];
  const watched: string[] = [];
  let alerts = 0;

  async function ask(): Promise<void> {
    const again = lastAsked.length > 0 && chance(random, AGAIN);
    const iccid = oneOf(random, again ? lastAsked : esims);
    if (!again && chance(random, USED_UP) && !calls.isUsedUp(iccid)) {
      simulator.useUpWindow(iccid);
      calls.noteUsedUp(iccid);
    }
    lastAsked.push(iccid);
    if (lastAsked.length > LAST_ASKED) lastAsked.shift();
    await (chance(random, 0.5) ? askInSlack(iccid) : askInDiscord(iccid));
  }

  async function askInSlack(iccid: string): Promise<void> {
    const user = oneOf(random, slackPeople.slice(1));
    if (!answers.noteQuestion('slack', user, iccid)) return;
    const words = chance(random, 0.5) ? command : directMessage;
    await slack.push(words(slack, iccid, { user }));
  }

  async function askInDiscord(iccid: string): Promise<void> {
    const by = oneOf(random, discordPeople.slice(1));
    if (!answers.noteQuestion('discord', by.id, iccid)) return;
    if (chance(random, 0.3)) {
      discord.people.write(by, discord.people.directMessages(by), iccid);
      return;
    }
    const asked = discord.people.usage({ by, in: channel, iccid });
    await until('the acknowledgement', () => asked.acknowledged !== undefined);
  }

  /** The first of each platform's people watch and send lists; what they are told is nobody's promised answer. */
  async function watch(): Promise<void> {
    const [inSlack, inDiscord] = [oneOf(random, esims), oneOf(random, esims)];
    const [user = ''] = slackPeople;
    const [by] = discordPeople;
    await slack.push(directMessage(slack, `watch ${inSlack} 25`, { user }));
    if (by) discord.people.write(by, discord.people.directMessages(by), `watch ${inDiscord} 25`);
    watched.push(inSlack, inDiscord);
  }

  async function alert(): Promise<void> {
    alerts++;
    const iccid = (alerts % 2 === 0 ? watched.shift() : undefined) ?? oneOf(random, esims);
    await postWebhook(botUrl, lowData(alerts % 3 === 0 ? '90%' : '75%', { iccid }));
    if (alerts % 8 === 0) await postWebhook(botUrl, credit(80, 1000 + alerts));
  }

  async function sendList(): Promise<void> {
    const bytes = listOf(Array.from({ length: 10 }, () => oneOf(random, esims)));
    const [user = ''] = slackPeople;
    await slack.push(filesInDirectMessage(slack, [{ name: 'list.csv', bytes }], '', { user }));
  }

  async function reconnect(forget: boolean): Promise<void> {
    const [{ connected }, open] = [discord.gateway.counts, [...slack.sockets]];
    discord.gateway.closeAll(4000, { forget });
    // Slack's docs: a `disconnect` says that the socket is refreshed; the client opens another.
    for (const socket of open)
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    await until('both connections are back', () => {
      const fresh = [...slack.sockets].some((socket) => !open.includes(socket));
      return fresh && discord.gateway.counts.connected > connected && discord.gateway.connected() > 0;
    });
    for (const socket of open) socket.close();
  }

  /** What happens in these minutes, all at once; whether anything does. */
  return async (from: number, minutes: number): Promise<boolean> => {
    await until('the connections are there', () => slack.sockets.size > 0 && discord.gateway.connected() > 0);
    const due = Array.from({ length: minutes }, (_, index) => plan(from + index)).flat();
    for (const work of due) await work();
    return due.length > 0;
  };

  function plan(ofDay: number): (() => unknown)[] {
    const happens: [when: boolean, work: () => unknown][] = [
      [OUTAGES_FROM.includes(ofDay), () => simulator.inject('usage', DOWN, Number.MAX_SAFE_INTEGER)],
      [OUTAGES_FROM.some((from) => ofDay === from + OUTAGE_MINUTES), () => simulator.clearFaults()],
      [ofDay === REVOKED_AT, () => simulator.revokeTokens()],
      [RECONNECTS_AT.includes(ofDay), () => reconnect(ofDay === RECONNECTS_AT[0])],
      [ofDay === LIST_AT, sendList],
      [WATCHES_AT.includes(ofDay), watch],
      [ALERTS_AT.includes(ofDay), alert],
    ];
    const wanted = ofDay >= 8 * 60 && ofDay < 20 * 60 ? BY_DAY : BY_NIGHT;
    const questions = Math.floor(wanted) + (chance(random, wanted % 1) ? 1 : 0);
    return [
      ...happens.flatMap(([when, work]) => (when ? [work] : [])),
      ...Array.from({ length: questions }, () => ask),
    ];
  }
}

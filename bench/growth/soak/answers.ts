import { textOf } from '../../../test/platforms/discord/discord-bot.ts';
import type { SlackPost } from '../../../test/support/slack/workspace.ts';
import { shownAnswer } from '../../shown.ts';
import type { SoakWorld } from './world.ts';

/** What became of the questions of a time. */
export interface AnswerCounts {
  readonly lookups: number;
  readonly promised: number;
  readonly kept: number;
  readonly lost: number;
  /** Answered by a second message. */
  readonly doubled: number;
  /** Neither promised nor answered with a figure. */
  readonly unanswered: number;
}

/** Who asked what, and what then stood in front of them. */
export interface AnswerLedger {
  /** False when this person has asked for this eSIM lately: then their answers could not be told apart. */
  noteQuestion(platform: 'slack' | 'discord', person: string, iccid: string): boolean;
  /** Closes the questions of the day before `now`, and forgets what was shown for them. */
  take(before: number): AnswerCounts;
}

interface Question {
  readonly platform: 'slack' | 'discord';
  readonly person: string;
  readonly lastFour: string;
  readonly askedAt: number;
}

/** No promise lives that long. */
export const CLOSED_AFTER_MS = 6 * 60 * 60_000;

export function createAnswerLedger(world: SoakWorld): AnswerLedger {
  const { slack, discord, clock } = world;
  let open = new Map<string, Question>();

  /** Everything the bot has shown to each person, both platforms in one form. */
  function shownToEach(): Map<string, SlackPost[]> {
    const each = new Map<string, SlackPost[]>();
    const add = (person: string, post: SlackPost) => each.set(person, [...(each.get(person) ?? []), post]);
    for (const post of slack.workspace.posts) add(post.onlyFor ?? `U${post.channel.slice(1)}`, post);
    for (const { id, recipientId, messages } of discord.world.channels.values())
      for (const message of messages)
        if (message.authorId === discord.world.bot.id)
          add(message.onlyFor ?? recipientId ?? id, {
            channel: id,
            ts: String(message.createdAt / 1000),
            via: 'discord',
            forms: message.history.map((body) => ({ text: textOf({ ...message, body }), blocks: [] })),
          });
    return each;
  }

  function forget(before: number): void {
    const { posts, calls, responseUrls } = slack.workspace;
    calls.splice(0);
    posts.splice(0, posts.length, ...posts.filter(({ ts }) => Number(ts) * 1000 > before));
    for (const [id, { endsAt }] of responseUrls) if (endsAt < before) responseUrls.delete(id);
    for (const { messages } of discord.world.channels.values())
      messages.splice(0, messages.length, ...messages.filter(({ createdAt }) => createdAt > before));
    for (const [id, { acknowledged }] of discord.world.interactions)
      if (acknowledged && acknowledged.at < before) discord.world.interactions.delete(id);
  }

  return {
    noteQuestion(platform, person, iccid) {
      const lastFour = iccid.slice(-4);
      const key = `${person} ${lastFour}`;
      if (open.has(key)) return false;
      open.set(key, { platform, person, lastFour, askedAt: clock.now() });
      return true;
    },
    take(before) {
      const each = shownToEach();
      const counts = { lookups: 0, promised: 0, kept: 0, lost: 0, doubled: 0, unanswered: 0 };
      const still = new Map<string, Question>();
      for (const [key, question] of open) {
        if (question.askedAt > before) {
          still.set(key, question);
          continue;
        }
        const isAbout = new RegExp(`(?:…|(?<!\\d)\\d{15})${question.lastFour}(?!\\d)`);
        const shown = (each.get(question.person) ?? [])
          // Slack's instants are whole seconds.
          .filter(({ ts }) => Number(ts) * 1000 >= question.askedAt - 1_000)
          .map(({ forms }) => forms.map(({ text }) => text))
          .filter((texts) => texts.some((text) => isAbout.test(text)))
          .map(shownAnswer);
        const figures = shown.filter(({ hasFigure }) => hasFigure).length;
        counts.lookups++;
        if (figures > 1) counts.doubled++;
        if (!shown.some(({ wasPromised }) => wasPromised)) counts.unanswered += figures === 0 ? 1 : 0;
        else {
          counts.promised++;
          if (figures > 0) counts.kept++;
          else counts.lost++;
        }
      }
      open = still;
      // What was asked just before may still be edited.
      forget(before - CLOSED_AFTER_MS);
      return counts;
    },
  };
}

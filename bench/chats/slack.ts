import { systemClock } from '../../src/clock.ts';
import { command } from '../../test/support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../../test/support/slack/slack.ts';
import { BOT_USER, type SlackPost, TEAM } from '../../test/support/slack/workspace.ts';
import { shownAnswer } from '../shown.ts';
import type { Chat } from './chat.ts';

/** Of all corners: Slack gives no two questions the same id, and several processes share what they have seen. */
let commandsSent = 0;

/** So many different eSIMs one person asks about, and one channel: under the bot's limits for both. */
const OF_ONE_PERSON = 50;
const OF_ONE_CHANNEL = 250;

/** Whose turn it is when so many different eSIMs were asked about: the first are Anna's, in the support channel. */
function asker({ workspace }: SlackStandIn, esims: number): { user: string; channel: string } {
  const [person, place] = [OF_ONE_PERSON, OF_ONE_CHANNEL].map((most) => Math.floor((esims - 1) / most));
  const user = person === 0 ? 'UANNA' : `U${person}`;
  const channel = place === 0 ? 'CSUPPORT' : `C${place}`;
  if (!workspace.users.has(user))
    workspace.users.set(user, { id: user, team_id: TEAM, locale: 'en-GB', tz: 'Europe/Berlin' });
  const members = workspace.members.get(channel) ?? new Set([BOT_USER]);
  workspace.members.set(channel, members.add(user));
  return { user, channel };
}

/** Slack over HTTP: acknowledged is what has got its 200. */
export async function openSlackChat(): Promise<Chat> {
  const slack = await startSlack('http', systemClock);
  const { posts, responseUrls } = slack.workspace;
  const esims = new Set<string>();
  const shown = (post: SlackPost) => shownAnswer(post.forms.map(({ text }) => text));
  return {
    env: slack.env,
    contenderAt(port) {
      slack.botUrl = `http://127.0.0.1:${port}`;
    },
    async ask(iccid) {
      const push = command(slack, iccid, {
        ...asker(slack, esims.add(iccid).size),
        id: `bench-${++commandsSent}`,
      });
      const questionId = String(Object(push.payload).response_url).split('/').at(-1) ?? '';
      const sentAt = performance.now();
      const status = await slack.push(push);
      const ackMs = performance.now() - sentAt;
      if (status !== 200) throw new Error(`A command was acknowledged with ${status}`);
      return { iccid, questionId, ackMs };
    },
    answers: () => posts.map(shown),
    answerTo({ questionId }) {
      const given = responseUrls.get(questionId);
      const post = given?.original ?? given?.acknowledgement;
      return post && shown(post);
    },
    close: () => slack.close(),
  };
}

import { systemClock } from '../../src/clock.ts';
import { command } from '../../test/support/slack/people.ts';
import { startSlack } from '../../test/support/slack/slack.ts';
import { BOT_USER, type SlackPost, TEAM, type Workspace } from '../../test/support/slack/workspace.ts';
import { createShownOf } from '../shown.ts';
import { ASKERS_OF_A_CHANNEL, type Chat } from './chat.ts';

/** Of all corners: Slack gives no two questions the same id, and several processes share what they have seen. */
let commandsSent = 0;

/** Slack over HTTP: acknowledged is what has got its 200. */
export async function openSlackChat(): Promise<Chat> {
  const slack = await startSlack('http', systemClock);
  const { posts, responseUrls } = slack.workspace;
  const shown = createShownOf<SlackPost>(
    ({ forms }) => forms.map(({ text }) => text),
    ({ forms }) => forms.length,
  );
  return {
    env: slack.env,
    contenderAt(port) {
      slack.botUrl = `http://127.0.0.1:${port}`;
    },
    async ask(iccid, asker) {
      const who = asker === undefined ? {} : seat(slack.workspace, asker);
      const push = command(slack, iccid, { ...who, id: `bench-${++commandsSent}` });
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

/** A person of a crowd, in the channel they sit in. */
function seat(
  { users, members }: Workspace,
  asker: number,
): { readonly user: string; readonly channel: string } {
  const user = `UCROWD${asker}`;
  const channel = `CCROWD${Math.floor(asker / ASKERS_OF_A_CHANNEL)}`;
  if (!users.has(user)) {
    users.set(user, { id: user, team_id: TEAM, locale: 'en-GB', tz: 'Europe/Berlin' });
    const there = members.get(channel) ?? new Set([BOT_USER]);
    members.set(channel, there.add(user));
  }
  return { user, channel };
}

import { systemClock } from '../../src/clock.ts';
import { command } from '../../test/support/slack/people.ts';
import { startSlack } from '../../test/support/slack/slack.ts';
import type { SlackPost } from '../../test/support/slack/workspace.ts';
import { shownAnswer } from '../shown.ts';
import type { Chat } from './chat.ts';

/** Of all corners: Slack gives no two questions the same id, and several processes share what they have seen. */
let commandsSent = 0;

/** Slack over HTTP: acknowledged is what has got its 200. */
export async function openSlackChat(): Promise<Chat> {
  const slack = await startSlack('http', systemClock);
  const { posts, responseUrls } = slack.workspace;
  const shown = (post: SlackPost) => shownAnswer(post.forms.map(({ text }) => text));
  return {
    env: slack.env,
    contenderAt(port) {
      slack.botUrl = `http://127.0.0.1:${port}`;
    },
    async ask(iccid) {
      const push = command(slack, iccid, { id: `bench-${++commandsSent}` });
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

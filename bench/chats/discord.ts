import { systemClock } from '../../src/clock.ts';
import { startDiscord } from '../../test/support/discord/discord.ts';
import { MESSAGE_CONTENT_FLAGS } from '../../test/support/discord/gateway.ts';
import { findMessage, MANAGE_GUILD, type StoredMessage } from '../../test/support/discord/world.ts';
import { type ShownAnswer, shownAnswer } from '../shown.ts';
import type { Asked, Chat } from './chat.ts';

/** Discord takes no first answer after three seconds; so much later it would have refused it. */
const GIVEN_UP_MS = 10_000;

/** Discord over its gateway: acknowledged is an interaction whose callback has come in. Asked by somebody who manages the server. */
export async function openDiscordChat(): Promise<Chat> {
  const { world, people, token, apiUrl, fromBot, close } = await startDiscord(systemClock);
  // The Chat SDK asks for the texts of messages, which the owner has to switch on.
  world.applicationFlags = MESSAGE_CONTENT_FLAGS;
  const asker = people.person('anna');
  const guild = people.guild('Support', people.person('owner'));
  people.join(guild, asker, [people.role(guild, MANAGE_GUILD)]);
  const channel = people.channel(guild);
  const waiting = new Map<string, () => void>();
  world.onAcknowledged = ({ id }) => waiting.get(id)?.();

  return {
    env: { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_APPLICATION_ID: world.applicationId },
    contenderAt: () => undefined,
    ask(iccid) {
      const sentAt = performance.now();
      const { id } = people.usage({ by: asker, in: channel, iccid });
      return new Promise<Asked>((resolve) => {
        const asked = (ackMs: number) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve({ iccid, questionId: id, ackMs });
        };
        // It counts as one that never came, and makes the percentiles say so.
        const timer = setTimeout(() => asked(Number.POSITIVE_INFINITY), GIVEN_UP_MS);
        waiting.set(id, () => asked(performance.now() - sentAt));
      });
    },
    answers: () => [...world.channels.values()].flatMap(fromBot).map(shown),
    answerTo({ questionId }) {
      const messageId = world.interactions.get(questionId)?.originalId;
      const message = messageId === undefined ? undefined : findMessage(world, messageId);
      return message && shown(message);
    },
    close,
  };
}

/** A message that is "thinking" has had no form yet. */
function shown({ history }: StoredMessage): ShownAnswer {
  return shownAnswer(history.map(({ content, embeds }) => JSON.stringify([content, embeds])));
}

import { systemClock } from '../../src/clock.ts';
import { startDiscord } from '../../test/support/discord/discord.ts';
import { MESSAGE_CONTENT_FLAGS } from '../../test/support/discord/gateway.ts';
import { findMessage, MANAGE_GUILD, type StoredMessage } from '../../test/support/discord/world.ts';
import { createShownOf } from '../shown.ts';
import { ASKERS_OF_A_CHANNEL, type Asked, type Chat } from './chat.ts';

/** Discord takes no first answer after three seconds; so much later it would have refused it. */
const GIVEN_UP_MS = 10_000;

/** Discord over its gateway: acknowledged is an interaction whose callback has come in. Asked by somebody who manages the server. */
export async function openDiscordChat(): Promise<Chat> {
  const { world, people, token, apiUrl, fromBot, close } = await startDiscord(systemClock);
  // The Chat SDK asks for the texts of messages, which the owner has to switch on.
  world.applicationFlags = MESSAGE_CONTENT_FLAGS;
  const guild = people.guild('Support', people.person('owner'));
  const role = people.role(guild, MANAGE_GUILD);
  const member = (name: string) => {
    const user = people.person(name);
    people.join(guild, user, [role]);
    return user;
  };
  const anna = { by: member('anna'), in: people.channel(guild) };
  const crowd: (typeof anna)[] = [];
  /** A person of a crowd, in the channel they sit in. */
  function seat(asker: number): typeof anna {
    while (crowd.length <= asker) {
      const neighbour = crowd.length % ASKERS_OF_A_CHANNEL === 0 ? undefined : crowd.at(-1);
      crowd.push({ by: member(`crowd${crowd.length}`), in: neighbour?.in ?? people.channel(guild) });
    }
    return crowd[asker] ?? anna;
  }
  /** A message that is "thinking" has had no form yet. */
  const shown = createShownOf<StoredMessage>(
    ({ history }) => history.map(({ content, embeds }) => JSON.stringify([content, embeds])),
    ({ history }) => history.length,
  );
  const waiting = new Map<string, () => void>();
  world.onAcknowledged = ({ id }) => waiting.get(id)?.();

  return {
    env: { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_APPLICATION_ID: world.applicationId },
    contenderAt: () => undefined,
    ask(iccid, asker) {
      const who = asker === undefined ? anna : seat(asker);
      const sentAt = performance.now();
      const { id } = people.usage({ ...who, iccid });
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

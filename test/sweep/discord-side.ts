import { z } from 'zod';
import { type DiscordStandIn, startDiscord } from '../support/discord/discord.ts';
import { controlsOf } from '../support/discord/people.ts';
import {
  addMessage,
  type Channel,
  type Interaction,
  MANAGE_GUILD,
  type StoredMessage,
  type User,
  VIEW_CHANNEL,
} from '../support/discord/world.ts';
import type { FaultProxy } from './fault-proxy.ts';
import type { Person, Question, Seen } from './question.ts';
import type { Button, Side } from './side.ts';
import type { SweepClock } from './sweep-clock.ts';

const pressed = z.object({ custom_id: z.string(), values: z.array(z.string()).optional() });
/** What the bot calls them in the ids of its buttons. */
const KINDS: Readonly<Record<Button, string>> = {
  promise: ':tell-when-fresh:',
  cancel: ':cancel:',
  share: ':share:',
  csv: ':csv:',
  topups: ':ask-topups:',
  reply: ':ask-reply:',
};

/** Discord with one server, a channel for the agents and one for alerts. */
export async function createDiscordSide(
  clock: SweepClock,
  proxied: (upstream: string) => Promise<{ readonly rest: FaultProxy }>,
): Promise<Side & { readonly discord: DiscordStandIn }> {
  const discord = await startDiscord(clock, { bucket: { limit: 5, windowMs: 100, clock } });
  const { people, world } = discord;
  const { rest } = await proxied(new URL(discord.apiUrl).origin);
  world.url = rest.url;
  const guild = people.guild('Support', people.person('owner'));
  const role = people.role(guild, MANAGE_GUILD);
  guild.roles.set(guild.id, VIEW_CHANNEL);
  const known = new Map<Person, User>();
  /** A member who may ask, from then on. */
  function userOf(person: Person): User {
    const user = known.get(person) ?? people.person(person);
    if (!known.has(person)) people.join(guild, user, [role]);
    known.set(person, user);
    return user;
  }
  const [channel, alertChannel] = [people.channel(guild), people.channel(guild)];
  const elsewhere = people.channel(guild);

  function asked(
    door: string,
    person: Person,
    iccids: readonly string[],
    interaction?: Interaction,
  ): Question {
    const question: Question = {
      person,
      door,
      iccids,
      askedAt: clock.now(),
      // Discord keeps no message for a bot that has no session: nobody can know of it later.
      acknowledgedAt: !interaction && discord.gateway.connected() > 0 ? clock.now() : undefined,
    };
    // The stand-in takes none after three seconds.
    if (interaction)
      Object.defineProperty(question, 'acknowledgedAt', { get: () => interaction.acknowledged?.at });
    return question;
  }
  const text = (iccids: readonly string[]) => iccids.join(' ');
  const visible = (person: Person): StoredMessage[] =>
    [channel, people.directMessages(userOf(person))].flatMap((where) =>
      discord.fromBot(where).filter((message) => where.type === 1 || isFor(message, person)),
    );
  /** A mention is answered by a message that all see and that hangs on theirs. */
  const isFor = ({ onlyFor, answers }: StoredMessage, person: Person) =>
    onlyFor === undefined
      ? channel.messages.some(({ id, authorId }) => id === answers && authorId === userOf(person).id)
      : onlyFor === userOf(person).id;
  const newest = (person: Person): { message: StoredMessage; where: Channel } => {
    const message = visible(person).at(-1);
    const where = message && world.channels.get(message.channelId);
    if (!message || !where) throw new Error(`Nothing was written to ${person}`);
    return { message, where };
  };
  const usage = (person: Person, words: string) =>
    people.usage({ by: userOf(person), in: channel, iccid: words });

  return {
    name: 'Discord',
    elsewhere: `<#${elsewhere.id}>`,
    discord,
    env: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: `${rest.url}/api`,
      DISCORD_ALERT_CHANNEL: alertChannel.id,
    },
    hasSocket: true,
    setBotUrl: () => undefined,
    isConnected: () => discord.gateway.connected() > 0,
    ask: {
      command: (person, iccids) => asked('command', person, iccids, usage(person, text(iccids))),
      'direct message'(person, iccids) {
        people.write(userOf(person), people.directMessages(userOf(person)), text(iccids));
        return asked('direct message', person, iccids);
      },
      mention(person, iccids) {
        people.write(userOf(person), channel, `<@${world.bot.id}> ${text(iccids)}`);
        return asked('mention', person, iccids);
      },
      'message command'(person, iccids) {
        const target = addMessage(world, channel, {
          authorId: userOf('carl').id,
          body: { content: `Please look at ${text(iccids)}` },
        });
        return asked(
          'message command',
          person,
          iccids,
          people.check({ by: userOf(person), in: channel }, target),
        );
      },
    },
    press(person, button, iccids) {
      const { message, where } = newest(person);
      return asked(
        `button ${button}`,
        person,
        iccids,
        people.press({ by: userOf(person), in: where }, message, labelOf(message, button)),
      );
    },
    say: (person, words, iccids) => asked(words.split(' ', 1).join(), person, iccids, usage(person, words)),
    sendList(person, bytes, iccids) {
      people.write(userOf(person), people.directMessages(userOf(person)), '', [{ name: 'list.csv', bytes }]);
      return asked('list', person, iccids);
    },
    seenBy: (person) => visible(person).map((message) => asSeen(message)),
    publicTexts: () =>
      [channel, elsewhere]
        .flatMap((where) => discord.fromBot(where))
        .filter(({ onlyFor }) => onlyFor === undefined)
        .flatMap(({ history }) => history.map((body) => JSON.stringify(body))),
    alerts: () => discord.fromBot(alertChannel).map((message) => asSeen(message)),
    secrets: () => [discord.token, ...[...world.interactions.values()].map(({ token }) => token)],
    recycle: () => discord.gateway.closeAll(4_000),
    close: () => discord.close(),
  };
}

/** A button's label, or that of a choice of the menu. */
function labelOf(message: StoredMessage, button: Button): string {
  const controls = controlsOf(message);
  const found = controls.find(({ data }) => {
    const { custom_id: id, values } = pressed.parse(data);
    return `:${values?.[0] ?? id}:`.includes(KINDS[button]);
  });
  if (!found) throw new Error(`No button ${button} among ${controls.map(({ label }) => label).join(', ')}`);
  return found.label;
}

function asSeen(message: StoredMessage): Seen {
  const { content, embeds, components, attachments } = message.body;
  return {
    id: `${message.channelId} ${message.id}`,
    text:
      JSON.stringify([content ?? '', embeds ?? [], components ?? [], attachments ?? []]) +
      ((attachments ?? []).length > 0 ? ' answered.' : ''),
    isPrivate: true,
    forms: message.history.length,
    thinking: message.loading,
  };
}

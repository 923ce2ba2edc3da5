import { framesIn } from '../../../scripts/pictures/frames.ts';
import type { Language } from '../../../src/cards/languages.ts';
import type { Look } from '../../../src/platforms/page/message.ts';
import { discordTree } from './discord-tree.ts';
import { paint } from './painter.ts';
import { slackTree } from './slack-tree.ts';

/** One card on one service in one language. */
export interface Subject {
  /** Its name in the gallery (`framesIn`). */
  readonly card: string;
  readonly look: Look;
  readonly locale: Language;
}

/** Each state and each kind of card once at least, and the other scripts and longer words where they matter. */
export const SUBJECTS: readonly Subject[] = [
  ...pictured('slack', 'en', [
    'A reading just taken',
    'Running low',
    'Not started',
    'Several eSIMs',
    'App Home',
  ]),
  ...pictured('slack', 'en', ['Packages of an eSIM', 'How to install it', 'A watch was set', 'Used up']),
  ...pictured('slack', 'de', ['Running low', 'Help', 'Top-ups that could be bought']),
  ...pictured('slack', 'de', ['An alert in the channel: the first warning']),
  ...pictured('slack', 'en', ['The newest orders', 'A digest in a channel']),
  ...pictured('slack', 'ja', ['Running low', 'What a watch may wait for']),
  ...pictured('discord', 'en', ['Past its end', 'Several eSIMs', 'An unlimited plan', 'Details of an eSIM']),
  ...pictured('discord', 'en', ['An alert in the channel: the first warning', 'An answer promised']),
  ...pictured('discord', 'de', ['Withdrawn', 'How to install it', 'Several eSIMs']),
  ...pictured('discord', 'pt', ['A list: finished']),
  ...pictured('discord', 'es', ['Several eSIMs fit']),
  ...pictured('discord', 'ja', ['Used up', 'Too many questions']),
];

/** Of a service in a language; made once. */
const frames = new Map<string, ReturnType<typeof framesIn>>();

/** The picture of a card, PNG. */
export async function pictureOf({ card, look, locale }: Subject): Promise<Uint8Array> {
  const key = `${look}.${locale}`;
  const drawn = frames.get(key) ?? framesIn({ look, locale });
  frames.set(key, drawn);
  const frame = (await drawn).find(({ name }) => name === card);
  if (!frame) throw new Error(`The gallery has no card “${card}”`);
  const { slack, discord, files } = frame.message;
  if (look === 'slack') return await paint(slackTree(slack.blocks), locale);
  const byName = new Map(files.map(({ name, type, base64 }) => [name, `data:${type};base64,${base64}`]));
  return await paint(discordTree({ ...discord, files: byName }, locale), locale);
}

/** Its file's name in `pictures/`. */
export function fileOf({ card, look, locale }: Subject): string {
  return `${card.replace(/\W+/g, '-').toLowerCase()}.${look}.${locale}.png`;
}

function pictured(look: Look, locale: Language, cards: readonly string[]): Subject[] {
  return cards.map((card) => ({ card, look, locale }));
}

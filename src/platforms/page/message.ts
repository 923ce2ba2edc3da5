import type { Card } from '../../cards/card.ts';
import type { Pen } from '../chat/seam.ts';
import { discordPen } from '../discord/pen.ts';
import { slackPen } from '../slack/pen.ts';

/** How the page can look; each is written by the pen of that service. */
export const LOOKS = ['slack', 'discord'] as const;
/** See `LOOKS`. */
export type Look = (typeof LOOKS)[number];

/** One message as both services would get it. Plain JSON: the page draws whichever look is on. */
export interface PageMessage {
  /** Block Kit and the words for notifications, as the Web API would take them. */
  readonly slack: { readonly text: string; readonly blocks: readonly unknown[] };
  /** Embeds and components, as REST would take them; no `content` where there is only an embed. */
  readonly discord: { readonly content?: string; readonly embeds: unknown; readonly components: unknown };
  /** For both looks; kept inside the message, since the page loads nothing from elsewhere. */
  readonly files: readonly PageFile[];
}

/** What is shown or offered beside a message; an embed names its picture by the file's name. */
interface PageFile {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
  /** What is seen on a picture, for whoever cannot see it. */
  readonly alt: string;
}

type Slack = ReturnType<typeof slackPen.notice>;
type Discord = ReturnType<typeof discordPen.notice>;

/** Writes each message twice, by the real pens: so that what is shown here is what would be sent. */
export const pagePen: Pen<PageMessage> = {
  message: (cards, reader, notice) =>
    both(
      // The page draws the picture, as Slack where the workspace refuses the chart.
      slackPen.message(cards.map(withoutChart), reader, notice),
      discordPen.message(cards, reader, notice),
      cards.flatMap(({ card }) => pictureOf(card)),
    ),
  notice: (lines, reader) => both(slackPen.notice(lines, reader), discordPen.notice(lines, reader)),
  offer: (line, label, handle, reader) =>
    both(slackPen.offer(line, label, handle, reader), discordPen.offer(line, label, handle, reader)),
};

/** Slack takes a picture as a file of its own; here it stands below the card. */
function both({ text, blocks }: Slack, discord: Discord, pictures: readonly PageFile[] = []): PageMessage {
  const { content, embeds, components, files = [], attachments = [] } = discord;
  return {
    slack: { text, blocks: [...blocks, ...pictures.map(imageBlock)] },
    discord: { ...(content === undefined ? {} : { content }), embeds, components },
    files: files.map(({ name, type, bytes }) => ({
      name,
      type,
      base64: base64Of(bytes),
      alt: attachments.find(({ filename }) => filename === name)?.description ?? name,
    })),
  };
}

function withoutChart<C extends { readonly card: Card }>(one: C): C {
  const { chart: _chart, ...card } = one.card;
  return { ...one, card };
}

function pictureOf({ picture }: Card): PageFile[] {
  if (!picture) return [];
  return [{ name: picture.name, type: 'image/png', base64: base64Of(picture.png), alt: picture.alt }];
}

function imageBlock({ type, base64, alt }: PageFile) {
  return { type: 'image', image_url: `data:${type};base64,${base64}`, alt_text: alt };
}

/** Bytes as they travel in JSON. */
export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

import type { CardHandle, Pen } from '../chat/seam.ts';
import { CUSTOM_ID, type DiscordMessageWithFiles, discordMessage, discordNotice } from './embed.ts';

/** How Discord is written: embeds with Markdown. Instants are drawn in the reader's own zone by their client. */
export const discordPen: Pen<DiscordMessageWithFiles> = {
  message: (cards, _reader, notice) =>
    discordMessage(
      cards.map(({ handle, ...one }) => (handle ? { ...one, handle: written(handle) } : one)),
      notice,
    ),
  takesFiles: true,
  notice: (lines) => discordNotice(lines),
  offer: (line, label, note) => ({
    ...discordNotice([line]),
    components: [
      {
        type: 1,
        components: [
          {
            type: 2,
            style: 1,
            label,
            custom_id: `${CUSTOM_ID}:show:${written({ note, index: 0, jobId: '' })}`,
          },
        ],
      },
    ],
  }),
  withoutFiles({ files, attachments: _attachments, embeds, ...message }) {
    if (!files) return undefined;
    // An embed whose picture is not there is refused as well.
    return { ...message, embeds: embeds.map(({ image: _image, ...embed }) => embed) };
  },
};

/** `<note>:<index>:<job>`, as it stands in a custom id. */
function written({ note, index, jobId }: CardHandle): string {
  return `${note}:${index}:${jobId}`;
}

/** A button's own words: `esim1:refresh:<note>:<index>:<job>`. */
export interface Pressed {
  /**
   * As on the button, such as `refresh` or `ask-packages`; of another version of the bot perhaps a word unknown here.
   */
  readonly kind: string;
  /** Of the note behind the card. */
  readonly handle: string;
  /** Which of the note's eSIMs, from 0. */
  readonly index: number;
  /** The job of a promise, or the further words of a question. */
  readonly jobId: string;
}

/** Undefined for a button that is not ours, or of an older form. */
export function readCustomId(customId: string): Pressed | undefined {
  const [version, kind = '', handle = '', index = '0', jobId = ''] = customId.split(':');
  return version === CUSTOM_ID ? { kind, handle, index: Number(index), jobId } : undefined;
}

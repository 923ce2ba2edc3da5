import { z } from 'zod';

/** What the pictures draw of Block Kit. Another kind of block does not parse, so that no picture goes without it. */
const plain = z.object({ text: z.string() });
const words = z.object({ type: z.enum(['mrkdwn', 'plain_text']), text: z.string() });
const button = z.object({ type: z.literal('button'), text: plain, style: z.string().optional() });
const picture = z.object({ type: z.literal('image'), image_url: z.string() });
const select = z.object({ type: z.literal('static_select'), placeholder: plain });
const overflow = z.object({ type: z.literal('overflow') });
const control = z.discriminatedUnion('type', [button, select, overflow]);
const rich = z.object({
  type: z.literal('rich_text'),
  elements: z.array(
    z.object({
      elements: z.array(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('text'), text: z.string() }),
          z.object({ type: z.literal('date'), fallback: z.string() }),
          z.object({ type: z.literal('channel'), channel_id: z.string() }),
          z.object({ type: z.literal('user'), user_id: z.string() }),
        ]),
      ),
    }),
  ),
});
const cell = z.discriminatedUnion('type', [
  z.object({ type: z.literal('raw_text'), text: z.string() }),
  rich,
]);
const rows = z.array(z.array(cell));

/** See `slackTree`. */
export const slackBlocks = z.array(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('header'), text: plain }),
    z.object({
      type: z.literal('section'),
      text: words.optional(),
      fields: z.array(words).default([]),
      accessory: control.optional(),
    }),
    z.object({ type: z.literal('context'), elements: z.array(words) }),
    z.object({ type: z.literal('actions'), elements: z.array(control) }),
    z.object({ type: z.literal('data_table'), caption: z.string(), rows }),
    z.object({ type: z.literal('table'), caption: z.string().optional(), rows }),
    z.object({ type: z.literal('divider') }),
    picture,
  ]),
);

/** One block. */
export type SlackBlock = z.infer<typeof slackBlocks>[number];
/** What can be pressed. */
export type SlackControl = z.infer<typeof control>;
/** Text, with its markup or without. */
export type SlackWords = z.infer<typeof words>;
/** A cell of a table. */
export type SlackCell = z.infer<typeof cell>;

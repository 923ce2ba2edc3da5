import { z } from 'zod';

/** Slack's published limits, as a server that refuses what is above them. The first breach, or undefined. */
export function breachOf(message: unknown, largest: number): string | undefined {
  const parsed = body.safeParse(message);
  if (!parsed.success)
    return `invalid_blocks: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`;
  const { blocks } = parsed.data;
  if (blocks.length > largest) return 'msg_blocks_too_long';
  const ids = blocks.flatMap((block) => block.block_id ?? []);
  if (new Set(ids).size !== ids.length) return 'invalid_blocks: block_id repeated';
  // Slack's docs, Data visualization block.
  if (blocks.filter(({ type }) => type === 'data_visualization').length > 2)
    return 'invalid_blocks: more than two charts';
  const actionIds = blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.map((e) => e.action_id) : [],
  );
  if (new Set(actionIds).size !== actionIds.length) return 'invalid_blocks: action_id repeated';
  return undefined;
}

export const plain = (most: number) =>
  z
    .object({
      type: z.literal('plain_text'),
      text: z.string().min(1).max(most),
      emoji: z.boolean().optional(),
    })
    .strict();
/** Anything that looks like markup must be one of the forms Slack knows: what else begins with `<` was not escaped. */
const KNOWN_MARKUP =
  /<!date\^\d+\^[^|<>]+\|[^<>|]+>|<https:\/\/[^|<>\s]+\|[^<>|]+>|<#[A-Z0-9]+>|<@[A-Z0-9]+>|<!subteam\^[A-Z0-9]+>|&(amp|lt|gt);/g;
const mrkdwn = (most: number) =>
  z
    .object({
      type: z.literal('mrkdwn'),
      text: z
        .string()
        .min(1)
        .max(most)
        .refine((text) => !/[<>]/.test(text.replace(KNOWN_MARKUP, '')), 'unescaped markup'),
    })
    .strict();
const button = z
  .object({
    type: z.literal('button'),
    action_id: z.string().min(1).max(255),
    text: plain(75),
    value: z.string().max(2000).optional(),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .strict();
/** At most 75 and 150 characters (Slack's docs, option object). */
const option = z.object({ text: plain(75), value: z.string().min(1).max(150) }).strict();
const overflow = z
  .object({
    type: z.literal('overflow'),
    action_id: z.string().min(1).max(255),
    options: z.array(option).min(1).max(5),
  })
  .strict();
const select = z
  .object({
    type: z.literal('static_select'),
    action_id: z.string().min(1).max(255),
    placeholder: plain(150),
    options: z.array(option).min(1).max(100),
  })
  .strict();
const control = z.discriminatedUnion('type', [button, overflow, select]);
const rawText = z.object({ type: z.literal('raw_text'), text: z.string().min(1) }).strict();
/** Slack's docs, Rich text block: what a cell may hold beside text. */
const richElement = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().min(1) }).strict(),
  z.object({ type: z.literal('channel'), channel_id: z.string().min(1) }).strict(),
  z.object({ type: z.literal('user'), user_id: z.string().min(1) }).strict(),
  z.object({ type: z.literal('usergroup'), usergroup_id: z.string().min(1) }).strict(),
  z
    .object({
      type: z.literal('date'),
      timestamp: z.int(),
      format: z.string().regex(/\{\w+\}/),
      fallback: z.string().min(1),
    })
    .strict(),
]);
const richSection = z
  .object({ type: z.literal('rich_text_section'), elements: z.array(richElement).min(1) })
  .strict();
const richText = z.object({ type: z.literal('rich_text'), elements: z.array(richSection).min(1) }).strict();
const cell = z.discriminatedUnion('type', [rawText, richText]);
/** Every row as long as the first, at most twenty cells. */
const rows = (most: number) =>
  z
    .array(z.array(cell).min(1).max(20))
    .min(2)
    .max(most)
    .refine((all) => new Set(all.map(({ length }) => length)).size === 1, 'rows of different lengths')
    // Slack's docs, Data table block: a heading is plain.
    .refine(([head = []]) => head.every(({ type }) => type === 'raw_text'), 'rich text in a heading');
/** Slack's docs, Data visualization block: one value of each series for each category, no label twice. */
const label = z.string().min(1).max(20);
const distinct = (all: readonly string[]) => new Set(all).size === all.length;
const series = z
  .object({
    name: label,
    data: z
      .array(z.object({ label, value: z.number() }).strict())
      .min(1)
      .max(20),
  })
  .strict();
const chart = z
  .object({
    type: z.enum(['area', 'bar', 'line']),
    series: z
      .array(series)
      .min(1)
      .max(6)
      .refine((all) => distinct(all.map(({ name }) => name)), 'series of one name'),
    axis_config: z
      .object({
        categories: z.array(label).min(1).max(20).refine(distinct, 'category twice'),
        x_label: z.string().max(50).optional(),
        y_label: z.string().max(50).optional(),
      })
      .strict(),
  })
  .strict()
  .refine(
    ({ series: all, axis_config: { categories } }) =>
      all.every(({ data }) => data.map((point) => point.label).join('\n') === categories.join('\n')),
    'labels that are no categories',
  );
const id = { block_id: z.string().max(255).optional() };
const block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('header'), text: plain(150), ...id }).strict(),
  z
    .object({
      type: z.literal('section'),
      text: mrkdwn(3000).optional(),
      fields: z.array(mrkdwn(2000)).min(1).max(10).optional(),
      accessory: button.optional(),
      ...id,
    })
    .strict()
    .refine((section) => section.text !== undefined || section.fields !== undefined),
  z.object({ type: z.literal('context'), elements: z.array(mrkdwn(2000)).min(1).max(10), ...id }).strict(),
  z.object({ type: z.literal('actions'), elements: z.array(control).min(1).max(25), ...id }).strict(),
  z
    .object({
      type: z.literal('input'),
      label: plain(2000),
      hint: plain(2000).optional(),
      element: z
        .object({
          type: z.literal('plain_text_input'),
          action_id: z.string().min(1).max(255),
          focus_on_load: z.boolean().optional(),
        })
        .strict(),
      ...id,
    })
    .strict(),
  z
    .object({
      type: z.literal('data_table'),
      caption: z.string().min(1),
      rows: rows(101),
      page_size: z.int().min(1).max(100).optional(),
      ...id,
    })
    .strict(),
  z
    .object({ type: z.literal('data_visualization'), title: z.string().min(1).max(50), chart, ...id })
    .strict(),
  z
    .object({
      type: z.literal('table'),
      rows: rows(100),
      column_settings: z.array(z.object({ align: z.enum(['left', 'center', 'right']) }).strict()).max(20),
      ...id,
    })
    .strict(),
]);
const modal = z
  .object({
    type: z.literal('modal'),
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    callback_id: z.string().max(255).optional(),
    private_metadata: z.string().max(3000).optional(),
    blocks: z.array(block).min(1).max(100),
  })
  .strict()
  // Slack's docs: `submit` is required when an input block is within.
  .refine(({ blocks, submit }) => submit !== undefined || blocks.every(({ type }) => type !== 'input'));

/** Why Slack would not open this form; undefined when it would. */
export function modalBreachOf(view: unknown): string | undefined {
  const { error } = modal.safeParse(view);
  return error && `invalid_arguments: ${error.issues.map(({ path }) => path.join('.')).join(', ')}`;
}

const body = z.object({ text: z.string().max(40_000).optional(), blocks: z.array(block).default([]) });
export type Blocks = z.infer<typeof body>['blocks'];

/** The blocks of a message that has passed. */
export function blocksOf(message: unknown): Blocks {
  return body.parse(message).blocks;
}

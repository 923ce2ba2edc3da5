import { z } from 'zod';

/**
 * Discord's documented limits for what a bot sends, written down as shapes. Objects are strict, so a misspelt or
 * camelCase property is found as well.
 */
const id = z.string().regex(/^\d{17,19}$/);
const notBlank = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => text.trim() !== '', 'is blank');

const embed = z.strictObject({
  title: notBlank(256).optional(),
  description: notBlank(4096).optional(),
  url: z.url().optional(),
  color: z.int().min(0).max(0xffffff).optional(),
  timestamp: z.iso.datetime().optional(),
  fields: z
    .array(z.strictObject({ name: notBlank(256), value: notBlank(1024), inline: z.boolean().optional() }))
    .max(25)
    .optional(),
  footer: z.strictObject({ text: notBlank(2048) }).optional(),
  author: z.strictObject({ name: notBlank(256) }).optional(),
  image: z.strictObject({ url: z.string().regex(/^(https?|attachment):\/\/./) }).optional(),
});
type Embed = z.infer<typeof embed>;

const button = z.strictObject({
  type: z.literal(2),
  style: z.int().min(1).max(4),
  label: notBlank(80),
  custom_id: z.string().min(1).max(100),
  disabled: z.boolean().optional(),
});
const select = z.strictObject({
  type: z.literal(3),
  custom_id: z.string().min(1).max(100),
  placeholder: notBlank(150).optional(),
  options: z
    .array(z.strictObject({ label: notBlank(100), value: z.string().min(1).max(100) }))
    .min(1)
    .max(25)
    .refine(
      (options) => new Set(options.map(({ value }) => value)).size === options.length,
      'a value stands there twice',
    ),
});
/** A menu takes a row of its own. */
const row = z.strictObject({
  type: z.literal(1),
  components: z.union([z.array(button).min(1).max(5), z.tuple([select])]),
});

const allowedMentions = z
  .strictObject({
    parse: z.array(z.enum(['users', 'roles', 'everyone'])).optional(),
    users: z.array(id).max(100).optional(),
    roles: z.array(id).max(100).optional(),
    replied_user: z.boolean().optional(),
  })
  .refine(({ parse, users }) => !(parse?.includes('users') && users), 'parse and users exclude each other');

const parts = {
  content: z.string().max(2000).nullable().optional(),
  embeds: z.array(embed).max(10).optional(),
  components: z.array(row).max(5).optional(),
  allowed_mentions: allowedMentions.optional(),
  flags: z.int().optional(),
  tts: z.boolean().optional(),
  /** discord.js writes it into every message, also where no nonce can be (measured). */
  enforce_nonce: z.literal(false).optional(),
  /** Stored already: see `attachment-body.ts`. */
  attachments: z
    .array(
      z.strictObject({
        id,
        filename: z.string(),
        description: z.string().optional(),
        title: z.string().optional(),
      }),
    )
    .max(10)
    .optional(),
};

export const webhookBody = z.strictObject(parts).superRefine(whole);
export const channelBody = z
  .strictObject({
    ...parts,
    nonce: z.string().max(25).optional(),
    enforce_nonce: z.boolean().optional(),
    message_reference: z
      .strictObject({
        type: z.literal(0).optional(),
        message_id: id,
        channel_id: id.optional(),
        guild_id: id.optional(),
        fail_if_not_exists: z.boolean().optional(),
      })
      .optional(),
  })
  .superRefine(whole);

export const callbackBody = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal(4), data: webhookBody }),
  z.strictObject({ type: z.literal(5), data: z.strictObject({ flags: z.literal([0, 64]) }).optional() }),
  z.strictObject({ type: z.literal(6) }),
  z.strictObject({ type: z.literal(7), data: webhookBody }),
  z.strictObject({
    type: z.literal(8),
    data: z.strictObject({
      choices: z
        .array(z.strictObject({ name: z.string().min(1).max(100), value: z.string().max(100) }))
        .max(25),
    }),
  }),
]);

export type MessageBody = z.infer<typeof webhookBody>;

/** What no single property shows. */
function whole(body: Pick<MessageBody, 'embeds' | 'components'>, context: z.core.$RefinementCtx): void {
  const complain = (message: string) => context.addIssue({ code: 'custom', message, input: body });
  const sum = (body.embeds ?? []).reduce((total, one) => total + charactersOf(one), 0);
  if (sum > 6000) complain(`the embeds have ${sum} characters, 6000 are allowed`);
  const customIds = (body.components ?? []).flatMap((one) => one.components.map((part) => part.custom_id));
  if (new Set(customIds).size !== customIds.length) complain('a custom_id stands there twice');
  for (const one of body.embeds ?? []) if (charactersOf(one) === 0) complain('an embed is empty');
}

/** The characters that count towards the 6000. */
function charactersOf({ title, description, fields, footer, author }: Embed): number {
  const texts = [title, description, footer?.text, author?.name];
  for (const field of fields ?? []) texts.push(field.name, field.value);
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

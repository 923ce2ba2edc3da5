import { z } from 'zod';

/** Discord's documented rules for command definitions. */

const LOCALES =
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  );
const CHAT_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const chatName = z
  .string()
  .regex(CHAT_NAME)
  .refine((name) => name === name.toLowerCase(), 'must be lower case');
const menuName = z.string().min(1).max(32);
const translatedName = z.partialRecord(z.enum(LOCALES), chatName).nullable().optional();
const description = z.string().min(1).max(100);

const choiceName = z.string().min(1).max(100);
const choice = z.strictObject({
  name: choiceName,
  name_localizations: z.partialRecord(z.enum(LOCALES), choiceName).nullable().optional(),
  value: z.string().min(1).max(100),
});

const option = z
  .strictObject({
    /** Text, or a file. */
    type: z.literal([3, 11]),
    name: chatName,
    name_localizations: translatedName,
    description,
    description_localizations: z.partialRecord(z.enum(LOCALES), description).nullable().optional(),
    required: z.boolean().optional(),
    min_length: z.int().min(0).max(6000).optional(),
    max_length: z.int().min(1).max(6000).optional(),
    choices: z.array(choice).max(25).optional(),
    autocomplete: z.boolean().optional(),
  })
  .refine(
    ({ type, choices, autocomplete, min_length: least, max_length: most }) =>
      type === 3 || [choices, autocomplete, least, most].every((one) => one === undefined),
    'a file has no choices and no length',
  )
  .refine(
    ({ choices, autocomplete }) => !(choices && autocomplete),
    'choices and autocomplete exclude each other',
  );

const shared = {
  default_member_permissions: z.string().regex(/^\d+$/).nullable().optional(),
  nsfw: z.boolean().optional(),
};
const globalOnly = {
  contexts: z.array(z.int().min(0).max(2)).optional(),
  integration_types: z.array(z.int().min(0).max(1)).optional(),
};

/** A command as it may be written into `scope`; contexts and installs belong to global commands only. */
export function command(scope: string) {
  const extra = scope === 'global' ? { ...shared, ...globalOnly } : shared;
  return z.discriminatedUnion('type', [
    z.strictObject({
      ...extra,
      type: z.literal(1),
      name: chatName,
      name_localizations: translatedName,
      description,
      description_localizations: z.partialRecord(z.enum(LOCALES), description).nullable().optional(),
      options: z.array(option).max(25).optional(),
    }),
    z.strictObject({
      ...extra,
      type: z.literal(3),
      name: menuName,
      name_localizations: z.partialRecord(z.enum(LOCALES), menuName).nullable().optional(),
    }),
  ]);
}

import { z } from 'zod';

/** What the API says and takes, in zod: the OpenAPI document and MCP's schemas are made of these. */

const instant = z.iso.datetime().describe('RFC 3339, in UTC');
const iccid = z
  .string()
  .regex(/^\d{18,22}$/)
  .describe('18 to 22 digits');
const allowance = z.object({ remaining: z.number(), total: z.number() });

/** See `UsageReading`. */
const reading = z.object({
  status: z
    .string()
    .describe("Airalo's word: ACTIVE, NOT_ACTIVE, FINISHED, EXPIRED, UNKNOWN, RECYCLED or one of tomorrow"),
  data: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('unlimited') }),
    z.object({ kind: z.literal('megabytes'), remaining: z.number(), total: z.number() }),
    z.object({ kind: z.literal('unknown'), total: z.number().optional() }),
  ]),
  voiceMinutes: allowance.optional().describe('Absent when the plan has none'),
  textMessages: allowance.optional().describe('Absent when the plan has none'),
  expiresAt: instant.optional(),
});

const last = z.object({ reading, asOf: instant });
const forecast = z
  .object({
    kind: z.enum(['runs-out', 'lasts']),
    at: instant.optional().describe('When the data end at the usual pace'),
    earliestAt: instant.optional(),
    latestAt: instant.optional(),
    until: instant.optional().describe('The end of the plan, which comes first'),
    perDayMb: z.number(),
  })
  .describe("Reckoned from the bot's own readings");
const waitReason = z.enum(['rate-limited', 'airalo-unavailable', 'busy']);
const promise = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued'), jobId: z.string(), answerAt: instant }),
  z.object({ kind: z.literal('none'), why: z.enum(['not-asked-for', 'not-durable']) }),
]);

/** Why there is no answer; each is a `code` of a problem as well. */
const REFUSALS = [
  'malformed-iccid',
  'unknown-esim',
  'recycled',
  'operator-needed',
  'declined',
  'not-allowed',
  'too-many',
  'store-unavailable',
  'promise-expired',
  'promise-cancelled',
] as const;
const refused = z.object({
  kind: z.literal('refused'),
  iccid: iccid.optional(),
  reason: z.enum(REFUSALS),
  refreshableAt: instant.optional().describe('From when on asking again may help'),
  previous: last.optional(),
});
const deferredParts = { because: waitReason, refreshableAt: instant, promise };

/** `Reply`, as others read it. */
export const usageReply = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fresh'),
    iccid,
    reading,
    asOf: instant,
    refreshableAt: instant,
    forecast: forecast.optional(),
  }),
  z.object({
    kind: z.literal('cached'),
    iccid,
    reading,
    asOf: instant,
    refreshableAt: instant,
    because: z.enum(['within-window', 'airalo-unavailable']),
    forecast: forecast.optional(),
  }),
  z.object({
    kind: z.literal('deferred'),
    iccid,
    ...deferredParts,
    previous: last.optional(),
    forecast: forecast.optional(),
  }),
  refused,
]);
/** See `usageReply`. */
export type UsageReply = z.infer<typeof usageReply>;

/** The same four for what is known beside usage. */
function detailReply<Value extends z.ZodType>(value: Value) {
  const held = { iccid, value, asOf: instant, refreshableAt: instant };
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('fresh'), ...held }),
    z.object({
      kind: z.literal('cached'),
      ...held,
      because: z.enum(['within-window', 'airalo-unavailable']),
    }),
    z.object({ kind: z.literal('deferred'), iccid, ...deferredParts }),
    refused,
  ]);
}

const packageData = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unlimited') }),
  z.object({ kind: z.literal('megabytes'), total: z.number(), remaining: z.number().optional() }),
]);
/** See `PackageRecord`. */
export const packagesReply = detailReply(
  z.array(
    z.object({
      type: z.enum(['topup', 'other']),
      title: z.string().optional(),
      status: z.string(),
      data: packageData.optional(),
      activatedAt: instant.optional(),
      expiredAt: instant.optional(),
      finishedAt: instant.optional(),
    }),
  ),
);
/** See `packagesReply`. */
export type PackagesReply = z.infer<typeof packagesReply>;
/** See `TopUpOffer`. */
export const topUpsReply = detailReply(
  z.array(
    z.object({
      title: z.string(),
      data: packageData.optional(),
      days: z.number().optional(),
      minutes: z.number().optional(),
      messages: z.number().optional(),
      netPrice: z.number().optional().describe('US dollars; with the scope `prices` alone'),
      price: z.number().optional().describe('US dollars; with the scope `prices` alone'),
    }),
  ),
);
/** See `topUpsReply`. */
export type TopUpsReply = z.infer<typeof topUpsReply>;

const esim = z.object({
  createdAt: instant.optional(),
  orderCode: z.string().optional(),
  orderStatus: z.string().optional(),
  description: z.string().optional(),
  packageTitle: z.string().optional(),
  validityDays: z.number().optional(),
  dataAmount: z.string().optional(),
  brand: z.string().optional(),
  roaming: z.boolean().optional(),
  apn: z.string().optional(),
  recycled: z.boolean(),
  recycledAt: instant.optional(),
});
/** Without anything that activates the eSIM: all that MCP ever gives. */
export const plainDetailsReply = detailReply(esim);
const activation = z.object({
  activationCode: z.string().optional(),
  qrCodeHref: z.string().optional(),
  appleHref: z.string().optional(),
  sharing: z.object({ href: z.string(), accessCode: z.string().optional() }).optional(),
});
/** See `EsimDetails`. */
export const detailsReply = detailReply(
  esim.extend({
    activation: activation.optional().describe('With `activation=true` and the scope `secrets` alone'),
  }),
);
/** See `detailsReply`. */
export type DetailsReply = z.infer<typeof detailsReply>;
/** See `activation` of `detailsReply`. */
export type Activation = z.infer<typeof activation>;

/** At most, in one `POST /v1/esims/lookup`. */
export const MAX_LOOKUP = 100;
/** Bounds a foreign text; what it means is checked where it is used. */
const LONGEST_NUMBER = 60;
const LONGEST_URL = 2_000;
/** The address an answer is sent to. */
const callbackUrl = z.url({ protocol: /^https?$/ }).max(LONGEST_URL);
/** Unknown members are refused: a misspelt `callback` must not be a promise that nobody made. */
export const lookupRequest = z.strictObject({
  iccids: z.array(z.string().max(LONGEST_NUMBER)).min(1).max(MAX_LOOKUP),
  callback: callbackUrl.optional(),
});
/** One for each of `iccids`, in their order. */
export const lookupReply = z.object({ replies: z.array(usageReply) });
/** See `lookupReply`. */
export type LookupReply = z.infer<typeof lookupReply>;

/** RFC 9457. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string().describe('Stable; see docs/api.md'),
  detail: z.string().optional(),
  reply: z.union([usageReply, refused]).optional().describe('What the chats would say'),
});
/** See `problem`. */
export type Problem = z.infer<typeof problem>;

/** What a callback gets. */
export const callbackBody = z.object({
  id: z.string().describe('The same for each try: a receiver answers it once'),
  sentAt: instant,
  reply: usageReply,
});

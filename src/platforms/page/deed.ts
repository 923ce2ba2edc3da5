import { z } from 'zod';
import { ROOMS } from './rooms.ts';

/** How the page's own drawers are told apart; see `LOOKS`. */
const look = z.enum(['slack', 'discord']);
/** In which language and zone to answer; bounded, since it comes from outside like all else here. */
const reader = { locale: z.string().max(35), timeZone: z.string().max(60).refine(isTimeZone).optional() };

/** What somebody does on the page, as it is sent: one JSON object a request, each text with a limit of its own. */
const deed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('say'),
    room: z.enum([ROOMS.support, ROOMS.bot, ROOMS.alerts]),
    look,
    text: z.string().max(4_000),
    ...reader,
  }),
  /** `control` is a button's action id or custom id; `value` what it carries, or what was chosen from a menu. */
  z.object({
    kind: z.literal('press'),
    entry: z.string().max(200),
    look,
    control: z.string().max(255),
    value: z.string().max(2_000),
    ...reader,
  }),
  /** "Check eSIM usage" on somebody's message, which `entry` names. */
  z.object({ kind: z.literal('check'), entry: z.string().max(200), ...reader }),
  z.object({
    kind: z.literal('upload'),
    name: z.string().max(200),
    type: z.string().max(100),
    // What a list may weigh is checked where lists are taken; here only the body of the request is bounded.
    base64: z.string(),
    ...reader,
  }),
  z.object({ kind: z.literal('alert') }),
]);
/** See `deed`. */
export type Deed = z.infer<typeof deed>;
/** In whose language and zone. */
export type DeedReader = Pick<Extract<Deed, { kind: 'check' }>, 'locale' | 'timeZone'>;

/** Undefined for what the page does not send: no JSON, an unknown kind, a text that is too long. */
export function readDeed(json: string): Deed | undefined {
  try {
    return deed.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

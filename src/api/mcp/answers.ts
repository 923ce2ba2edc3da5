import { z } from 'zod';
import { maskIccid } from '../../domain/iccid.ts';
import type { KnownEsim } from '../../domain/known-esim.ts';
import type { AnyReply } from '../answer.ts';
import { instant } from '../replies.ts';
import { packagesReply, plainDetailsReply, topUpsReply, usageReply } from '../schemas.ts';

/** What a tool gives back: the API's reply, how old its figure is, and what to do next. */
function told<Answer extends z.ZodType>(answer: Answer) {
  return z.object({
    answer,
    ageSeconds: z.number().int().optional().describe('How old the figure is; say it beside the figure'),
    askAgainAt: z.iso.datetime().optional().describe('Before it Airalo is not asked again, whoever asks'),
    advice: z.string().describe('What to say or do next'),
  });
}

/** By tool. */
export const OUTPUTS = {
  usage: told(usageReply),
  packages: told(packagesReply),
  details: told(plainDetailsReply),
  topUps: told(topUpsReply),
  found: z.object({
    matches: z.array(
      z.object({ iccid: z.string(), name: z.string().optional(), askedAt: z.iso.datetime().optional() }),
    ),
    advice: z.string(),
  }),
} as const;

/** Of what is told beside the answer. */
interface Told<R> {
  readonly answer: R;
  readonly ageSeconds?: number;
  readonly askAgainAt?: string;
  readonly advice: string;
}

/** `canPromise`: whether this door can have the bot read an eSIM as soon as it may. Pure; `now` is epoch ms. */
export function toldOf<R extends AnyReply>(answer: R, now: number, canPromise: boolean): Told<R> {
  const asOf = asOfIn(answer);
  const age =
    asOf === undefined ? {} : { ageSeconds: Math.max(0, Math.round((now - Date.parse(asOf)) / 1000)) };
  const again = answer.refreshableAt === undefined ? {} : { askAgainAt: answer.refreshableAt };
  return { answer, ...age, ...again, advice: adviceOn(answer, canPromise) };
}

/** What a search came to. */
export function foundOf(found: readonly KnownEsim[]) {
  const matches = found.map(({ iccid, name, askedAt }) => ({
    iccid,
    ...(name === undefined ? {} : { name }),
    ...(askedAt === undefined ? {} : { askedAt: instant(askedAt) }),
  }));
  return { matches, advice: adviceOnFound(found) };
}

function asOfIn(reply: AnyReply): string | undefined {
  if ('asOf' in reply) return reply.asOf;
  return 'previous' in reply ? reply.previous?.asOf : undefined;
}

function adviceOn(reply: AnyReply, canPromise: boolean): string {
  switch (reply.kind) {
    case 'fresh':
      return 'Read from Airalo just now. Its data can lag up to 20 minutes.';
    case 'cached':
      return reply.because === 'within-window'
        ? `This is the newest figure there can be until ${reply.refreshableAt}; asking earlier returns the same one.`
        : `Airalo cannot be reached: this is the last figure. Ask again at ${reply.refreshableAt}.`;
    case 'deferred': {
      const when = `No newer figure can be had before ${reply.refreshableAt}: asking earlier does not help.`;
      if (reply.promise.kind === 'queued')
        return `${when} It is promised: the bot reads it by itself at ${reply.promise.answerAt}; call check_usage after that.`;
      const offer =
        'Call check_usage with "promise": true, and the bot reads it by itself as soon as it may.';
      return canPromise ? `${when} ${offer}` : `${when} Ask again then.`;
    }
    case 'refused':
      return reply.refreshableAt === undefined
        ? `Refused: ${reply.reason}. Asking again does not help.`
        : `Refused: ${reply.reason}. Ask again at ${reply.refreshableAt}, not earlier.`;
    default:
      return reply satisfies never;
  }
}

function adviceOnFound(found: readonly KnownEsim[]): string {
  const [only] = found;
  if (!only)
    return 'Nothing fits. A name of the team, four or more last digits, or the code of an order can be looked for.';
  if (found.length === 1) return `One eSIM fits (${maskIccid(only.iccid)}): call check_usage with its iccid.`;
  return 'Several fit: ask the person which one is meant before anything is said of one of them.';
}

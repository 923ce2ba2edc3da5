import pLimit from 'p-limit';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from '../clock.ts';
import type { LookupRequest } from './platform.ts';

/** Stops somebody who walks through ICCIDs. Counts different eSIMs, not questions, each process for itself. */
export interface QuestionLimits {
  /**
   * Undefined for a question that may be asked; else the instant from which the next may, epoch ms. `about`: an ICCID, or the words by
   * which somebody looks for one.
   */
  refusedUntil(by: AskedBy, about: string): Promise<number | undefined>;
  /** Somebody has looked for what is not there: that takes more of what they may ask, once for each, since codes can be tried out. */
  missed(by: AskedBy, about: string): Promise<void>;
}

/** Who asks, and where. */
type AskedBy = Pick<LookupRequest, 'address' | 'asker' | 'place'>;

/** Beside Airalo's own limits, which are of the company: one person must not use them up for all. */
const PERIOD_SECONDS = 10 * 60;
/** A support agent on a busy day looks up one eSIM a minute or two. */
const OF_A_PERSON = 60;
const OF_A_CHANNEL = 300;
/** Of a search that finds nothing, beside the one that every search takes: a person may be wrong a dozen times. */
const OF_A_MISS = 4;
/** Where nobody else is, the limit of the person is enough. */
const PRIVATE_PLACE = 'dm';
/** It has no channels: its keys share nothing. */
const WITHOUT_CHANNELS = 'api';

/** In memory: a restart forgets, and every process counts for itself. */
export function createQuestionLimits(clock: Clock): QuestionLimits {
  const duration = PERIOD_SECONDS;
  // A limiter that never refuses is a set whose entries end by themselves.
  const seen = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration });
  const limits = [
    { limiter: new RateLimiterMemory({ points: OF_A_PERSON, duration }), keyOf: personOf },
    { limiter: new RateLimiterMemory({ points: OF_A_CHANNEL, duration }), keyOf: channelOf },
  ];

  /** What is left of the limit is taken by an eSIM that was not asked for lately, and by no other. */
  async function take(limiter: RateLimiterMemory, key: string, about: string): Promise<Taken> {
    const known = `${key}\n${about}`;
    if (await seen.get(known)) return { kind: 'taken', giveBack: async () => undefined };
    try {
      await limiter.consume(key);
    } catch (refused) {
      if (refused instanceof RateLimiterRes)
        return { kind: 'refused', until: clock.now() + refused.msBeforeNext };
      throw refused;
    }
    await seen.consume(known);
    const giveBack = async () => {
      await limiter.reward(key);
      await seen.delete(known);
    };
    return { kind: 'taken', giveBack };
  }

  async function refusedUntil(by: AskedBy, about: string): Promise<number | undefined> {
    const taken: Extract<Taken, { kind: 'taken' }>[] = [];
    for (const { limiter, keyOf } of limits) {
      const key = keyOf(by);
      if (key === undefined) continue;
      const result = await take(limiter, key, about);
      if (result.kind === 'refused') {
        // What is refused in the end costs nobody anything: the person may ask it elsewhere.
        for (const { giveBack } of taken) await giveBack();
        return result.until;
      }
      taken.push(result);
    }
    return undefined;
  }

  // All of it happens in memory: of questions that come at once each must see what the one before has taken.
  const oneByOne = pLimit(1);
  return {
    refusedUntil: (by, about) => oneByOne(() => refusedUntil(by, about)),
    missed: (by, about) =>
      oneByOne(async () => {
        for (const { limiter, keyOf } of limits) {
          const key = keyOf(by);
          const known = `missed ${key}\n${about}`;
          if (key === undefined || (await seen.get(known))) continue;
          await limiter.penalty(key, OF_A_MISS);
          await seen.consume(known);
        }
      }),
  };
}

type Taken =
  | { readonly kind: 'taken'; giveBack(): Promise<void> }
  | { readonly kind: 'refused'; readonly until: number };

/** The operator at a terminal is nobody here, and has no limit. */
function personOf({ address, asker = address?.asker }: AskedBy): string | undefined {
  return asker && `person ${asker}`;
}

/** An asker's name begins with the platform's. */
function channelOf({ address, asker, place }: AskedBy): string | undefined {
  const platform = address?.platform ?? asker?.split(':', 1).join();
  if (platform === WITHOUT_CHANNELS) return undefined;
  return platform !== undefined && place !== PRIVATE_PLACE ? `channel ${platform} ${place}` : undefined;
}

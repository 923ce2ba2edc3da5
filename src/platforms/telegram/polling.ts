import { randomUUID } from 'node:crypto';
import type { Update } from 'grammy/types';
import { z } from 'zod';
import { type Clock, endsWithin } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { type PlatformHealth, StartError, type UsageService } from '../../usage/platform.ts';
import { reconnectDelayMs, throttledCause } from '../reconnect-pace.ts';
import { POLL_S, type TelegramApi, type TelegramResult } from './api.ts';

/** What polling needs. */
export interface PollingParts {
  readonly api: TelegramApi;
  readonly usageService: Pick<UsageService, 'keep' | 'recall'>;
  /** Resolves once the update is durable. Never rejects. */
  readonly take: (update: Update) => Promise<void>;
  /** Telegram refuses the bot while it polls. */
  readonly lost: (error: StartError) => void;
  readonly leaving: AbortSignal;
  readonly clock: Clock;
  readonly log: Log;
}

/** Events by long polling. */
export interface Polling {
  /** Resolves when events come, or another instance takes them, or the bot stops; rejects with a `StartError`. */
  open(botId: number): Promise<void>;
  /** Confirms what was taken last. */
  close(): Promise<void>;
  health(): PlatformHealth;
}

/** Telegram's code for "another getUpdates runs", and for a webhook that is set; the description tells which. */
const CONFLICT = 409;
/** Whoever polls says so this long at a time; far longer than a poll takes. */
const TURN_MS = 60_000;
/** How often one that waits looks whether its turn has come. */
const LOOK_MS = 3_000;
/** A poller that is none of ours does not go away by being hurried. */
const FOREIGN_MS = 30_000;
/** No wait is longer, also where Telegram asks for more: a bot that is let in again should not sleep on. */
const MAX_WAIT_MS = 60_000;
/** How long a stopping bot waits for its last confirmation to arrive. */
const CONFIRM_MS = 2_000;
const WEBHOOK_REMEDY =
  'Telegram delivers to a webhook of another program: end that, or call deleteWebhook of the Bot API with this token';
/** What stands in the store under the bot's own key: which process polls, and until when (epoch ms) it says so. */
const storedTurn = z.object({ owner: z.string(), until: z.number() });

/** Who gets the events at the moment, as far as this process knows. */
type Turn = 'polling' | 'another instance' | 'another program';

/**
 * Our own loop in the place of grammY's: that one waits by timers of its own and ends with a 409. An update is
 * confirmed (by the next offset) only after it is durable. Telegram lets one poller in, and ends the older one's poll
 * with a 409: the newest of several instances polls, and the others wait until its word in the store runs out.
 */
export function createPolling(parts: PollingParts): Polling {
  const { api, clock, log, leaving } = parts;
  const turn = createPollerTurn(parts);
  let offset = 0;
  let unconfirmed = false;
  let whose: Turn = 'polling';
  let connected = false;
  let away = 'connecting';
  let looping = Promise.resolve();
  const sayAway = throttledCause(clock, (cause) =>
    log.warn({ cause }, 'Telegram does not answer: it is asked again and again'),
  );

  async function loop(settled: (error?: StartError) => void): Promise<void> {
    let failures = 0;
    // Answered at once, whatever waits: a poll would tell only after its time that Telegram is there.
    let timeoutS = 0;
    await turn.take();
    while (!leaving.aborted) {
      const got = await api.updates(offset, timeoutS);
      if (leaving.aborted) break;
      if (got.kind === 'ok') {
        failures = 0;
        timeoutS = POLL_S;
        if (!connected || whose !== 'polling') log.info('Telegram delivers to this process');
        connected = true;
        whose = 'polling';
        settled();
        await takeAll(got.value);
        await turn.renew();
      } else if (got.kind === 'closed' && got.status === CONFLICT && !/webhook/i.test(got.error)) {
        connected = false;
        settled();
        await waitForTurn();
        timeoutS = 0;
      } else if (got.kind === 'retry') {
        failures++;
        timeoutS = 0;
        connected = false;
        away = got.error;
        sayAway(got.error);
        await pause(Math.max(reconnectDelayMs(failures), (got.notBefore ?? 0) - clock.now()));
      } else {
        connected = false;
        away = got.error;
        return settled(refusal(got));
      }
    }
    settled();
  }

  /** All of a poll side by side: they are independent, and the slowest alone delays the next poll. */
  async function takeAll(updates: readonly Update[]): Promise<void> {
    const last = updates.at(-1);
    if (!last) {
      unconfirmed = false;
      return;
    }
    await Promise.all(updates.map(parts.take));
    offset = last.update_id + 1;
    unconfirmed = true;
  }

  /**
   * Another gets the events. Waits until its word runs out, or, for a foreign program, half a minute, then tries to
   * be the newest.
   */
  async function waitForTurn(): Promise<void> {
    const before = whose;
    const other = await turn.isAnothers();
    whose = other ? 'another instance' : 'another program';
    if (whose !== before)
      log.warn(
        other
          ? {}
          : { remedy: 'End the other program that polls with this token, or give it a bot of its own' },
        other
          ? 'Another instance polls Telegram: this one waits its turn'
          : 'Another program polls Telegram (409)',
      );
    if (!other) await pause(FOREIGN_MS);
    while (!leaving.aborted && (await turn.isAnothers())) await pause(LOOK_MS);
    if (!leaving.aborted) await turn.take();
  }

  async function pause(durationMs: number): Promise<void> {
    await clock.sleep(Math.min(durationMs, MAX_WAIT_MS), leaving).catch(() => undefined);
  }

  return {
    open(botId) {
      turn.of(botId);
      return new Promise((resolve, reject) => {
        let open = false;
        looping = loop((error) => {
          if (!error) {
            open = true;
            resolve();
          } else if (open) parts.lost(error);
          else reject(error);
        }).catch((error: unknown) =>
          log.error({ err: error }, 'Polling Telegram ended by a fault of its own'),
        );
      });
    },
    async close() {
      await looping;
      // With a turn that ends now another instance need not wait for the rest of this one's minute.
      if (whose === 'polling') await turn.end();
      // Else the last ones come again with the next start; they are known by their ids then.
      if (unconfirmed) await endsWithin(clock, api.confirm(offset), CONFIRM_MS);
    },
    health() {
      if (connected) return { ready: true, detail: 'polling' };
      if (whose === 'another instance')
        return { ready: true, detail: 'another instance polls; this one waits its turn' };
      const detail =
        whose === 'another program'
          ? 'another program polls with this token (409)'
          : `not connected (${away})`;
      return { ready: false, detail, stalled: false };
    },
  };
}

/** For the start and for the operator: what only they can mend. */
function refusal(result: Exclude<TelegramResult<unknown>, { kind: 'ok' | 'retry' }>): StartError {
  const remedy = result.kind === 'operator' ? result.remedy : WEBHOOK_REMEDY;
  return new StartError(`Telegram refuses the bot: ${result.error}`, remedy);
}

/** The word of this process that it polls, as the other instances read it. */
function createPollerTurn({ usageService, clock, log }: PollingParts) {
  // Told apart from that of any other process.
  const owner = randomUUID();
  let key = '';
  // Epoch ms of the word that was given last.
  let until = 0;

  /** The store being away must not keep anybody from polling: Telegram itself lets one in. */
  async function say(endsAt: number): Promise<void> {
    until = endsAt;
    await usageService
      .keep(key, { owner, until }, 2 * TURN_MS)
      .catch((error: unknown) => log.debug({ err: error }, 'Who polls could not be noted'));
  }
  const take = () => say(clock.now() + TURN_MS);

  return {
    of(botId: number): void {
      key = `telegram-poller-${botId}`;
    },
    take,
    /** At half of its time. */
    async renew(): Promise<void> {
      if (until - clock.now() < TURN_MS / 2) await take();
    },
    async end(): Promise<void> {
      if (until > 0) await say(0);
    },
    /** True while another instance has its turn. */
    async isAnothers(): Promise<boolean> {
      const noted = storedTurn.safeParse(await usageService.recall(key).catch(() => undefined)).data;
      return noted !== undefined && noted.owner !== owner && noted.until > clock.now();
    },
  };
}

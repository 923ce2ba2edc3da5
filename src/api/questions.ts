import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { Clock } from '../clock.ts';
import { type Iccid, maskIccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type { NoteAudit } from '../usage/audit-trail.ts';
import type { DetailReader } from '../usage/detail-reader.ts';
import { aboutOf, type EsimSearch } from '../usage/esim-search.ts';
import type { ReplyAddress, UsageService } from '../usage/platform.ts';
import type { QuestionLimits } from '../usage/question-limits.ts';
import type { Reply } from '../usage/reply.ts';
import type { SearchResult } from '../usage/search-result.ts';
import { INQUIRY_OUTCOME } from '../usage/usage-service.ts';
import type { Caller } from './caller.ts';
import { detailsReplyOf, packagesReplyOf, topUpsReplyOf } from './detail-replies.ts';
import { tooMany, usageReplyOf } from './replies.ts';
import type { DetailsReply, PackagesReply, TopUpsReply, UsageReply } from './schemas.ts';

/** What the HTTP API and MCP ask with: the same services as the chats. */
export interface QuestionParts {
  readonly usageService: Pick<UsageService, 'lookup'>;
  readonly details: Pick<DetailReader, 'packages' | 'esim' | 'topUps' | 'installation'>;
  readonly search: EsimSearch;
  readonly limits: QuestionLimits;
  readonly noteAudit: NoteAudit;
  readonly onAsked: (asker: string, iccid: Iccid) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long somebody waits for an answer, and where it is to go when that is not enough. */
interface Patience {
  /** Ms; 0: not at all. */
  readonly waitMs?: number;
  /** Aborted when nobody listens any more, and when the bot is leaving. */
  readonly signal?: AbortSignal;
  readonly address?: ReplyAddress;
}

/** The same for a list. */
interface ListPatience {
  readonly addressOf?: (iccid: Iccid) => ReplyAddress;
  /** Once it is aborted, what was not begun is left for another time. */
  readonly signal?: AbortSignal;
}

/** What can be asked through a door that is no chat. Counted, limited and audited as in the chats; throws for outages of the store alone. */
export interface Questions {
  usage(caller: Caller, iccid: Iccid, patience?: Patience): Promise<UsageReply>;
  /** Side by side, but never so many that people would wait behind them. Counted by the caller, as one list. */
  usageOfMany(caller: Caller, iccids: readonly Iccid[], patience?: ListPatience): Promise<UsageReply[]>;
  packages(caller: Caller, iccid: Iccid): Promise<PackagesReply>;
  /** `activation`: with what activates the eSIM; whether the caller may is checked before. */
  details(caller: Caller, iccid: Iccid, activation?: boolean): Promise<DetailsReply>;
  topUps(caller: Caller, iccid: Iccid): Promise<TopUpsReply>;
  find(caller: Caller, query: string): Promise<SearchResult>;
}

/** At four calls a second each waits a second for its turn, and a person who asks meanwhile hardly more. */
const AT_ONCE = 4;
/** After it the rest of a list is asked at once, and what finds the line full is answered with its time. */
const LIST_MS = 25_000;

/** A bot that is leaving has a successor by then. */
const LATER_MS = 10_000;

/** Of an eSIM of a list that was not begun. Nothing is promised for it, and it is said so. */
function laterOf(iccid: Iccid, now: number, promised: boolean): Reply {
  const promise = { kind: 'none', why: promised ? 'not-durable' : 'not-asked-for' } as const;
  return { kind: 'deferred', iccid, because: 'busy', refreshableAt: now + LATER_MS, promise };
}

/** See `Questions`. */
export function createQuestions(parts: QuestionParts): Questions {
  const { usageService, details, search, limits, clock } = parts;

  /** Asks again at each instant that Airalo has named, while that is soon enough. */
  async function usage(caller: Caller, iccid: Iccid, patience: Patience = {}): Promise<UsageReply> {
    const { waitMs = 0, signal, address } = patience;
    const giveUpAt = clock.now() + waitMs;
    const { asker, place } = caller;
    const question = { iccid, requestId: randomUUID(), place, asker };
    for (;;) {
      const last = waitMs === 0;
      const reply = await usageService.lookup(last && address ? { ...question, address } : question);
      if (last || reply.kind !== 'deferred') return usageReplyOf(reply);
      if (reply.refreshableAt > giveUpAt || signal?.aborted) {
        return usageReplyOf(address ? await usageService.lookup({ ...question, address }) : reply);
      }
      const untilThen = clock.sleep(Math.max(1, reply.refreshableAt - clock.now()), signal);
      const isThen = await untilThen.then(
        () => true,
        () => false,
      );
      if (isThen) continue;
      // Nothing more is read for somebody who has left, or by a bot that is leaving.
      return usageReplyOf(address ? await usageService.lookup({ ...question, address }) : reply);
    }
  }

  async function usageOfMany(
    { asker, place }: Caller,
    iccids: readonly Iccid[],
    { addressOf, signal }: ListPatience = {},
  ): Promise<UsageReply[]> {
    const inLine = pLimit(AT_ONCE);
    const requestId = randomUUID();
    const hurryAt = clock.now() + LIST_MS;
    const ask = (iccid: Iccid): Promise<Reply> => {
      const address = addressOf ? { address: addressOf(iccid) } : {};
      return usageService.lookup({ iccid, requestId, place, asker, counted: true, ...address });
    };
    const replies = iccids.map((iccid) =>
      inLine(() => {
        if (signal?.aborted) return laterOf(iccid, clock.now(), addressOf !== undefined);
        if (clock.now() >= hurryAt) inLine.concurrency = iccids.length;
        return ask(iccid);
      }),
    );
    return (await Promise.all(replies)).map(usageReplyOf);
  }

  /** Limited before it is read, and written down with what came of it. */
  async function inquiry<R extends { readonly kind: string }>(
    caller: Caller,
    topic: string,
    iccid: Iccid,
    read: (askedAt: number) => Promise<R>,
  ): Promise<R | Extract<UsageReply, { kind: 'refused' }>> {
    const until = await limits.refusedUntil(caller, iccid);
    const reply = until === undefined ? await read(clock.now()) : tooMany(iccid, until);
    record(caller, `${topic}${reply.kind === 'refused' ? '-refused' : ''}`, iccid);
    if (reply.kind !== 'refused') parts.onAsked(caller.asker, iccid);
    return reply;
  }

  function record({ asker, place }: Caller, topic: string, iccid?: Iccid): void {
    const outcome = `${INQUIRY_OUTCOME}${topic}`;
    const requestId = randomUUID();
    const iccidMasked = iccid === undefined ? '' : maskIccid(iccid);
    parts.log.info({ requestId, iccid: iccidMasked, outcome, asker, place }, 'Inquiry answered');
    parts.noteAudit({ asker, place, outcome, iccid, requestId });
  }

  /** A guide that cannot be had leaves the sharing link, which needs none. */
  async function activationOf(iccid: Iccid) {
    const guide = await details.installation(iccid, 'en');
    const { activationCode, qrCodeHref, appleHref } = guide.kind === 'found' ? guide.value : {};
    return {
      ...(activationCode === undefined ? {} : { activationCode }),
      ...(qrCodeHref === undefined ? {} : { qrCodeHref }),
      ...(appleHref === undefined ? {} : { appleHref }),
    };
  }

  return {
    usage,
    usageOfMany,
    packages: (caller, iccid) =>
      inquiry(caller, 'packages', iccid, async (at) =>
        packagesReplyOf(iccid, await details.packages(iccid), at),
      ),
    details: (caller, iccid, activation = false) =>
      inquiry(caller, activation ? 'install' : 'esim', iccid, async (at) => {
        const opens = activation ? await activationOf(iccid) : undefined;
        const found = await details.esim(iccid);
        return detailsReplyOf(
          iccid,
          found,
          at,
          opens && ((sharing) => ({ ...opens, ...(sharing ? { sharing } : {}) })),
        );
      }),
    topUps: (caller, iccid) =>
      inquiry(caller, 'topups', iccid, async (at) =>
        topUpsReplyOf(iccid, await details.topUps(iccid), at, caller.scopes.includes('prices')),
      ),
    async find(caller, query) {
      // Codes of orders can be walked through as ICCIDs can.
      const { asker, place } = caller;
      const until = await limits.refusedUntil(caller, aboutOf(query));
      const result: SearchResult =
        until === undefined
          ? await search.search({ text: query, as: 'anything', asker, place })
          : { kind: 'too-many', until };
      record(caller, result.kind === 'too-many' ? 'find-refused' : 'find');
      return result;
    },
  };
}

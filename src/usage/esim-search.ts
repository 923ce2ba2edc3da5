import type { Iccid } from '../domain/iccid.ts';
import { isAiraloCode, looksSought, readSought, type Sought } from '../domain/sought.ts';
import type { AccountFinding, AccountSearch } from './account-search.ts';
import type { CustomerMatch, CustomerQueryKind, CustomerRecords } from './customer-records.ts';
import type { EsimDirectory } from './esim-directory.ts';
import type { QuestionLimits } from './question-limits.ts';
import type { FoundEsim, SearchResult, SearchTroubles } from './search-result.ts';

/** Who looks for what. */
export interface SearchRequest {
  /** What the customer said, as it was typed. */
  readonly text: string;
  /** `order`: it is the number or the code of an order, also where it could be digits of an eSIM. */
  readonly as: 'anything' | 'order';
  /** Nobody has called it a search: only what plainly is one goes further than the bot's own names. */
  readonly guessed?: boolean;
  /** See `ReplyAddress`. */
  readonly asker: string;
  /** A channel id or `dm`, for the limits. */
  readonly place: string;
}

/** Finds eSIMs by what a customer says. For every asker: chats, the HTTP API, MCP. */
export interface EsimSearch {
  search(request: SearchRequest): Promise<SearchResult>;
}

/** What it looks in. */
export interface EsimSearchParts {
  readonly directory: Pick<EsimDirectory, 'find' | 'noteOrder'>;
  readonly account: AccountSearch;
  /** Absent where none are connected. */
  readonly records?: CustomerRecords | undefined;
  readonly limits: QuestionLimits;
  /** Told of every search by an e-mail, also of one that is refused: who asked about whom is not forgotten. Never the e-mail itself in clear. */
  readonly onEmail?: (request: SearchRequest, email: string, outcome: SearchResult['kind']) => void;
}

/**
 * In this order, and no further than the first that has it: the team's names and the asker's own recents, which cost nothing; the reseller's
 * records, which know a whole order number; the partner's account. A search beyond the names takes from the asker's allowance, one that
 * finds nothing takes more: codes are not to be tried out.
 */
export function createEsimSearch(parts: EsimSearchParts): EsimSearch {
  const { directory, account, records, limits, onEmail } = parts;
  return {
    async search(request) {
      const sought = readSought(request.text);
      if (!sought) return NOTHING;
      const result = await resultOf(sought, request);
      if (sought.kind === 'email') onEmail?.(request, sought.text, result.kind);
      return result;
    },
  };

  async function resultOf(sought: Sought, request: SearchRequest): Promise<SearchResult> {
    const isOrder = request.as === 'order' || isAiraloCode(sought);
    const known = await knownBefore(sought, request, isOrder);
    // The bot may know some eSIMs of an order and not the others: Airalo is asked first.
    if (known && !isOrder) return known;
    if (request.guessed === true && !looksSought(sought)) return NOTHING;
    if (sought.kind === 'email' && !records) return { kind: 'no-records' };
    const until = await limits.refusedUntil(request, aboutOf(request.text));
    if (until !== undefined) return { kind: 'too-many', until };
    const result = await further(sought, request.as === 'order');
    if (result.kind === 'none' && known) return known;
    // What could not be asked is no wrong guess.
    if (result.kind === 'none' && !result.troubles.account && !result.troubles.records)
      await limits.missed(request, aboutOf(request.text));
    return result;
  }

  async function knownBefore(
    { kind, text }: Sought,
    { asker, as, guessed }: SearchRequest,
    isOrder: boolean,
  ): Promise<SearchResult | undefined> {
    // Digits of an order are not the last ones of an eSIM; and nobody is called by an e-mail.
    if (kind === 'email' || (as === 'order' && kind === 'digits')) return undefined;
    const exact = guessed === true || isOrder;
    const esims = await directory.find(asker, text, exact ? 'exact' : 'part');
    return esims.length === 0
      ? undefined
      : { kind: 'found', from: 'known', esims, more: 0, together: isOrder };
  }

  async function further(sought: Sought, asOrder: boolean): Promise<SearchResult> {
    const recorded = await records?.find(sought.text, queryKindOf(sought));
    if (recorded?.kind === 'found' && recorded.matches.some(({ iccids }) => iccids.length > 0))
      return foundIn(recorded.matches);
    const finding = await account(sought, asOrder);
    const troubled = recorded && recorded.kind !== 'found' ? { records: recorded } : {};
    return ofAccount(finding, troubled);
  }

  function ofAccount(finding: AccountFinding, troubled: SearchTroubles): SearchResult {
    switch (finding.kind) {
      case 'none':
        return { kind: 'none', troubles: troubled };
      case 'esims': {
        const esims = finding.iccids.map((iccid) => ({ iccid }));
        return { kind: 'found', from: 'account', esims, more: finding.more, together: false };
      }
      case 'order': {
        const { order } = finding;
        if (order.iccids.length === 0) return { kind: 'empty-order', order };
        // Found by its code without Airalo the next time.
        if (!order.isTopUp) for (const iccid of order.iccids) directory.noteOrder(order.code, iccid);
        const esims = order.iccids.map((iccid) => ({ iccid }));
        return { kind: 'found', from: 'account', esims, more: 0, together: true };
      }
      case 'orders': {
        const esims = distinct(
          finding.orders.flatMap(({ code, iccids }) => iccids.map((iccid) => ({ iccid, label: code }))),
        );
        const [first] = finding.orders;
        if (esims.length === 0) return first ? { kind: 'empty-order', order: first } : NOTHING;
        return { kind: 'found', from: 'account', esims, more: finding.more, together: false };
      }
      default:
        return { kind: 'none', troubles: { ...troubled, account: finding } };
    }
  }
}

const NOTHING: SearchResult = { kind: 'none', troubles: {} };

/** By which the limits know a question that comes again, however it is written; the same as for a question that begins with `find`. */
export function aboutOf(text: string): string {
  return text.trim().toLowerCase();
}

function foundIn(matches: readonly CustomerMatch[]): SearchResult {
  const esims = distinct(
    matches.flatMap(({ label, iccids }) =>
      iccids.map((iccid): FoundEsim => (label === undefined ? { iccid } : { iccid, label })),
    ),
  );
  return { kind: 'found', from: 'customer', esims, more: 0, together: true };
}

function distinct(esims: readonly FoundEsim[]): FoundEsim[] {
  const byIccid = new Map<Iccid, FoundEsim>();
  for (const esim of esims) if (!byIccid.has(esim.iccid)) byIccid.set(esim.iccid, esim);
  return [...byIccid.values()];
}

/** As the records are asked. */
function queryKindOf({ kind }: Sought): CustomerQueryKind {
  switch (kind) {
    case 'email':
      return 'email';
    case 'digits':
    case 'code':
      return 'order';
    case 'words':
      return 'customer';
    default:
      return kind satisfies never;
  }
}

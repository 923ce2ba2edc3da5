import type { Iccid } from '../domain/iccid.ts';
import type { AccountOrder, OrderFilter, Page } from '../domain/orders.ts';
import { isAiraloCode, type Sought } from '../domain/sought.ts';
import type { DetailReader } from './detail-reader.ts';
import type { DetailResult } from './detail-result.ts';
import type { AccountTrouble } from './search-result.ts';

/** What the partner's account has of it. */
export type AccountFinding =
  /** `more`: how many fit beside those. */
  | { readonly kind: 'esims'; readonly iccids: readonly Iccid[]; readonly more: number }
  /** The one order that was meant. */
  | { readonly kind: 'order'; readonly order: AccountOrder }
  /** Orders that have it in their code or their note. */
  | { readonly kind: 'orders'; readonly orders: readonly AccountOrder[]; readonly more: number }
  | { readonly kind: 'none' }
  | AccountTrouble;

/** Looks in the partner's account; `asOrder`: digits are the number of an order, not of an eSIM. */
export type AccountSearch = (sought: Sought, asOrder: boolean) => Promise<AccountFinding>;

type Reader = Pick<DetailReader, 'order' | 'orders' | 'sims'>;

/**
 * One call to Airalo where it can be, two for a number of an order. E-mails and free words never go there: Airalo knows no customers
 * (its docs), and what is written on an order is searched for codes alone.
 */
export function createAccountSearch(details: Reader): AccountSearch {
  return async (sought, asOrder) => {
    switch (sought.kind) {
      case 'email':
      case 'words':
        return { kind: 'none' };
      case 'digits':
        return asOrder ? byNumber(sought.text) : byDigits(sought.text);
      case 'code':
        return among(sought.text, isAiraloCode(sought) ? 'code' : 'description');
      default:
        return sought.kind satisfies never;
    }
  };

  async function byDigits(part: string): Promise<AccountFinding> {
    const result = await details.sims(part);
    if (result.kind !== 'found') return endOf(result);
    const { items, total } = result.value;
    return items.length === 0
      ? { kind: 'none' }
      : { kind: 'esims', iccids: items, more: total - items.length };
  }

  async function byNumber(digits: string): Promise<AccountFinding> {
    const result = await details.order(digits);
    if (result.kind === 'found') return { kind: 'order', order: result.value };
    const end = endOf(result);
    return end.kind === 'none' ? among(digits, 'code') : end;
  }

  async function among(text: string, by: Exclude<OrderFilter['by'], 'newest'>): Promise<AccountFinding> {
    const result = await details.orders({ by, text });
    return result.kind === 'found' ? chosen(result.value, text) : endOf(result);
  }
}

/** A code that is the whole of one is that order, however many others contain it. */
function chosen({ items, total }: Page<AccountOrder>, text: string): AccountFinding {
  const wanted = text.toLowerCase();
  const exact = items.find(({ code }) => code.toLowerCase() === wanted);
  const [only] = items;
  const one = exact ?? (items.length === 1 && total === 1 ? only : undefined);
  if (one) return { kind: 'order', order: one };
  return items.length === 0
    ? { kind: 'none' }
    : { kind: 'orders', orders: items, more: total - items.length };
}

function endOf(result: Exclude<DetailResult<unknown>, { kind: 'found' }>): AccountFinding {
  return result.kind === 'unknown-esim' || result.kind === 'recycled' ? { kind: 'none' } : result;
}

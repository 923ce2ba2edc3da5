import { z } from 'zod';
import {
  type Balance,
  type Device,
  type EsimDetails,
  type InstallGuide,
  type PackageRecord,
  packageRecord,
  type TopUpOffer,
  topUpOffer,
} from '../domain/details.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { AccountOrder, OrderFilter, Page, PlanPlace, PlanQuery } from '../domain/orders.ts';
import { planPlace } from '../domain/orders.ts';
import { shortHash } from '../domain/short-hash.ts';
import { memoryCopies, storedCopies } from './copies.ts';
import { createDetailFetch } from './detail-fetch.ts';
import type { DetailResult } from './detail-result.ts';
import type { GatedReadParts } from './gated-read.ts';

/** Airalo's answers as they come, without cache or gate; each throws an `AiraloError`. */
interface DetailSource {
  packages(iccid: Iccid): Promise<PackageRecord[]>;
  esim(iccid: Iccid): Promise<EsimDetails>;
  topUps(iccid: Iccid): Promise<TopUpOffer[]>;
  installation(iccid: Iccid, language: string): Promise<InstallGuide>;
  balance(): Promise<Balance>;
  devices(): Promise<readonly Device[]>;
  /** By Airalo's number of it, which are digits. */
  order(id: string): Promise<AccountOrder>;
  /** The newest first. */
  orders(filter: OrderFilter): Promise<Page<AccountOrder>>;
  /** Those whose number contains the digits. */
  sims(part: string): Promise<Page<Iccid>>;
  plans(wanted: PlanQuery): Promise<PlanPlace[]>;
}

/** The only way to Airalo for everything but usage. Nothing here promises an answer: who must wait asks again. */
export type DetailReader = {
  readonly [Name in keyof DetailSource]: (
    ...asked: Parameters<DetailSource[Name]>
  ) => Promise<DetailResult<Awaited<ReturnType<DetailSource[Name]>>>>;
};

/** What reading details needs. */
export interface DetailReaderParts extends GatedReadParts {
  readonly source: DetailSource;
  /** Of package history, which had the rule of usage for years: one call in 15 minutes. */
  readonly windowMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A customer writes a moment after they have bought: what was not there yet must be found soon. */
const ACCOUNT_MS = 2 * MINUTE_MS;
/** Airalo's throttles are by the minute, but for those of the older rules. */
const WAIT_MS = MINUTE_MS;

/**
 * Package history and top-ups are kept in the store, for all processes. What activates an eSIM or opens its page is only kept in
 * memory, and shortly; so are the balance, which must not be old, and the list of devices, which is long and the same for everybody.
 */
export function createDetailReader(parts: DetailReaderParts): DetailReader {
  const { source, registry, clock, windowMs } = parts;
  const readerOf = createDetailFetch(parts);
  const unlimited = { windowMs: 0, waitMs: WAIT_MS };
  const packages = readerOf<PackageRecord[]>({
    name: 'packages',
    freshMs: windowMs,
    windowMs,
    waitMs: windowMs,
    copies: storedCopies(registry, 'packages', z.array(packageRecord), 7 * DAY_MS),
  });
  const topUps = readerOf<TopUpOffer[]>({
    ...unlimited,
    name: 'topups',
    freshMs: 10 * MINUTE_MS,
    copies: storedCopies(registry, 'topups', z.array(topUpOffer), DAY_MS),
  });
  const esim = readerOf<EsimDetails>({
    ...unlimited,
    name: 'esim',
    freshMs: 10 * MINUTE_MS,
    copies: memoryCopies(clock, 10 * MINUTE_MS),
  });
  const installation = readerOf<InstallGuide>({
    ...unlimited,
    name: 'installation',
    freshMs: HOUR_MS,
    copies: memoryCopies(clock, HOUR_MS),
  });
  const balance = readerOf<Balance>({
    ...unlimited,
    name: 'balance',
    freshMs: MINUTE_MS,
    copies: memoryCopies(clock, HOUR_MS),
  });
  const devices = readerOf<readonly Device[]>({
    ...unlimited,
    name: 'devices',
    freshMs: DAY_MS,
    copies: memoryCopies(clock, 7 * DAY_MS),
  });
  // Of the account's lists the store keeps nothing: an order can hold whatever somebody wrote on it.
  const order = readerOf<AccountOrder>({
    ...unlimited,
    name: 'order',
    freshMs: ACCOUNT_MS,
    copies: memoryCopies(clock, HOUR_MS),
  });
  const orders = readerOf<Page<AccountOrder>>({
    ...unlimited,
    name: 'orders',
    freshMs: ACCOUNT_MS,
    copies: memoryCopies(clock, HOUR_MS),
  });
  const sims = readerOf<Page<Iccid>>({
    ...unlimited,
    name: 'sims',
    freshMs: ACCOUNT_MS,
    copies: memoryCopies(clock, HOUR_MS),
  });
  const plans = readerOf<PlanPlace[]>({
    ...unlimited,
    name: 'plans',
    freshMs: 6 * HOUR_MS,
    copies: storedCopies(registry, 'plans', z.array(planPlace), 2 * DAY_MS),
  });
  return {
    packages: (iccid) => packages(iccid, () => source.packages(iccid)),
    topUps: (iccid) => topUps(iccid, () => source.topUps(iccid)),
    esim: (iccid) => esim(iccid, () => source.esim(iccid)),
    installation: (iccid, language) =>
      installation(`${iccid} ${language}`, () => source.installation(iccid, language)),
    balance: () => balance('account', () => source.balance()),
    devices: () => devices('all', () => source.devices()),
    order: (id) => order(id, () => source.order(id)),
    orders: (filter) => orders(filterKey(filter), () => source.orders(filter)),
    sims: (part) => sims(part, () => source.sims(part)),
    plans: (wanted) => plans(wanted === 'regions' ? wanted : wanted.country, () => source.plans(wanted)),
  };
}

/** Gates stand in the store by name, and the words of a search may be anybody's. */
function filterKey(filter: OrderFilter): string {
  return filter.by === 'newest' ? filter.by : `${filter.by} ${shortHash(filter.text.toLowerCase())}`;
}

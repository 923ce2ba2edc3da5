import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Iccid } from '../domain/iccid.ts';
import { type Fit, fitting, type KnownEsim, nameKey } from '../domain/known-esim.ts';
import { storedIccid, storedIccids } from '../domain/stored-iccid.ts';
import type { Log } from '../log.ts';
import { inTurn } from '../storage/in-turn.ts';
import type { CallGate, Registry } from '../storage/ports.ts';
import { createRecentEsims } from './recent-esims.ts';

/** Where eSIMs are kept by what people call them. All that returns a promise throws `StoreError` on an outage. */
export interface EsimDirectory {
  /** The asker's own recent eSIMs, the newest first, then those the team has named. Nobody else's questions. */
  knownTo(asker: string): Promise<KnownEsim[]>;
  /** What a query means: a name, the last digits of a known eSIM, or the code of an order that the bot has shown. */
  find(asker: string, query: string, fit: Fit): Promise<KnownEsim[]>;
  nameOf(iccid: Iccid): Promise<string | undefined>;
  /** Those of them that have a name. For cards, which are worth more than names: an outage is told in the log, and no name is known then. */
  namesOf(iccids: readonly Iccid[]): Promise<ReadonlyMap<Iccid, string>>;
  /** Every name the team has given, in alphabetical order. */
  namesOfAll(): Promise<GivenName[]>;
  /** `name` as `readName` gives it, by an asker. An eSIM has one name; a new one replaces it. */
  setName(iccid: Iccid, name: string, by?: string): Promise<Naming>;
  /** False when it had none. */
  removeName(iccid: Iccid): Promise<boolean>;
  /** Notes that somebody asked about an eSIM. Nobody waits for it, and a fault costs no answer. */
  noteAsked(asker: string, iccid: Iccid): void;
  /** Notes which order an eSIM came with. Likewise. */
  noteOrder(orderCode: string, iccid: Iccid): void;
}

/** A name and who gave it. */
interface GivenName {
  readonly name: string;
  readonly iccid: Iccid;
  /** An asker, see `ReplyAddress`; absent for a name from before this was kept. */
  readonly by?: string;
}

/** What comes of giving a name. */
type Naming =
  | { readonly kind: 'named'; readonly before?: string }
  | { readonly kind: 'taken'; readonly by: Iccid }
  | { readonly kind: 'full'; readonly most: number };

const DAY_MS = 24 * 60 * 60 * 1000;
/** Names last until they are taken away; the registry wants an end, and each change moves it. */
const NAMES_KEPT_MS = 10 * 365 * DAY_MS;
const ORDERS_KEPT_MS = 365 * DAY_MS;
const NAMES_SHOWN_MS = 1_000;
/** They are read with every search. */
const MAX_NAMES = 500;
const MAX_IN_ORDER = 50;

const namesShape = z.array(
  z.object({ name: z.string(), iccid: storedIccid, by: z.string().exactOptional() }),
);
type Names = z.infer<typeof namesShape>;
const orderShape = storedIccids;

/** Names are the whole team's, one list for the deployment; recents are each person's own. All of it in the registry. */
export function createEsimDirectory(parts: {
  readonly registry: Registry;
  readonly gate: CallGate;
  readonly clock: Clock;
  readonly log: Log;
}): EsimDirectory {
  const { registry, clock, log } = parts;
  const recents = createRecentEsims(parts);

  /** Throws rather than take for empty what cannot be read: the next name would be written over all the others. */
  async function names(): Promise<Names> {
    return namesShape.parse((await registry.get('esim-names', 'all')) ?? []);
  }

  async function keepNames(kept: Names): Promise<void> {
    await registry.put('esim-names', 'all', kept, NAMES_KEPT_MS);
    shown = undefined;
  }

  let shown: { readonly byIccid: Promise<ReadonlyMap<Iccid, string>>; readonly until: number } | undefined;

  /** As cards show them: five hundred names are not read and checked anew for each card. What another process has changed shows a second later. */
  function namesOnCards(): Promise<ReadonlyMap<Iccid, string>> {
    if (shown && clock.now() < shown.until) return shown.byIccid;
    const byIccid = names().then((all) => new Map(all.map(({ iccid, name }) => [iccid, name])));
    shown = { byIccid, until: clock.now() + NAMES_SHOWN_MS };
    byIccid.catch(() => {
      shown = undefined;
    });
    return byIccid;
  }

  async function knownTo(asker: string): Promise<KnownEsim[]> {
    const [asked, named] = await Promise.all([recents.of(asker), names()]);
    const nameByIccid = new Map(named.map(({ iccid, name }) => [iccid, name]));
    const own = asked.map((one) => {
      const name = nameByIccid.get(one.iccid);
      return name === undefined ? one : { ...one, name };
    });
    const seen = new Set(own.map(({ iccid }) => iccid));
    const others = named.filter(({ iccid }) => !seen.has(iccid));
    return [...own, ...others.map(({ iccid, name }) => ({ iccid, name }))];
  }

  async function inOrder(code: string): Promise<Iccid[]> {
    return orderShape.parse((await registry.get('esim-order', orderKey(code))) ?? []);
  }

  async function addToOrder(code: string, iccid: Iccid): Promise<void> {
    const known = await inOrder(code);
    if (known.includes(iccid)) return;
    await registry.put(
      'esim-order',
      orderKey(code),
      [iccid, ...known].slice(0, MAX_IN_ORDER),
      ORDERS_KEPT_MS,
    );
  }

  return {
    knownTo,
    async find(asker, query, fit) {
      const [known, ordered] = await Promise.all([knownTo(asker), inOrder(query)]);
      const found = fitting(query, known, fit);
      const more = ordered.filter((iccid) => found.every((one) => one.iccid !== iccid));
      return [
        ...found,
        ...more.map((iccid): KnownEsim => known.find((one) => one.iccid === iccid) ?? { iccid }),
      ];
    },
    nameOf: async (iccid) => (await names()).find((one) => one.iccid === iccid)?.name,
    async namesOf(iccids) {
      if (iccids.length === 0) return new Map();
      try {
        const known = await namesOnCards();
        return new Map(
          iccids.flatMap((iccid) => {
            const name = known.get(iccid);
            return name === undefined ? [] : [[iccid, name]];
          }),
        );
      } catch (error) {
        log.warn({ err: error }, 'The names of eSIMs cannot be read');
        return new Map();
      }
    },
    namesOfAll: async () => (await names()).sort((a, b) => (nameKey(a.name) < nameKey(b.name) ? -1 : 1)),
    setName: (iccid, name, by) =>
      inTurn(parts, 'esim-names', async (): Promise<Naming> => {
        const all = await names();
        const holder = all.find((one) => nameKey(one.name) === nameKey(name));
        if (holder && holder.iccid !== iccid) return { kind: 'taken', by: holder.iccid };
        const before = all.find((one) => one.iccid === iccid);
        if (!before && all.length >= MAX_NAMES) return { kind: 'full', most: MAX_NAMES };
        const given = { name, iccid, ...(by === undefined ? {} : { by }) };
        await keepNames([...all.filter((one) => one !== before), given]);
        return before && before.name !== name ? { kind: 'named', before: before.name } : { kind: 'named' };
      }),
    removeName: (iccid) =>
      inTurn(parts, 'esim-names', async () => {
        const all = await names();
        const kept = all.filter((one) => one.iccid !== iccid);
        if (kept.length === all.length) return false;
        await keepNames(kept);
        return true;
      }),
    noteAsked: recents.note,
    noteOrder(orderCode, iccid) {
      inTurn(parts, `esim-order:${orderKey(orderCode)}`, () => addToOrder(orderCode, iccid)).catch(
        (error: unknown) => log.warn({ err: error }, 'The code of an order could not be kept'),
      );
    },
  };
}

function orderKey(code: string): string {
  return code.trim().toLowerCase().slice(0, 100);
}

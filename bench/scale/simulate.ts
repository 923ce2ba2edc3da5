import { createRandom, oneOf } from '../growth/soak/random.ts';

/** Queues on paper: what a house of some size holds, reckoned question by question from what each costs and from the limits of others. */

/** How many of what there are, and who shares what. The channels are those in which people ask. */
export interface House {
  readonly name: string;
  readonly chat: 'Slack' | 'Discord';
  /** Of all workspaces or servers together. */
  readonly channels: number;
  /** Processes of the bot that share the work of all workspaces; a store each where they do not share one. */
  readonly processes: number;
  readonly sharedStore: boolean;
}

/** What comes: all workspaces together. */
export interface Load {
  readonly questionsPerSecond: number;
  /** Different eSIMs that are asked about, each as likely as the other. */
  readonly esims: number;
  /** In which what is empty at first is filled, and which does not count; and those that count. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** What one question costs, in ms of a process. */
export interface Cost {
  readonly cachedMs: number;
  readonly readMs: number;
  readonly promisedMs: number;
}

export interface Outcome {
  /** Share of the questions that were answered without a promise. */
  readonly atOnce: number;
  readonly promised: number;
  /** From the question to the figure. */
  readonly answeredP50Ms: number;
  readonly answeredP99Ms: number;
  readonly pendingMost: number;
  /** Reads of Airalo that were let through, a second, and those refused for the company's limit. */
  readonly readsPerSecond: number;
  readonly refusedPerSecond: number;
  readonly messagesPerSecond: number;
  /** Of the busiest process and of the busiest channel, in %. */
  readonly cpuPercent: number;
  readonly channelPercent: number;
}

const WINDOW_MS = 15 * 60_000;
/** The bot's pace, of all processes on one store. */
const PACE_MS = 250;
/** Airalo's limit: five a second of the whole company, in windows that begin with a call. */
const COMPANY_CALLS = 5;
const COMPANY_MS = 1_000;
/** Who would wait longer for a turn is promised the answer. */
const AT_ONCE_MS = 9_000;
const READ_MS = 400;
/** Slack's for messages into one channel. */
const CHANNEL_MS = 1_000;
const SEED = 11;

/** Airalo's own count of one company's calls, by the second: a call that meets a full one goes on to the next. */
function createCompany() {
  const calls = new Map<number, number>();
  /** Before it no second has room. */
  let first = 0;
  return {
    /** The instant at which a call that is made `at` is let through. */
    slot(at: number): number {
      const asked = Math.floor(at / COMPANY_MS);
      let second = Math.max(asked, first);
      while ((calls.get(second) ?? 0) >= COMPANY_CALLS) second++;
      if (asked <= first) first = second;
      calls.set(second, (calls.get(second) ?? 0) + 1);
      return Math.max(at, second * COMPANY_MS);
    },
  };
}

/**
 * Questions come at random (Poisson), each goes to one process, which knows what its store knows: a reading younger than the window, a read
 * under way, or neither, which takes a turn of the pace. Every answer is a message in its channel.
 */
export function simulate(house: House, load: Load, cost: Cost): Outcome {
  const random = createRandom(SEED);
  const stores = Array.from({ length: house.sharedStore ? 1 : house.processes }, () => ({
    freeAt: 0,
    readAt: new Map<number, number>(),
  }));
  const company = createCompany();
  const processes = Array.from({ length: house.processes }, () => ({ freeAt: 0, busyMs: 0 }));
  const channels = Array.from({ length: house.channels }, () => ({ freeAt: 0, busyMs: 0 }));
  const waits: number[] = [];
  const pending: { readonly at: number; readonly change: number }[] = [];
  let [promised, reads, refused, messages] = [0, 0, 0, 0];

  const countsFrom = load.warmUpSeconds * 1000;
  const countedMs = load.seconds * 1000;
  const endsAt = countsFrom + countedMs;
  function readSlot(store: (typeof stores)[number], at: number): number {
    const wanted = Math.max(at, store.freeAt);
    const slot = company.slot(wanted);
    store.freeAt = slot + PACE_MS;
    // By when it is made: what is asked for in these minutes may come long after them.
    if (slot < countsFrom || slot >= endsAt) return slot;
    reads++;
    if (slot > wanted) refused++;
    return slot;
  }

  for (let at = 0; at < endsAt; at += (-Math.log(1 - random()) * 1000) / load.questionsPerSecond) {
    const channelNumber = Math.floor(random() * channels.length);
    const number = Math.floor(random() * processes.length);
    const [process, channel] = [oneAt(processes, number), oneAt(channels, channelNumber)];
    const store = oneAt(stores, house.sharedStore ? 0 : number);
    const counts = at >= countsFrom;
    const esim = Math.floor(random() * load.esims);
    const known = store.readAt.get(esim);
    const isFresh = known !== undefined && known > at - WINDOW_MS;
    const slot = isFresh ? Math.max(at, known) : readSlot(store, at);
    if (!isFresh) store.readAt.set(esim, slot);
    const isPromised = slot - at > AT_ONCE_MS;
    const workMs = isPromised ? cost.promisedMs : isFresh ? cost.cachedMs : cost.readMs;
    const doneAt = Math.max(at, process.freeAt) + workMs;
    process.freeAt = doneAt;
    const figureAt = Math.max(doneAt, isFresh && slot <= at ? at : slot + READ_MS);
    const shownAt = Math.max(figureAt, channel.freeAt);
    channel.freeAt = shownAt + CHANNEL_MS;
    if (!counts) continue;
    if (isPromised) pending.push({ at, change: 1 }, { at: slot, change: -1 });
    const sent = isPromised ? 2 : 1;
    if (isPromised) promised++;
    process.busyMs += workMs;
    channel.busyMs += CHANNEL_MS * sent;
    messages += sent;
    waits.push(shownAt - at);
  }
  waits.sort((a, b) => a - b);
  const part = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0;
  const busiest = (all: readonly { readonly busyMs: number }[]) =>
    (Math.max(...all.map(({ busyMs }) => busyMs)) * 100) / countedMs;
  return {
    atOnce: 1 - promised / waits.length,
    promised,
    answeredP50Ms: part(0.5),
    answeredP99Ms: part(0.99),
    pendingMost: mostAtOnce(pending),
    readsPerSecond: reads / load.seconds,
    refusedPerSecond: refused / load.seconds,
    messagesPerSecond: messages / load.seconds,
    cpuPercent: busiest(processes),
    channelPercent: busiest(channels),
  };
}

function mostAtOnce(changes: readonly { readonly at: number; readonly change: number }[]): number {
  let [now, most] = [0, 0];
  for (const { change } of [...changes].sort((a, b) => a.at - b.at)) {
    now += change;
    most = Math.max(most, now);
  }
  return most;
}

function oneAt<T>(all: readonly T[], index: number): T {
  const one = all[index];
  return one === undefined ? oneOf(() => 0, all) : one;
}

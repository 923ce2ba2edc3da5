import type { SimulatedEsim } from './esims.ts';
import type { Fault } from './faults.ts';

type UsageData = Readonly<Record<string, unknown>>;

/** What the simulated eSIMs have used: more with each read, but the same for `frozenMs`, as Airalo's server repeats itself. */
export function createUsageData(now: () => number, frozenMs: number) {
  const reads = new Map<string, number>();
  const frozen = new Map<string, { readonly until: number; readonly data: UsageData }>();

  return {
    /** The `data` of a 200. */
    read(esim: SimulatedEsim): UsageData {
      const kept = frozen.get(esim.iccid);
      if (kept && kept.until > now()) return kept.data;
      const before = reads.get(esim.iccid) ?? 0;
      reads.set(esim.iccid, before + 1);
      const data = esim.usage(before);
      frozen.set(esim.iccid, { until: now() + frozenMs, data });
      return data;
    },
    /** What was read last, without reading. */
    last: (esim: SimulatedEsim): UsageData => esim.usage(Math.max(0, (reads.get(esim.iccid) ?? 0) - 1)),
  };
}

/** The body as other endpoints and older versions send it, which the client must read all the same. */
export function changedBy(fault: Fault | undefined, data: UsageData): UsageData {
  if (fault?.kind === 'numbers-as-strings')
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, typeof value === 'number' ? String(value) : value]),
    );
  if (fault?.kind === 'without-voice-and-text')
    return Object.fromEntries(Object.entries(data).filter(([key]) => !/_(voice|text)$/.test(key)));
  return data;
}

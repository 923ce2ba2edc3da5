import type { SimulatedEsim } from './esims.ts';

/** An order of the simulated partner's. */
export interface SimulatedOrder {
  readonly id: number;
  readonly code: string;
  readonly description: string;
  readonly type: 'sim' | 'topup';
  readonly status: { readonly name: string; readonly slug: string };
  /** Before the simulator opened. */
  readonly daysAgo: number;
  /** Of a top-up none: Airalo names the eSIM in its description. */
  readonly iccids: readonly string[];
}

const COMPLETED = { name: 'Completed', slug: 'completed' };
const FAILED = { name: 'Failed', slug: 'failed' };
const FIRST_ID = 70_321;
/** Sold together: the two with 20 digits. */
const FAMILY = 'FAMILY-2';
const isOfFamily = ({ iccid }: SimulatedEsim) => iccid.length === 20;

/** Under which code an eSIM was sold; `GET /v2/sims/{iccid}` tells the same one. */
export function orderCodeOf(iccid: string): string {
  return iccid.length === 20 ? '20261118-070900' : `20261115-07${iccid.slice(-4)}`;
}

/** What its order says of it. */
export function orderNoteOf(iccid: string): string {
  return iccid.length === 20 ? FAMILY : `TICKET-${5512 + ((Number(iccid.slice(-4)) - 19) % 9000)}`;
}

/** One order for each of the demo's eSIMs, one for two of them, a top-up and one that failed; the newest first, as Airalo's list begins. */
export function ordersOf(esims: readonly SimulatedEsim[]): SimulatedOrder[] {
  const single = esims
    .filter((esim) => !isOfFamily(esim))
    .map(({ iccid }, index) => ({
      id: FIRST_ID + index,
      code: orderCodeOf(iccid),
      description: orderNoteOf(iccid),
      type: 'sim' as const,
      status: COMPLETED,
      daysAgo: 40 - index,
      iccids: [iccid],
    }));
  const together = esims.filter(isOfFamily).map(({ iccid }) => iccid);
  const [toppedUp] = esims;
  const common = { id: FIRST_ID + 600, daysAgo: 12, iccids: [] };
  return [
    {
      ...common,
      code: '20261127-071101',
      description: 'TICKET-7001',
      type: 'sim' as const,
      status: FAILED,
      daysAgo: 1,
      id: FIRST_ID + 700,
    },
    {
      ...common,
      code: '20261125-071000',
      description: `Topup (${toppedUp?.iccid ?? ''})`,
      type: 'topup' as const,
      status: COMPLETED,
      daysAgo: 4,
    },
    {
      ...common,
      id: FIRST_ID + 500,
      code: '20261118-070900',
      description: FAMILY,
      type: 'sim' as const,
      status: COMPLETED,
      iccids: together,
    },
    ...single.toReversed(),
  ];
}

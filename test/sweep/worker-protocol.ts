import { z } from 'zod';
import { CALL_FAULTS, SOCKET_FAULTS } from './fault.ts';
import { armedStatement } from './host-protocol.ts';
import { STORE_LINK_FAULTS } from './store-proxy.ts';

const callName = z.object({
  destination: z.string(),
  route: z.string(),
  nth: z.number(),
  before: z.number(),
});
const baseline = z.object({
  calls: z.array(callName).readonly(),
  statements: z.record(z.string(), z.number()),
  usageCalls: z.number(),
  refusals: z.number(),
  tokenCalls: z.number(),
  detailCalls: z.number(),
  answers: z.record(z.string(), z.number()),
});
const trouble = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), call: callName, fault: z.enum([...CALL_FAULTS, ...SOCKET_FAULTS]) }),
  z.object({ kind: z.literal('link'), fault: z.enum(STORE_LINK_FAULTS), afterMs: z.number() }),
  armedStatement.extend({ kind: z.literal('statement') }),
]);

/** One row, as the sweep hands it to a worker. */
export const order = z.object({
  id: z.number(),
  scenario: z.string(),
  trouble: trouble.optional(),
  baseline: baseline.optional(),
});
export type Order = z.infer<typeof order>;

/** What came of it; a row without a breach held. */
export const report = z.object({
  id: z.number(),
  broken: z.array(z.string()),
  missed: z.boolean(),
  baseline,
  log: z.string(),
  seen: z.array(z.string()),
  tookMs: z.number(),
});
export type Report = z.infer<typeof report>;

/** Runs rows one after the other, as the sweep hands them out; several workers share a machine's cores. */
import { createHostPool } from './host-pool.ts';
import { BUILT } from './program.ts';
import { NOT_READY, runRow } from './row.ts';
import { SCENARIOS } from './scenarios.ts';
import { type Order, order, type Report } from './worker-protocol.ts';

const pool = createHostPool(BUILT);
process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  const asked = order.parse(message);
  run(asked).then(
    (report) => process.send?.(report),
    (error: unknown) =>
      process.send?.({
        ...empty(asked),
        broken: [`the harness failed: ${error instanceof Error ? error.stack : String(error)}`],
      }),
  );
});

async function run(asked: Order): Promise<Report> {
  const scenario = SCENARIOS.find(({ name }) => name === asked.scenario);
  if (!scenario) throw new Error(`No scenario ${asked.scenario}`);
  const once = () => runRow(scenario, pool, asked.trouble, asked.baseline);
  const first = await once();
  // It says nothing of a fault that was not even armed: a machine that is too busy, unless it comes again.
  const result = first.breaches.includes(NOT_READY) ? await once() : first;
  return {
    id: asked.id,
    broken: [...result.breaches],
    missed: result.missed,
    baseline: { ...result.baseline, calls: [...result.baseline.calls] },
    log: result.log,
    seen: [...result.seen],
    tookMs: result.tookMs,
  };
}

function empty({ id }: Order): Report {
  const baseline = {
    calls: [],
    statements: {},
    usageCalls: 0,
    refusals: 0,
    tokenCalls: 0,
    detailCalls: 0,
    answers: {},
  };
  return { id, broken: [], missed: false, baseline, log: '', seen: [], tookMs: 0 };
}

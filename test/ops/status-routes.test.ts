import { afterEach, describe, expect, it } from 'vitest';
import { type HttpServer, openHttpServer } from '../../src/ops/http.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { statusRoutes } from '../../src/ops/status-routes.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

let server: HttpServer | undefined;
afterEach(async () => server?.close(100));

describe('/readyz', () => {
  it('answers within two seconds whatever the store does', async () => {
    const clock = new ManualClock();
    let asked = false;
    const store = {
      health: () =>
        new Promise<never>(() => {
          asked = true;
        }),
      outbox: { depth: () => new Promise<never>(() => undefined) },
    };
    const metrics = createMetrics({ store, platforms: [], clock });
    const routes = statusRoutes({
      store,
      platforms: [],
      metrics,
      clock,
      workerRuns: () => true,
      refusals: () => [],
    });
    server = await openHttpServer({ host: '127.0.0.1', port: 0 }, routes, captureLog().log);
    const answered = fetch(`http://127.0.0.1:${server.port}/readyz`);
    await until('the store is asked', () => asked);
    await clock.advance(2_000);
    const response = await answered;
    expect(response.status).toBe(503);
    expect(await response.text()).toMatch(/NOT READY store: .*does not answer within 2 seconds/);
  });
});

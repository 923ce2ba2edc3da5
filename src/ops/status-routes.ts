import type { Clock } from '../clock.ts';
import type { Store } from '../storage/ports.ts';
import type { Platform } from '../usage/platform.ts';
import { answer, type HttpRoute } from './http.ts';
import type { Metrics } from './metrics.ts';
import { createStoreProbe, type StoreHealth } from './store-probe.ts';

/** `/healthz` (the process answers), `/readyz` (questions reach it and can be kept), `/metrics`. */
export function statusRoutes(parts: {
  readonly store: Pick<Store, 'health'>;
  readonly platforms: Iterable<Platform>;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Whether promised answers are being given. */
  workerRuns(): boolean;
}): HttpRoute[] {
  const probe = createStoreProbe(parts.store, parts.clock);
  return [
    { method: 'GET', path: '/healthz', handle: (_request, response) => answer(response, 200, 'ok') },
    {
      method: 'GET',
      path: '/readyz',
      async handle(_request, response) {
        const lines = readiness(await probe(), parts.platforms);
        const runs = parts.workerRuns();
        lines.push({ name: 'worker', ready: runs, detail: runs ? 'keeps promises' : 'not started' });
        const ready = lines.every((line) => line.ready);
        const text = lines.map((line) => `${line.ready ? 'ok' : 'NOT READY'} ${line.name}: ${line.detail}`);
        answer(response, ready ? 200 : 503, text.join('\n'));
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async handle(_request, response) {
        const { contentType, body } = await parts.metrics.render();
        response.writeHead(200, { 'Content-Type': contentType }).end(body);
      },
    },
  ];
}

interface ReadinessLine {
  readonly name: string;
  readonly ready: boolean;
  readonly detail: string;
}

function readiness(health: StoreHealth, platforms: Iterable<Platform>): ReadinessLine[] {
  const warnings = health.warnings.map(({ what, remedy }) => `${what}. ${remedy}`);
  const detail = [health.ok ? 'writable' : 'a write fails', ...warnings].join('; ');
  const lines: ReadinessLine[] = [{ name: 'store', ready: health.ok, detail }];
  for (const platform of platforms) lines.push({ name: platform.name, ...platform.health() });
  return lines;
}

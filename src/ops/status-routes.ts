import type { Clock } from '../clock.ts';
import type { Store } from '../storage/ports.ts';
import type { Refusal } from '../usage/credentials.ts';
import type { Platform } from '../usage/platform.ts';
import { answer, type HttpRoute } from './http.ts';
import type { Metrics } from './metrics.ts';
import { createStoreProbe, type StoreHealth } from './store-probe.ts';

/** What the status is read from. */
interface StatusParts {
  readonly store: Pick<Store, 'health'>;
  readonly platforms: readonly Platform[];
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Whether promised answers are being given. */
  workerRuns(): boolean;
  /** The credentials that are refused now. */
  refusals(): readonly Refusal[];
}

/**
 * `/healthz` (the process answers, and tries whatever is away: a supervisor that asks it begins a new process only where that
 * helps), `/readyz` (questions reach it and can be kept), `/metrics`.
 */
export function statusRoutes(parts: StatusParts): HttpRoute[] {
  const probe = createStoreProbe(parts.store, parts.clock);
  return [
    {
      method: 'GET',
      path: '/healthz',
      handle(_request, response) {
        const stalled = parts.platforms.filter((platform) => platform.health().stalled);
        if (stalled.length === 0) return answer(response, 200, 'ok');
        answer(response, 503, `No longer tries to connect: ${stalled.map(({ name }) => name).join(', ')}`);
      },
    },
    {
      method: 'GET',
      path: '/readyz',
      async handle(_request, response) {
        const lines = readiness(await probe(), parts);
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

/** One line of `/readyz`. */
interface ReadinessLine {
  readonly name: string;
  readonly ready: boolean;
  readonly detail: string;
}

/** Store first, then the platforms, then every credential that is refused. */
function readiness(health: StoreHealth, { platforms, refusals }: StatusParts): ReadinessLine[] {
  const warnings = health.warnings.map(({ what, remedy }) => `${what}. ${remedy}`);
  const detail = [health.ok ? 'writable' : 'a write fails', ...warnings].join('; ');
  const lines: ReadinessLine[] = [{ name: 'store', ready: health.ok, detail }];
  for (const platform of platforms) lines.push({ name: platform.name, ...platform.health() });
  for (const { name, service, error, remedy } of refusals())
    lines.push({ name: service, ready: false, detail: `${name} is refused (${error}). ${remedy}` });
  return lines;
}

import { type Clock, endsWithin } from '../clock.ts';
import type { Store } from '../storage/ports.ts';
import type { Refusal } from '../usage/credentials.ts';
import type { Platform } from '../usage/platform.ts';
import { answer, type HttpRoute } from './http.ts';
import type { Metrics } from './metrics.ts';

/** A store that is locked must not hold up whoever asks. */
const STORE_PATIENCE_MS = 2_000;

/** What the status is read from. */
export interface StatusParts {
  readonly store: Pick<Store, 'health'>;
  readonly platforms: readonly Platform[];
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** The credentials that are refused now. */
  refusals(): readonly Refusal[];
  /** Whether promised answers are being given. */
  workerRuns(): boolean;
}

/**
 * `/healthz` (the process answers, and tries whatever is away: a supervisor that asks it begins a new process only where that
 * helps), `/readyz` (questions reach it and can be kept), `/metrics`.
 */
export function statusRoutes(parts: StatusParts): HttpRoute[] {
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
        const lines = await readiness(parts);
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

async function readiness({ store, platforms, clock, refusals }: StatusParts): Promise<ReadinessLine[]> {
  const lines = [await storeLine(store, clock)];
  for (const platform of platforms) lines.push({ name: platform.name, ...platform.health() });
  for (const { name, service, error, remedy } of refusals())
    lines.push({ name: service, ready: false, detail: `${name} is refused (${error}). ${remedy}` });
  return lines;
}

async function storeLine(store: Pick<Store, 'health'>, clock: Clock): Promise<ReadinessLine> {
  const asked = store.health();
  if (!(await endsWithin(clock, asked, STORE_PATIENCE_MS)))
    return { name: 'store', ready: false, detail: `no answer within ${STORE_PATIENCE_MS / 1000} s` };
  const health = await asked;
  const warnings = health.warnings.map(({ what, remedy }) => `${what}. ${remedy}`);
  const detail = [health.ok ? 'writable' : 'a write fails', ...warnings].join('; ');
  return { name: 'store', ready: health.ok, detail };
}

import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { VERSION } from '../version.ts';

let registry: Registry | undefined;

/**
 * What is true of the process whatever runs in it: CPU, memory, file handles, event loop and garbage collection under prom-client's
 * own names (`process_…`, `nodejs_…`, without a prefix, so that the usual dashboards fit), and which build this is. Made once for a
 * process: its observers cannot be taken away again.
 */
export function processMetrics(): Registry {
  if (registry) return registry;
  registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'esim_build_info',
    help: 'Always 1; the labels say which version of the bot runs on which Node',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version: VERSION, node: process.version }, 1);
  return registry;
}

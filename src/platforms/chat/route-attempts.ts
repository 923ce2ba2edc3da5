import type { DeliveryContext, DeliveryOutcome } from '../../usage/platform.ts';
import type { CallResult, Step } from './seam.ts';

/** A call's result, whatever it brought. */
type Sent = { readonly kind: 'ok' } | Exclude<CallResult, { kind: 'ok' }>;

/** A call's result as a step of `route`, whose name stands in the log and in the metrics. */
export function stepOf(result: Sent, route: string): Step {
  switch (result.kind) {
    case 'ok':
      return { kind: 'delivered', route };
    case 'retry':
      return result;
    case 'closed':
      return { kind: 'next', why: `${route}: ${result.error}` };
    case 'operator':
      // The operator is told by whoever watches over the token; what was promised waits until it is taken again.
      if (result.refusesToken) return { kind: 'retry', error: result.error };
      return { kind: 'next', why: `${route}: ${result.error}`, remedy: result.remedy };
    default:
      return result satisfies never;
  }
}

/**
 * Tries one route after the other until one decides: delivered, or to be tried again later. An interim word that no
 * route gives for nothing is not given. `remedy` is for the operator where no route names one of its own.
 */
export async function byFirstOpenRoute(
  stage: DeliveryContext['stage'],
  attempts: readonly (() => Promise<Step>)[],
  remedy?: string,
): Promise<DeliveryOutcome> {
  const failures: Extract<Step, { kind: 'next' }>[] = [];
  for (const attempt of attempts) {
    const step = await attempt();
    if (step.kind !== 'next') return step;
    failures.push(step);
  }
  if (stage === 'interim') return { kind: 'delivered', route: 'none needed' };
  const named = failures.find((failure) => failure.remedy !== undefined)?.remedy ?? remedy;
  const reason = `No route is left: ${failures.map(({ why }) => why).join(', ')}`;
  return { kind: 'undeliverable', reason, ...(named === undefined ? {} : { remedy: named }) };
}

import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { DeliveryOutcome, UsageService } from '../../usage/platform.ts';
import { stepOf as asRouteStep, byFirstOpenRoute } from '../chat/route-attempts.ts';
import { cut } from './limits.ts';
import type { Step } from './step-address.ts';
import { callSlack, type SlackClient } from './web.ts';

/** How a step ends: with values for the next one, or with a word about why there are none. */
type StepEnd =
  | { readonly kind: 'outputs'; readonly outputs: Readonly<Record<string, string>> }
  | { readonly kind: 'error'; readonly error: string };

/** Ends executions of the step in Slack. */
export type CompleteStep = (one: Step, end: StepEnd) => Promise<DeliveryOutcome>;

/** Slack's codes for an execution that has ended: by us, by the workflow's own end, or by somebody who stopped it. */
const ENDED: readonly string[] = ['execution_not_in_running_state', 'function_execution_not_found'];
/** What Slack says of outputs that the manifest does not have. */
const OTHER_OUTPUTS = 'parameter_validation_failed';
const OLD_MANIFEST =
  'The step in the app’s manifest is another one than this version’s: take `functions` over from manifests/slack-app.workflow.yaml';
const ROUTE = 'workflow-step';
/** A note that an end was tried outlives every promise. */
const TRIED_MS = 24 * 60 * 60_000;
const MOST_CHARACTERS = 3_000;

/**
 * Slack ends an execution once: a second try is refused and changes nothing, so what may have come through is tried
 * again, and a refusal is then taken for the success whose answer was lost.
 */
export function createStepCompletion({
  client,
  usageService,
  clock,
  log,
}: {
  readonly client: SlackClient;
  readonly usageService: Pick<UsageService, 'keep' | 'recall'>;
  readonly clock: Clock;
  readonly log: Log;
}): CompleteStep {
  return async ({ executionId }, end) => {
    const mayHaveEnded = await noteTry(executionId);
    const result = await callSlack(clock, () => send(executionId, end));
    if (result.kind !== 'closed') return byFirstOpenRoute('final', [async () => asRouteStep(result, ROUTE)]);
    if (mayHaveEnded && ENDED.includes(result.error)) return { kind: 'delivered', route: ROUTE };
    await note(executionId, 'refused').catch(() => undefined);
    if (result.error !== OTHER_OUTPUTS || end.kind === 'error')
      return { kind: 'undeliverable', reason: `${ROUTE}: ${result.error}` };
    // The workflow would wait for ever: it ends with what there is to say, and the operator mends the manifest.
    log.error({ error: result.error, remedy: OLD_MANIFEST }, 'Slack refuses the values of the workflow step');
    const said = { kind: 'error', error: end.outputs.text ?? OTHER_OUTPUTS } as const;
    const told = await callSlack(clock, () => send(executionId, said));
    if (told.kind === 'retry') return told;
    return { kind: 'undeliverable', reason: `${ROUTE}: ${result.error}`, remedy: OLD_MANIFEST };
  };

  function send(function_execution_id: string, end: StepEnd): Promise<unknown> {
    return end.kind === 'error'
      ? client.functions.completeError({ function_execution_id, error: tame(end.error) })
      : client.functions.completeSuccess({
          function_execution_id,
          outputs: Object.fromEntries(Object.entries(end.outputs).map(([name, text]) => [name, tame(text)])),
        });
  }

  /**
   * Before it is tried, and kept for whichever process tries next. True where an earlier try may have come through.
   * Without the store it is tried all the same.
   */
  async function noteTry(executionId: string): Promise<boolean> {
    try {
      if ((await usageService.recall(noteOf(executionId))) === 'tried') return true;
      await note(executionId, 'tried');
    } catch (error) {
      log.debug({ err: error }, 'The try of a workflow step could not be noted');
    }
    return false;
  }

  function note(executionId: string, what: 'tried' | 'refused'): Promise<void> {
    return usageService.keep(noteOf(executionId), what, TRIED_MS);
  }
}

const noteOf = (executionId: string): string => `step-${executionId}`;

/** Later steps put it into messages: nothing in it may mention a channel or be a link. */
function tame(text: string): string {
  return cut(text.replaceAll('<', '‹').replaceAll('>', '›'), MOST_CHARACTERS);
}

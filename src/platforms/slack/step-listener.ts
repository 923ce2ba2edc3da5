import type { Log } from '../../log.ts';
import type { TaskTracker } from '../chat/task-tracker.ts';
import { STEP_CALLBACK, stepEvent, stepOf } from './step-address.ts';
import type { TimedApp } from './timed-app.ts';
import type { WorkflowStep } from './workflow-step.ts';

/** What stands behind the step's listener. */
export interface StepListenerParts extends Pick<TaskTracker, 'run'> {
  readonly workflowStep: WorkflowStep;
  readonly ownTeamId: () => string;
  readonly log: Log;
}

/**
 * The workflow step comes in: made durable, acknowledged, then worked on. Bolt would acknowledge before a listener hears
 * of it, and a process that died then would leave the workflow waiting for ever.
 */
export function openStepListener(app: TimedApp, { workflowStep, ownTeamId, run, log }: StepListenerParts) {
  app.function(STEP_CALLBACK, { autoAcknowledge: false }, async ({ ack, body }) => {
    const event = stepEvent.safeParse(body);
    if (!event.success) {
      // Sent again it would be the same.
      await ack();
      return log.warn('Slack sent an execution of the workflow step that cannot be read');
    }
    const one = stepOf(event.data, ownTeamId());
    const { iccid } = event.data.event.inputs;
    const hold = workflowStep.accept(one, iccid);
    await hold.catch(() => undefined);
    await ack();
    run(one.executionId, async () => {
      const held = await hold;
      // Slack sends an event again that was acknowledged late.
      if (held) await workflowStep.answer(one, iccid, held);
    });
  });
}

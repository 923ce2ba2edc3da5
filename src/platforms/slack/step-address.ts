import { z } from 'zod';
import type { ReplyAddress } from '../../usage/platform.ts';
import { askerOf } from './address.ts';

/** The step's name in the optional manifest, and in every event about it. */
export const STEP_CALLBACK = 'check_esim';
/** What Slack calls a person, on Enterprise Grid too. */
const PERSON_ID = /^[UW][A-Z0-9]+$/;

/**
 * Slack's docs, function_executed event. Nothing in it says who started the workflow, so the step has an input for it.
 * Its `bot_access_token` is not read: it lives shorter than a promise may take, and Slack takes the bot's own token for
 * `functions.completeSuccess` as well (no scope needed).
 */
export const stepEvent = z.object({
  team_id: z.string().optional(),
  event: z.object({
    function_execution_id: z.string(),
    inputs: z
      .object({
        iccid: z.unknown(),
        asked_by: z.string().optional().catch(undefined),
        language: z.string().optional().catch(undefined),
      })
      .catch({ iccid: undefined }),
  }),
});
/** See `stepEvent`. */
export type StepEvent = z.infer<typeof stepEvent>;

const step = z.object({
  executionId: z.string(),
  teamId: z.string(),
  /** On whose behalf, as the workflow says. Absent: nobody is named, so the app itself asks. */
  userId: z.string().optional(),
  /** Of the customer, as it was typed. */
  language: z.string().optional(),
});
const routes = z.object({ step });

/** Where the answer for a step of a workflow goes: to that one execution, and nowhere else. Holds no secret. */
export type Step = z.infer<typeof step>;

/** What the event asks for. `ownTeamId` where it names no workspace. */
export function stepOf({ team_id, event }: StepEvent, ownTeamId: string): Step {
  const { asked_by: person, language } = event.inputs;
  return {
    executionId: event.function_execution_id,
    teamId: team_id ?? ownTeamId,
    ...(person === undefined || person.trim() === '' ? {} : { userId: person.trim() }),
    ...(language === undefined ? {} : { language }),
  };
}

/** False for a name that is nobody's: there is nothing to ask Slack about. */
export function isPersonId(userId: string): boolean {
  return PERSON_ID.test(userId);
}

/** For limits and audit: the person, with the same limits as in a chat, or the app for all who are not named. */
export function stepAsker({ teamId, userId }: Step): string {
  return askerOf({ teamId, userId: userId ?? 'workflow' });
}

/**
 * One execution is one question, however often Slack sends its event. The address has an asker of its own: a person who
 * cancelled the answer from their list would leave the workflow waiting for ever.
 */
export function stepAddress(one: Step): ReplyAddress {
  const key = `slack:step-${one.executionId}`;
  return { platform: 'slack', asker: key, messageKey: key, routes: { step: one } };
}

/** Undefined for the address of a chat. */
export function readStepAddress(address: ReplyAddress): Step | undefined {
  return routes.safeParse(address.routes).data?.step;
}

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { event } from './people.ts';
import type { Push, SlackStandIn } from './slack.ts';
import type { Workspace } from './workspace.ts';

/** One run of the app's step in a workflow. It ends once (docs.slack.dev, functions.completeSuccess). */
export interface StepExecution {
  readonly id: string;
  state: 'running' | 'completed' | 'failed' | 'stopped';
  outputs?: Readonly<Record<string, unknown>>;
  error?: string;
}

type Answer = Readonly<Record<string, unknown>>;
type Args = Readonly<Record<string, unknown>>;

const parameter = z.strictObject({
  type: z.enum(['string', 'slack#/types/user_id']),
  title: z.string().min(1),
  description: z.string().min(1),
  is_required: z.boolean(),
});
const definition = z.strictObject({
  title: z.string().min(1),
  description: z.string().min(1),
  input_parameters: z.record(z.string(), parameter),
  output_parameters: z.record(z.string(), parameter),
});
/** What the workspace knows of the step: what the manifest says. */
const { functions } = z
  .looseObject({ functions: z.record(z.string(), definition) })
  .parse(parse(readFileSync(new URL('../../../manifests/slack-app.workflow.yaml', import.meta.url), 'utf8')));
const [[callbackId, step] = raise()] = Object.entries(functions);

/** Someone's workflow comes to the step. `id`: sent again, the same execution. Inputs are checked as Slack does before it sends. */
export function runStep(
  slack: SlackStandIn,
  inputs: Readonly<Record<string, string>>,
  { id = slack.workspace.nextId('Fx'), unchecked = false } = {},
): { readonly id: string; readonly push: Push } {
  for (const name of Object.keys(inputs))
    if (!step.input_parameters[name]) throw new Error(`No input ${name}`);
  for (const [name, { is_required: required }] of Object.entries(step.input_parameters))
    if (required && !unchecked && inputs[name] === undefined) throw new Error(`Input ${name} is required`);
  if (!slack.workspace.executions.has(id)) slack.workspace.executions.set(id, { id, state: 'running' });
  const push = event(
    slack,
    {},
    {
      type: 'function_executed',
      function: { id: 'Fn0001', callback_id: callbackId, title: step.title, type: 'app', app_id: 'A1' },
      inputs,
      function_execution_id: id,
      workflow_execution_id: 'Wx0001',
      event_ts: slack.workspace.nextTs(),
      bot_access_token: EVENT_TOKEN,
    },
  );
  return { id, push };
}

/** Comes with each execution; a secret. */
export const EVENT_TOKEN = 'xwfp-secret-of-one-execution';

export const STEP_METHODS: Readonly<Record<string, (workspace: Workspace, args: Args) => Answer>> = {
  'functions.completeSuccess': (workspace, args) => {
    const outputs: unknown = typeof args.outputs === 'string' ? JSON.parse(args.outputs) : args.outputs;
    return ending(workspace, args, (execution) => {
      const breach = outputBreach(outputs);
      if (breach)
        return { ok: false, error: 'parameter_validation_failed', response_metadata: { messages: [breach] } };
      execution.state = 'completed';
      execution.outputs = z.record(z.string(), z.unknown()).parse(outputs);
      return { ok: true };
    });
  },
  'functions.completeError': (workspace, args) =>
    ending(workspace, args, (execution) => {
      if (typeof args.error !== 'string' || args.error === '')
        return { ok: false, error: 'invalid_arguments' };
      execution.state = 'failed';
      execution.error = args.error;
      return { ok: true };
    }),
};

function ending(workspace: Workspace, args: Args, end: (execution: StepExecution) => Answer): Answer {
  const execution = workspace.executions.get(String(args.function_execution_id));
  if (!execution) return { ok: false, error: 'function_execution_not_found' };
  if (execution.state !== 'running') return { ok: false, error: 'execution_not_in_running_state' };
  return end(execution);
}

/** Only what the manifest has, each of its type, and all that is required. */
function outputBreach(outputs: unknown): string | undefined {
  const given = z.record(z.string(), z.string()).safeParse(outputs);
  if (!given.success) return 'outputs are no texts';
  const unknown = Object.keys(given.data).find((name) => !step.output_parameters[name]);
  if (unknown) return `unknown output ${unknown}`;
  const missing = Object.entries(step.output_parameters).find(
    ([name, { is_required: required }]) => required && given.data[name] === undefined,
  );
  return missing && `missing output ${missing[0]}`;
}

function raise(): never {
  throw new Error('The manifest has no step');
}

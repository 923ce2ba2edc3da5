import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { type AttachedFile, attachedFile } from './file-routes.ts';
import { modalBreachOf, plain } from './rules.ts';
import type { Push, SlackStandIn } from './slack.ts';
import { TEAM, type Workspace } from './workspace.ts';

type Args = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

/** Slack's docs, `views.open`: a trigger is good for three seconds, once. */
const TRIGGER_LIFE_MS = 3_000;
/** Slack's docs, file input element: 10 MB. */
const LARGEST_FILE_BYTES = 10 * 1024 * 1024;

const fileInput = z
  .object({
    type: z.literal('file_input'),
    action_id: z.string().min(1).max(255),
    filetypes: z
      .array(z.string().regex(/^[a-z0-9]+$/))
      .min(1)
      .optional(),
    max_files: z.int().min(1).max(10).optional(),
  })
  .strict();
/** A file input stands in an input block, and a form with one needs a button to send it (Slack's docs, views). */
const modal = z
  .object({
    type: z.literal('modal'),
    callback_id: z.string().max(255).optional(),
    private_metadata: z.string().max(3000).optional(),
    title: plain(24),
    submit: plain(24),
    close: plain(24).optional(),
    blocks: z
      .array(
        z
          .object({
            type: z.literal('input'),
            block_id: z.string().min(1).max(255),
            label: plain(2000),
            element: fileInput,
            optional: z.boolean().optional(),
          })
          .strict(),
      )
      .min(1)
      .max(100),
  })
  .strict();

/** A form on somebody's screen. */
export interface OpenForm {
  readonly id: string;
  readonly userId: string;
  readonly view: z.infer<typeof modal>;
}

/** A trigger of a command or a press, as the app is given it. */
export function newTrigger(workspace: Workspace, userId: string): string {
  const id = workspace.nextId('trigger.');
  workspace.triggers.set(id, { userId, issuedAt: workspace.now() });
  return id;
}

type Trigger = Workspace['triggers'] extends Map<string, infer T> ? T : never;

function openWithoutFile(workspace: Workspace, trigger: Trigger, view: ModalView): Answer {
  const breach = modalBreachOf(view);
  if (breach) return failure(breach);
  trigger.used = true;
  workspace.modals.push(view);
  return { ok: true, view: { id: workspace.nextId('V') } };
}

export const VIEW_METHODS: Readonly<Record<string, (workspace: Workspace, args: Args) => Answer>> = {
  'views.open': (workspace, args) => {
    const trigger = workspace.triggers.get(String(args.trigger_id));
    if (!trigger) return failure('invalid_trigger_id');
    if (trigger.used) return failure('exchanged_trigger_id');
    if (workspace.now() > trigger.issuedAt + TRIGGER_LIFE_MS) return failure('expired_trigger_id');
    const given = typeof args.view === 'string' ? JSON.parse(args.view) : args.view;
    if (!JSON.stringify(given).includes('"file_input"')) return openWithoutFile(workspace, trigger, given);
    const view = modal.safeParse(given);
    if (!view.success)
      return { ...failure('invalid_arguments'), response_metadata: { messages: [view.error.message] } };
    // "Your app must have the files:read scope."
    if (!workspace.scopes.has('files:read')) return failure('missing_scope');
    trigger.used = true;
    const id = workspace.nextId('V');
    workspace.forms.push({ id, userId: trigger.userId, view: view.data });
    return { ok: true, view: { id } };
  },
};

/**
 * The person sends the form with these files. Slack's client lets nobody send none, more than `max_files`, another kind, or one that is
 * too large; what is sent stands in the state of the view, file by file.
 */
export function sendForm(slack: SlackStandIn, form: OpenForm, files: readonly AttachedFile[]): Push {
  const [block] = form.view.blocks;
  if (!block) throw new Error('A form without a field');
  const { action_id: actionId, max_files: most = 10, filetypes } = block.element;
  if (files.length < 1 || files.length > most) throw new Error(`Slack takes 1 to ${most} files there`);
  for (const { name, bytes } of files) {
    if (filetypes && !filetypes.includes(name.split('.').at(-1) ?? ''))
      throw new Error(`Slack does not take ${name} there`);
    if (bytes.length > LARGEST_FILE_BYTES) throw new Error('Slack takes 10 MB there');
  }
  const uploaded = files.map((file) => attachedFile(slack.workspace, file));
  return {
    kind: 'interactive',
    payload: {
      type: 'view_submission',
      api_app_id: 'A1',
      token: 'legacy',
      team: { id: TEAM, domain: 'test' },
      user: { id: form.userId, name: 'anna', team_id: TEAM },
      trigger_id: newTrigger(slack.workspace, form.userId),
      view: {
        id: form.id,
        team_id: TEAM,
        type: 'modal',
        callback_id: form.view.callback_id,
        private_metadata: form.view.private_metadata ?? '',
        blocks: form.view.blocks,
        state: { values: { [block.block_id]: { [actionId]: { type: 'file_input', files: uploaded } } } },
      },
      response_urls: [],
      is_enterprise_install: false,
      enterprise: null,
    },
  };
}

function failure(error: string): Answer {
  return { ok: false, error };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Workspace } from './workspace.ts';

type Args = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

/** A file on its way, or shared. */
export interface SlackFile {
  readonly name: string;
  readonly length: number;
  readonly altText?: string;
  bytes?: Buffer;
  /** The conversation it was shared into. */
  sharedIn?: string;
}

const LONGEST_ALT_TEXT = 1_000;
const asked = z.strictObject({
  filename: z.string().min(1),
  length: z.coerce.number().int().positive(),
  alt_txt: z.string().optional(),
  snippet_type: z.string().optional(),
  token: z.string().optional(),
});
const completed = z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1);

/** `files.getUploadURLExternal`: strict, so that an argument Slack does not know (`alt_text`) is found. */
export function uploadAddress(workspace: Workspace, uploadUrl: (id: string) => string, args: Args): Answer {
  const parsed = asked.safeParse(args);
  if (!parsed.success) return { ok: false, error: 'missing_argument' };
  const { filename: name, length, alt_txt: altText } = parsed.data;
  if ((altText ?? '').length > LONGEST_ALT_TEXT) return { ok: false, error: 'alt_txt_too_large' };
  const id = workspace.nextId('F');
  workspace.files.set(id, { name, length, ...(altText === undefined ? {} : { altText }) });
  return { ok: true, upload_url: uploadUrl(id), file_id: id };
}

/** The address itself: no token, the bytes as they are, as many as were announced, once. */
export async function answerUpload(
  workspace: Workspace,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const fault = workspace.takeFault('upload');
  const file = workspace.files.get(id);
  if (fault?.hang) return;
  if (fault?.status !== undefined) return void response.writeHead(fault.status).end();
  if (!file || file.bytes || bytes.length !== file.length) return void response.writeHead(400).end();
  file.bytes = bytes;
  response.writeHead(200).end(`OK - ${bytes.length}`);
}

/** `files.completeUploadExternal`: shares what was uploaded, by a message in the one conversation named. */
export function completeUpload(
  workspace: Workspace,
  closedTo: (channel: string) => string | undefined,
  args: Args,
): Answer {
  const files = completed.safeParse(typeof args.files === 'string' ? JSON.parse(args.files) : args.files);
  if (!files.success) return { ok: false, error: 'invalid_arguments' };
  const channel = String(args.channel_id ?? '');
  const closed = channel === '' ? undefined : closedTo(channel);
  if (closed) return { ok: false, error: closed };
  for (const { id } of files.data) {
    const file = workspace.files.get(id);
    if (!file?.bytes || file.sharedIn !== undefined) return { ok: false, error: 'file_not_found' };
  }
  for (const { id } of files.data) {
    const file = workspace.files.get(id);
    if (file && channel !== '') file.sharedIn = channel;
  }
  if (channel !== '')
    workspace.posts.push({
      channel,
      ts: workspace.nextTs(),
      via: 'files.completeUploadExternal',
      forms: [{ text: String(args.initial_comment ?? ''), blocks: [] }],
      fileIds: files.data.map(({ id }) => id),
    });
  return { ok: true, files: files.data };
}

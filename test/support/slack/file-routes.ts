import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { BOT_TOKEN, type SlackFile, type SlackPost, TEAM, type Workspace } from './workspace.ts';

type Args = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

/** Slack's limit is a gigabyte; a bot that sends this much has gone wrong. */
const MAX_BYTES = 25 * 1024 * 1024;

const MAX_ALT_TEXT = 1_000;
/** Strict, so that an argument Slack does not know (`alt_text`) is found. */
const asked = z.strictObject({
  filename: z.string().min(1),
  length: z.coerce.number().int().positive(),
  alt_txt: z.string().optional(),
  snippet_type: z.string().optional(),
  token: z.string().optional(),
});
const completed = z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1);

/** The Web API's part of files: a ticket, the bytes at an address of their own, the sharing, which comes a little later. */
export const FILE_METHODS: Readonly<Record<string, (workspace: Workspace, args: Args) => Answer>> = {
  'files.getUploadURLExternal': (workspace, args) => {
    const parsed = asked.safeParse(args);
    if (!parsed.success) return failure('missing_argument');
    const { filename: name, length, alt_txt: altText } = parsed.data;
    if (length > MAX_BYTES) return failure('file_upload_size_restricted');
    if ((altText ?? '').length > MAX_ALT_TEXT) return failure('alt_txt_too_large');
    const words = altText === undefined ? {} : { altText };
    const file: SlackFile = { id: workspace.nextId('F0'), name, length, ...words };
    workspace.files.set(file.id, file);
    return { ok: true, upload_url: `${workspace.url}/upload/v1/${file.id}`, file_id: file.id };
  },
  'files.completeUploadExternal': (workspace, args) => {
    const parsed = completed.safeParse(typeof args.files === 'string' ? JSON.parse(args.files) : args.files);
    const channel = String(args.channel_id ?? '');
    if (!parsed.success) return failure('invalid_arguments');
    if (!channel.startsWith('D') && !workspace.members.get(channel)?.has('UBOT'))
      return failure(workspace.members.has(channel) ? 'not_in_channel' : 'channel_not_found');
    const files = parsed.data.flatMap(({ id }) => workspace.files.get(id) ?? []);
    if (files.length < parsed.data.length || files.some(({ bytes }) => !bytes))
      return failure('file_not_found');
    const share = () => shareFiles(workspace, channel, args, files);
    if (workspace.lostShares > 0) workspace.lostShares--;
    else if (workspace.lateShares > 0) workspace.waitingShares.push(share);
    else share();
    return { ok: true, files: parsed.data };
  },
  'files.info': (workspace, args) => {
    const file = workspace.files.get(String(args.file));
    if (!file) return failure('file_not_found');
    if (workspace.lateShares > 0 && --workspace.lateShares === 0)
      for (const share of workspace.waitingShares.splice(0)) share();
    const shares = file.sharedIn === undefined ? {} : { [file.sharedIn]: [{ ts: file.sharedTs }] };
    return { ok: true, file: { ...fileObject(workspace, file), shares: { private: shares } } };
  },
};

function shareFiles(workspace: Workspace, channel: string, args: Args, files: readonly SlackFile[]): void {
  const post: SlackPost = {
    channel,
    ts: workspace.nextTs(),
    ...(args.thread_ts === undefined ? {} : { threadTs: String(args.thread_ts) }),
    via: 'files.completeUploadExternal',
    forms: [{ text: String(args.initial_comment ?? ''), blocks: [] }],
    fileIds: files.map(({ id }) => id),
  };
  workspace.posts.push(post);
  for (const file of files) {
    file.sharedIn = channel;
    file.sharedTs = post.ts;
  }
}

/** The bytes of an upload: the address is the credential, and the announced length must be met. */
export async function takeUpload(
  workspace: Workspace,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const fault = workspace.takeFault('upload');
  if (fault?.hang) return;
  if (fault?.status !== undefined) return void response.writeHead(fault.status).end();
  const file = workspace.files.get(id);
  if (!file || file.bytes) return void response.writeHead(404).end();
  if (bytes.length !== file.length) return void response.writeHead(400).end('size mismatch');
  file.bytes = bytes;
  response.writeHead(200).end(`OK - ${bytes.length}`);
}

/** A private file: without the token, or for another host's, Slack leads to its sign-in page. */
export function givePrivateFile(
  workspace: Workspace,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const fault = workspace.takeFault('download');
  if (fault?.hang) return;
  if (fault?.status !== undefined) return void response.writeHead(fault.status).end();
  if (request.headers.authorization !== `Bearer ${BOT_TOKEN}`)
    return void response.writeHead(302, { location: `${workspace.url}/?redir=files` }).end();
  if (!workspace.scopes.has('files:read'))
    return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>sign in');
  const file = workspace.files.get(id);
  if (!file?.bytes) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'text/csv' }).end(file.bytes);
}

/** A file as it stands in a message event. */
export function attachedFile(
  workspace: Workspace,
  { name, bytes, mimetype = 'text/csv' }: AttachedFile,
): Record<string, unknown> {
  const file: SlackFile = {
    id: workspace.nextId('F0'),
    name,
    length: bytes.length,
    bytes: Buffer.from(bytes),
  };
  workspace.files.set(file.id, file);
  return fileObject(workspace, file, mimetype);
}

/** As Slack names a file in an event of a shared channel: all else is to be asked for. */
export function unseenFile(workspace: Workspace, file: AttachedFile): Record<string, unknown> {
  return { id: attachedFile(workspace, file).id, mode: 'file_access', file_access: 'check_file_info' };
}

function fileObject(
  workspace: Workspace,
  { id, name, length }: SlackFile,
  mimetype = 'text/csv',
): Record<string, unknown> {
  return {
    id,
    name,
    mimetype,
    filetype: name.split('.').at(-1),
    size: length,
    mode: 'snippet',
    url_private: `${workspace.url}/files-pri/${TEAM}-${id}/${name}`,
    url_private_download: `${workspace.url}/files-pri/${TEAM}-${id}/download/${name}`,
  };
}

export interface AttachedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mimetype?: string;
}

function failure(error: string): Answer {
  return { ok: false, error };
}

import { z } from 'zod';
import { type Clock, deadlineSignal } from '../../clock.ts';
import type { SlackSettings } from '../../config.ts';
import { requestUntil } from '../../proxy.ts';
import { type Download, download } from '../chat/download.ts';
import { SLACK_LIMITS } from './limits.ts';
import { callSlack, type SlackClient, type SlackResult } from './web.ts';

/** A file of our own making. */
export interface OutgoingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What is seen on a picture, for whoever cannot see it. Cut at a thousand characters. */
  readonly alt?: string;
}

/** Where an uploaded file is shown. */
export interface ShareTarget {
  readonly channel: string;
  /** Present where the file stands below a message of the conversation. */
  readonly threadTs?: string;
  /** The text of the message with the file, in mrkdwn, escaped. */
  readonly comment: string;
  /** Of the file; its name where there is none. */
  readonly title: string;
}

/** Longer than an ordinary call: a list goes up in one piece. */
const UPLOAD_TIMEOUT_MS = 10_000;
const MISSING_SCOPE = 'The scope files:read is missing: install the app again with manifests/slack-app.yaml';

const opened = z.object({ channel: z.object({ id: z.string() }) });
const ticket = z.object({ upload_url: z.string(), file_id: z.string() });
const messages = z.array(z.object({ ts: z.string() }));
const shares = z.record(z.string(), messages).optional();
const info = z.object({
  file: z.object({ shares: z.object({ public: shares, private: shares }).optional() }),
});

/**
 * What a person attached (`url_private_download`), with the bot's token; needs `files:read`. `mostBytes`: what is
 * longer is not read to its end. A missing scope is told as `refused` with what to do. Never throws.
 */
export async function fetchFile(
  clock: Clock,
  settings: Pick<SlackSettings, 'botToken' | 'apiUrl'>,
  url: string,
  mostBytes: number,
): Promise<Download> {
  /** Slack's own hosts, and the one that stands in its place for a test or a proxy. */
  const mayAsk = (asked: URL) =>
    (settings.apiUrl !== undefined && asked.origin === new URL(settings.apiUrl).origin) ||
    (asked.protocol === 'https:' && /(^|\.)slack\.com$/.test(asked.hostname));
  const headers = { authorization: `Bearer ${settings.botToken}` };
  const found = await download(clock, { url, headers, mostBytes, mayAsk });
  // Without the scope Slack shows its sign-in page, by a redirect or with 200.
  const signIn =
    found.kind === 'ok'
      ? found.contentType.startsWith('text/html')
      : found.kind === 'refused' && found.error === 'HTTP 302';
  return signIn ? { kind: 'refused', error: MISSING_SCOPE } : found;
}

/**
 * Puts the bytes into Slack, where nobody sees them yet: an address (`files.getUploadURLExternal`), then the bytes.
 * The value is the file's id. Needs `files:write`. May be repeated: what is never shared is seen by nobody. Never
 * throws.
 */
export async function uploadFile(
  clock: Clock,
  client: SlackClient,
  { name, bytes, alt }: OutgoingFile,
): Promise<SlackResult<string>> {
  const words = alt === undefined ? {} : { alt_txt: alt.slice(0, SLACK_LIMITS.fileAltText) };
  // By name: the library's own method sends `alt_text`, which Slack does not read (its argument is `alt_txt`).
  const granted = await callSlack(clock, async () =>
    ticket.parse(
      await client.apiCall('files.getUploadURLExternal', { filename: name, length: bytes.length, ...words }),
    ),
  );
  if (granted.kind !== 'ok') return granted;
  const sent = await sendBytes(clock, granted.value.upload_url, bytes);
  return sent.kind === 'ok' ? { kind: 'ok', value: granted.value.file_id } : sent;
}

/** No error names the address: whoever has it can upload. No token goes there. */
async function sendBytes(clock: Clock, url: string, bytes: Uint8Array): Promise<SlackResult<undefined>> {
  const deadline = deadlineSignal(clock, UPLOAD_TIMEOUT_MS);
  try {
    const response = await requestUntil(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
      signal: deadline.signal,
    });
    await response.body.dump();
    if (response.statusCode === 200) return { kind: 'ok', value: undefined };
    return { kind: 'retry', error: `upload: HTTP ${response.statusCode}` };
  } catch (error) {
    return { kind: 'retry', error: error instanceof Error ? `upload: ${error.name}` : 'upload: network' };
  } finally {
    deadline.dispose();
  }
}

/** Shows an uploaded file in one conversation. Slack answers before it has done so: `isShared` tells when it has. */
export function shareFile(
  clock: Clock,
  client: SlackClient,
  fileId: string,
  { channel, threadTs, comment, title }: ShareTarget,
): Promise<SlackResult<unknown>> {
  const file = { id: fileId, title };
  const shared = { files: [file] as [typeof file], channel_id: channel, initial_comment: comment };
  return callSlack(clock, () =>
    client.files.completeUploadExternal(threadTs === undefined ? shared : { ...shared, thread_ts: threadTs }),
  );
}

/** Slack shares a file into a conversation, never with one person of it: only the direct message is private. `comment` is mrkdwn. */
export async function sendToPerson(
  clock: Clock,
  client: SlackClient,
  userId: string,
  file: OutgoingFile,
  comment: string,
): Promise<SlackResult<unknown>> {
  const conversation = await callSlack(clock, async () =>
    opened.parse(await client.conversations.open({ users: userId })),
  );
  if (conversation.kind !== 'ok') return conversation;
  const uploaded = await uploadFile(clock, client, file);
  if (uploaded.kind !== 'ok') return uploaded;
  const target = { channel: conversation.value.channel.id, comment, title: file.name };
  return shareFile(clock, client, uploaded.value, target);
}

/**
 * Whether the file stands in that conversation; asked after a crash, before it is shared again. Needs `files:read`.
 */
export function isShared(
  clock: Clock,
  client: SlackClient,
  fileId: string,
  channel: string,
): Promise<SlackResult<boolean>> {
  return callSlack(clock, async () => {
    const { file } = info.parse(await client.files.info({ file: fileId }));
    return [file.shares?.private, file.shares?.public].some((all) => (all?.[channel] ?? []).length > 0);
  });
}

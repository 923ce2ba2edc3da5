import { request } from 'undici';
import { z } from 'zod';
import { type Clock, deadlineSignal } from '../../clock.ts';
import type { SlackSettings } from '../../config.ts';
import { type Download, download } from '../download.ts';
import { callSlack, type SlackClient, type SlackResult } from './web.ts';

/** A file of our own making. */
export interface OutgoingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What Slack shows above it; the name where there is none. */
  readonly title?: string;
}

/** Where an uploaded file is shown. */
export interface ShareTarget {
  readonly channel: string;
  readonly threadTs?: string;
  /** The text of the message with the file, in mrkdwn, escaped. */
  readonly comment?: string;
}

/** Files to and from Slack; every result is a value. */
export interface SlackFiles {
  /** What a person attached (`url_private_download`), with the bot's token; needs `files:read`. */
  download(url: string, mostBytes: number): Promise<Download>;
  /** Puts the bytes into Slack, where nobody sees them yet. The value is the file's id: note it durably, then share it. */
  upload(file: OutgoingFile): Promise<SlackResult<string>>;
  /** Shows an uploaded file. Slack answers before it has done so: `isShared` tells when it has. */
  share(fileId: string, target: ShareTarget, title?: string): Promise<SlackResult<undefined>>;
  /** Whether the file stands in that conversation: after a crash this is asked before it is shared again. */
  isShared(fileId: string, channel: string): Promise<SlackResult<boolean>>;
}

const UPLOAD_TIMEOUT_MS = 15_000;
const MISSING_SCOPE = 'The scope files:read is missing: install the app again with manifests/slack-app.yaml';

const ticket = z.object({ upload_url: z.string(), file_id: z.string() });
const messages = z.array(z.object({ ts: z.string() }));
const info = z.object({
  file: z.object({
    shares: z
      .object({
        public: z.record(z.string(), messages).optional(),
        private: z.record(z.string(), messages).optional(),
      })
      .optional(),
  }),
});

/** Slack's three steps to a file in a conversation (`files.getUploadURLExternal`, bytes, `files.completeUploadExternal`). */
export function createSlackFiles(
  client: SlackClient,
  settings: Pick<SlackSettings, 'botToken' | 'apiUrl'>,
  clock: Clock,
): SlackFiles {
  /** Slack's own hosts, and the one that stands in its place for a test or a proxy. */
  function isSlack(url: URL): boolean {
    if (settings.apiUrl !== undefined && url.origin === new URL(settings.apiUrl).origin) return true;
    return url.protocol === 'https:' && /(^|\.)slack\.com$/.test(url.hostname);
  }

  async function fetchFile(url: string, mostBytes: number): Promise<Download> {
    const headers = { authorization: `Bearer ${settings.botToken}` };
    const found = await download(clock, { url, headers, mostBytes, mayAsk: isSlack });
    // Without the scope Slack shows its sign-in page, by a redirect or with 200.
    const signIn =
      found.kind === 'ok'
        ? found.contentType.startsWith('text/html')
        : found.kind === 'refused' && found.error === 'HTTP 302';
    return signIn ? { kind: 'refused', error: MISSING_SCOPE } : found;
  }

  async function upload({ name, bytes }: OutgoingFile): Promise<SlackResult<string>> {
    const granted = await callSlack(clock, async () =>
      ticket.parse(await client.files.getUploadURLExternal({ filename: name, length: bytes.length })),
    );
    if (granted.kind !== 'ok') return granted;
    const sent = await sendBytes(granted.value.upload_url, bytes);
    return sent.kind === 'ok' ? { kind: 'ok', value: granted.value.file_id } : sent;
  }

  /** The address is the credential: no token goes there, and no error names it. */
  async function sendBytes(url: string, bytes: Uint8Array): Promise<SlackResult<undefined>> {
    const deadline = deadlineSignal(clock, UPLOAD_TIMEOUT_MS);
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes,
        signal: deadline.signal,
      });
      await response.body.dump();
      if (response.statusCode === 200) return { kind: 'ok', value: undefined };
      return { kind: 'retry', error: `upload: HTTP ${response.statusCode}` };
    } catch (error) {
      return { kind: 'retry', error: error instanceof Error ? error.name : 'network' };
    } finally {
      deadline.dispose();
    }
  }

  return {
    download: fetchFile,
    upload,
    share: (fileId, { channel, threadTs, comment }, title) =>
      callSlack(clock, async () => {
        const file = { id: fileId, ...(title === undefined ? {} : { title }) };
        const text = comment === undefined ? {} : { initial_comment: comment };
        const to = { files: [file] as [typeof file], channel_id: channel, ...text };
        await (threadTs === undefined
          ? client.files.completeUploadExternal(to)
          : client.files.completeUploadExternal({ ...to, thread_ts: threadTs }));
        return undefined;
      }),
    isShared: (fileId, channel) =>
      callSlack(clock, async () => {
        const { file } = info.parse(await client.files.info({ file: fileId }));
        return [file.shares?.private, file.shares?.public].some(
          (shares) => (shares?.[channel] ?? []).length > 0,
        );
      }),
  };
}

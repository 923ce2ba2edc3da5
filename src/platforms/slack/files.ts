import { request } from 'undici';
import { z } from 'zod';
import type { Picture } from '../../cards/card.ts';
import { type Clock, deadlineSignal } from '../../clock.ts';
import { SLACK_LIMITS } from './limits.ts';
import { callSlack, type SlackClient, type SlackResult } from './web.ts';

/** Who gets the picture, and the words above it. */
export interface PictureFor {
  readonly userId: string;
  /** mrkdwn. */
  readonly comment: string;
}

const UPLOAD_TIMEOUT_MS = 10_000;

const opened = z.object({ channel: z.object({ id: z.string() }) });
const target = z.object({ upload_url: z.string(), file_id: z.string() });

/**
 * Puts a picture into the direct message with a person: Slack shares a file into a conversation, never with one person of
 * it, so a message that only one person sees cannot carry it. Three steps (docs.slack.dev, files.getUploadURLExternal and
 * files.completeUploadExternal): an upload address, the bytes, the sharing. Never throws.
 */
export async function sendPicture(
  clock: Clock,
  client: SlackClient,
  { name, png, alt }: Picture,
  { userId, comment }: PictureFor,
): Promise<SlackResult<unknown>> {
  const conversation = await callSlack(clock, async () =>
    opened.parse(await client.conversations.open({ users: userId })),
  );
  if (conversation.kind !== 'ok') return conversation;
  // By name: the library's own method sends `alt_text`, which Slack does not read (its argument is `alt_txt`).
  const asked = { filename: name, length: png.byteLength, alt_txt: alt.slice(0, SLACK_LIMITS.fileAltText) };
  const place = await callSlack(clock, async () =>
    target.parse(await client.apiCall('files.getUploadURLExternal', asked)),
  );
  if (place.kind !== 'ok') return place;
  const { upload_url: url, file_id: id } = place.value;
  const sent = await upload(clock, url, png);
  if (sent.kind !== 'ok') return sent;
  return callSlack(clock, () =>
    client.files.completeUploadExternal({
      files: [{ id, title: name }],
      channel_id: conversation.value.channel.id,
      initial_comment: comment,
    }),
  );
}

/** No error names the address: whoever has it can upload. */
async function upload(clock: Clock, url: string, bytes: Uint8Array): Promise<SlackResult<undefined>> {
  const deadline = deadlineSignal(clock, UPLOAD_TIMEOUT_MS);
  try {
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
      signal: deadline.signal,
    });
    await response.body.dump();
    return response.statusCode === 200
      ? { kind: 'ok', value: undefined }
      : { kind: 'retry', error: `upload: HTTP ${response.statusCode}` };
  } catch (error) {
    return { kind: 'retry', error: error instanceof Error ? `upload: ${error.name}` : 'upload: network' };
  } finally {
    deadline.dispose();
  }
}

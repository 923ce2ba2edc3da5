import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { AttachedFile } from '../chat/list-upload.ts';
import { isMail } from './message-text.ts';
import { callSlack, type SlackClient } from './web.ts';

/**
 * Slack's docs, file object; one that is gone or hidden has no address. `file_access`: `check_file_info` in shared
 * channels.
 */
const file = z
  .object({
    id: z.string().catch(''),
    name: z.string().catch(''),
    mimetype: z.string().catch(''),
    size: z.number().catch(0),
    url_private_download: z.string().optional().catch(undefined),
    url_private: z.string().optional().catch(undefined),
    file_access: z.string().optional().catch(undefined),
  })
  .transform(
    (one): AttachedFile => ({
      name: one.name,
      contentType: one.mimetype,
      size: one.size,
      url: addressOf(one),
      // What has no address cannot be fetched either.
      ...(one.id !== '' && (one.file_access === 'check_file_info' || addressOf(one) === '')
        ? { unseenId: one.id }
        : {}),
    }),
  );
const files = z.array(file).catch([]);

function addressOf(one: {
  readonly url_private_download?: string | undefined;
  readonly url_private?: string | undefined;
}): string {
  return one.url_private_download ?? one.url_private ?? '';
}
const carrier = z.object({
  files: z.array(z.unknown()).optional().catch(undefined),
  attachments: z
    .array(z.object({ files: z.array(z.unknown()).optional().catch(undefined) }).catch({}))
    .optional()
    .catch(undefined),
});
const answer = z.object({ file });

/**
 * The files of a message and of the messages that it forwards, or of a form's file input. Mails are words: see
 * `messageText`.
 */
export function filesOf(message: unknown): AttachedFile[] {
  const { data } = carrier.safeParse(message);
  const all = [...(data?.files ?? []), ...(data?.attachments ?? []).flatMap(({ files: some }) => some ?? [])];
  return files.parse(all.filter((one) => !isMail(one)));
}

/**
 * Asks about those that the event only names (`files.info`). One that is not told stays a list that cannot be
 * fetched. Never throws.
 */
export function inspectFiles(
  clock: Clock,
  client: SlackClient,
  shared: readonly AttachedFile[],
): Promise<AttachedFile[]> {
  return Promise.all(
    shared.map(async (one) => {
      const { unseenId, ...named } = one;
      if (!unseenId) return named;
      const found = await callSlack(clock, async () =>
        answer.parse(await client.files.info({ file: unseenId })),
      );
      return found.kind === 'ok' ? found.value.file : { ...named, name: named.name || 'list.csv' };
    }),
  );
}

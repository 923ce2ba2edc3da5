import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { AttachedFile } from '../list-upload.ts';
import { callSlack, type SlackClient } from './web.ts';

/** A file of a message event. */
export interface SharedFile extends AttachedFile {
  readonly id: string;
  /** The event names it alone; what it is has to be asked for. */
  readonly unseen: boolean;
}

/** Slack's docs, file object; one that is gone or hidden has no address. `file_access`: `check_file_info` in shared channels. */
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
    (one): SharedFile => ({
      id: one.id,
      name: one.name,
      contentType: one.mimetype,
      size: one.size,
      url: one.url_private_download ?? one.url_private ?? '',
      unseen: one.file_access === 'check_file_info',
    }),
  );
const files = z.array(file).catch([]);
const carrier = z.object({
  files: z.array(z.unknown()).optional().catch(undefined),
  attachments: z
    .array(z.object({ files: z.array(z.unknown()).optional().catch(undefined) }).catch({}))
    .optional()
    .catch(undefined),
});
const answer = z.object({ file });

/** The files of a message, and of the messages that it forwards. */
export function filesOf(message: unknown): SharedFile[] {
  const { data } = carrier.safeParse(message);
  const all = [...(data?.files ?? []), ...(data?.attachments ?? []).flatMap(({ files: some }) => some ?? [])];
  return files.parse(all);
}

/** Asks about those that the event only names (`files.info`). One that is not told stays a list that cannot be fetched. Never throws. */
export function inspectFiles(
  clock: Clock,
  client: SlackClient,
  shared: readonly SharedFile[],
): Promise<SharedFile[]> {
  return Promise.all(
    shared.map(async (one) => {
      if (!one.unseen || one.id === '') return one;
      const found = await callSlack(clock, async () =>
        answer.parse(await client.files.info({ file: one.id })),
      );
      return found.kind === 'ok'
        ? { ...found.value.file, unseen: false }
        : { ...one, name: one.name || 'list.csv' };
    }),
  );
}

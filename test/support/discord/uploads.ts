import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { ApiError } from './api-error.ts';

/** A file that came beside a body. */
export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** A body as it came: JSON, or a form of `payload_json` and `files[n]` (Reference, Uploading Files). */
export interface ReceivedBody {
  readonly body: unknown;
  /** By the number in their field's name. */
  readonly uploads: ReadonlyMap<number, Upload>;
}

/** Reads either form. */
export async function receive(request: IncomingMessage): Promise<ReceivedBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data'))
    return { body: bytes.length === 0 ? undefined : JSON.parse(bytes.toString()), uploads: new Map() };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const uploads = new Map<number, Upload>();
  for (const [field, value] of form) {
    const number = /^files\[(\d+)\]$/.exec(field)?.[1];
    if (number === undefined || typeof value === 'string') continue;
    const content = Buffer.from(await value.arrayBuffer());
    uploads.set(Number(number), { name: value.name, type: value.type, bytes: content });
  }
  return { body: JSON.parse(String(form.get('payload_json') ?? 'null')), uploads };
}

const naming = z.object({
  embeds: z.array(z.object({ image: z.object({ url: z.string() }).optional() })).optional(),
  attachments: z.array(z.object({ id: z.number(), filename: z.string().optional() })).optional(),
});

/** What a body says of files must be there, and each file must be described: else its picture would stay blank. */
export function checkUploads({ body, uploads }: ReceivedBody): void {
  const named = naming.safeParse(body);
  if (!named.success) return;
  const { embeds = [], attachments = [] } = named.data;
  const breaches: string[] = [];
  for (const { id } of attachments)
    if (!uploads.has(id)) breaches.push(`attachments: no file ${id} was sent`);
  for (const [id, { name }] of uploads) {
    const described = attachments.find((one) => one.id === id);
    if (described?.filename !== undefined && described.filename !== name)
      breaches.push(`attachments: file ${id} has another name`);
  }
  const names = new Set([...uploads.values()].map(({ name }) => name));
  for (const { image } of embeds) {
    const wanted = /^attachment:\/\/(.*)$/.exec(image?.url ?? '')?.[1];
    if (wanted !== undefined && !names.has(wanted)) breaches.push(`embeds: no file ${wanted} was sent`);
  }
  if (breaches.length > 0) throw new ApiError(50035, breaches);
}

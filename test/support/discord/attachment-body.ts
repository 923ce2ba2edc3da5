import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
import type { World } from './world.ts';

/** Without a boost of the server, all files of a message together (Discord, Uploading Files). */
const MAX_BYTES = 10 * 1024 * 1024;

/** A file as it stands in Discord. */
export interface StoredFile {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  /** Below the stand-in's own address. */
  readonly path: string;
}

const wanted = z.looseObject({
  embeds: z.array(z.looseObject({ image: z.looseObject({ url: z.string() }).optional() })).optional(),
  attachments: z
    .array(
      z.strictObject({
        id: z.union([z.number(), z.string()]),
        filename: z.string().min(1).max(1024).optional(),
        description: z.string().max(1024).optional(),
        title: z.string().max(1024).optional(),
      }),
    )
    .max(10)
    .optional(),
});

/**
 * The body of a call: JSON, or a multipart one of `payload_json` and `files[n]`. Each announced attachment must have its file, and each
 * file its name; what comes out names the stored files.
 */
export async function readBody(world: World, request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data'))
    return bytes.length === 0 ? undefined : JSON.parse(String(bytes));
  if (bytes.length > MAX_BYTES) throw new ApiError(40005);
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const body: unknown = JSON.parse(String(form.get('payload_json') ?? '{}'));
  const files = new Map<string, StoredFile>();
  for (const [name, value] of form) {
    const key = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (key === undefined || typeof value === 'string') continue;
    const content = Buffer.from(await value.arrayBuffer());
    files.set(key, storeFile(world, value.name, value.type, content));
  }
  return withStored(body, files);
}

function withStored(body: unknown, files: ReadonlyMap<string, StoredFile>): unknown {
  const parsed = wanted.safeParse(body);
  if (!parsed.success) throw new ApiError(50035, [z.prettifyError(parsed.error)]);
  const { attachments, embeds = [] } = parsed.data;
  const announced = attachments ?? [...files.keys()].map((id) => ({ id, filename: files.get(id)?.filename }));
  const stored = announced.map(({ id, ...words }) => {
    const file = files.get(String(id));
    if (!file) throw new ApiError(50035, [`attachments: no files[${id}]`]);
    return { ...words, id: file.id, filename: words.filename ?? file.filename };
  });
  if (stored.length < files.size) throw new ApiError(50035, ['attachments: a file that none of them names']);
  for (const { image } of embeds) {
    const shown = /^attachment:\/\/(.*)$/.exec(image?.url ?? '')?.[1];
    if (shown !== undefined && !stored.some(({ filename }) => filename === shown))
      throw new ApiError(50035, [`embeds: no file ${shown} was sent`]);
  }
  return { ...parsed.data, attachments: stored };
}

/** Puts a file where it can be fetched from. */
export function storeFile(world: World, filename: string, contentType: string, bytes: Buffer): StoredFile {
  const id = world.nextId();
  const file = { id, filename, contentType, bytes, path: `/attachments/${id}/${filename}` };
  world.files.set(id, file);
  return file;
}

/** An attachment as it stands in a message. */
export function attachmentPayload(world: World, id: string) {
  const file = world.files.get(id);
  if (!file) return [];
  const url = `${world.url}${file.path}?ex=1&is=1&hm=signed`;
  const { filename, contentType, bytes } = file;
  return [{ id, filename, content_type: contentType, size: bytes.length, url, proxy_url: url }];
}

/** The file behind a signed address; undefined for anything else, and for one whose signature is not there. */
export function fileAt(world: World, url: URL): StoredFile | undefined {
  if (!url.searchParams.has('hm')) return undefined;
  const path = decodeURIComponent(url.pathname);
  return [...world.files.values()].find((file) => file.path === path);
}

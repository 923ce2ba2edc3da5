import type { DiscordMessageWithFiles } from './embed.ts';

/** What REST is given for a message: JSON, or a form that is encoded already. */
export interface MessageRequest {
  /** JSON, or the bytes of an encoded form. */
  readonly body: unknown;
  /** discord.js is to send the body as it is. */
  readonly passThroughBody?: true;
  /** The type of the form, with its boundary; absent for JSON, which discord.js names itself. */
  readonly headers?: Record<string, string>;
}

/**
 * Files travel beside the body, as `payload_json` and `files[n]` (Reference, Uploading Files). Encoded here, by
 * Node's own form: discord.js would hand that form to whichever undici set the global dispatcher last, and version 7
 * cannot send Node's.
 */
export async function messageRequest(
  { files, ...message }: DiscordMessageWithFiles,
  more: Readonly<Record<string, unknown>> = {},
): Promise<MessageRequest> {
  const body = { ...message, ...more };
  if (!files) return { body };
  const form = new FormData();
  form.append('payload_json', JSON.stringify(body));
  for (const [index, { name, type, bytes }] of files.entries())
    form.append(`files[${index}]`, new Blob([bytes], { type }), name);
  const encoded = new Response(form);
  return {
    body: new Uint8Array(await encoded.arrayBuffer()),
    passThroughBody: true,
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
  };
}

import type { RawFile } from 'discord.js';
import type { Clock } from '../../clock.ts';
import type { DiscordSettings } from '../../config.ts';
import { type Download, download } from '../download.ts';

/** A file of our own making. */
export interface OutgoingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** For whoever cannot see a picture. */
  readonly description?: string;
}

/** What `rest.post` and `rest.patch` take for a message with files: `payload_json` and `files[n]` of one multipart body. */
export interface WithFiles<Body> {
  readonly body: Body & { readonly attachments: readonly object[] };
  readonly files: RawFile[];
}

/** A message with files beside it; all of them together may have 10 MiB (Discord, Uploading Files). */
export function withFiles<Body extends object>(body: Body, files: readonly OutgoingFile[]): WithFiles<Body> {
  const attachments = files.map(({ name, description }, id) => ({
    id,
    filename: name,
    ...(description === undefined ? {} : { description }),
  }));
  return {
    body: { ...body, attachments },
    files: files.map(({ name, bytes, contentType }) => ({ name, contentType, data: Buffer.from(bytes) })),
  };
}

const HOSTS = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

/** Fetches what a person attached; its address is signed and works for about a day, so no token is sent along. */
export function fetchAttachment(
  clock: Clock,
  settings: Pick<DiscordSettings, 'apiUrl'>,
  url: string,
  mostBytes: number,
): Promise<Download> {
  /** Discord's own hosts, and the one that stands in its place for a test or a proxy. */
  const mayAsk = (asked: URL) =>
    (settings.apiUrl !== undefined && asked.origin === new URL(settings.apiUrl).origin) ||
    (asked.protocol === 'https:' && HOSTS.has(asked.hostname));
  return download(clock, { url, mostBytes, mayAsk });
}

import type { Clock } from '../../clock.ts';
import type { DiscordSettings } from '../../config.ts';
import { type Download, download } from '../chat/download.ts';

/**
 * Where Discord keeps attachments (Discord's docs, Signed Attachment CDN URLs); nothing is fetched from anywhere
 * else.
 */
const HOSTS = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

/**
 * Fetches what a person attached; its address is signed and works for about a day, so no token is sent along.
 * `mostBytes`: what is longer is not read to its end. Never throws.
 */
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

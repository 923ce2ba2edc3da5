/**
 * Airalo's official SDK as its README shows it. It knows one fixed address, speaks TLS only and has no seam for either, so Node's
 * own `https.request` is led to the simulator over plain HTTP; of the SDK itself nothing is changed: the token it keeps, its file cache of
 * 300 s and its errors are its own.
 */
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';

interface Sdk {
  initialize(): Promise<unknown>;
  getSimUsage(iccid: string): Promise<{ data: { remaining: number; total: number } } | null>;
}

const airalo = new URL(process.env.AIRALO_BASE_URL ?? '');
Object.assign(https, {
  request: (options: http.RequestOptions, answered: (response: http.IncomingMessage) => void) =>
    http.request({ ...options, host: airalo.hostname, port: airalo.port }, answered),
});
const load = createRequire(new URL('../package.json', import.meta.url));
const { Airalo }: { Airalo: new (config: Readonly<Record<string, string>>) => Sdk } = load('airalo-sdk');

const sdk = new Airalo({
  client_id: process.env.AIRALO_CLIENT_ID ?? '',
  client_secret: process.env.AIRALO_CLIENT_SECRET ?? '',
});
await sdk.initialize();

/** The answer in words; what the SDK throws as one sentence. */
export async function usageText(iccid: string): Promise<string> {
  try {
    const usage = await sdk.getSimUsage(iccid.trim());
    return usage ? `${usage.data.remaining} MB of ${usage.data.total} MB left` : 'Airalo tells nothing';
  } catch (error) {
    return `Sorry, that failed: ${String(error).slice(0, 200)}`;
  }
}

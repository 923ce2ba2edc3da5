/**
 * An afternoon's work: Bolt and Airalo's official SDK. The SDK has one fixed address and speaks TLS only, so its constant and Node's
 * `https.request` are pointed at the simulator; its cache, its token handling and its errors are its own.
 */

import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { startBolt } from './bolt.ts';
import { ready } from './control.ts';

interface Sdk {
  initialize(): Promise<Sdk>;
  simUsage(of: { iccid: string }): Promise<{ data: { remaining: number; total: number } } | null>;
}

const load = createRequire(new URL('../package.json', import.meta.url));
const constants: { BASE_URL: { production: string } } = load('airalo-sdk/src/constants/ApiConstants');
constants.BASE_URL.production = `${process.env.AIRALO_BASE_URL}/v2/`;
https.request = http.request;
const { Airalo }: { Airalo: new (config: Record<string, string>) => Sdk } = load('airalo-sdk');

const sdk = new Airalo({
  client_id: process.env.AIRALO_CLIENT_ID ?? '',
  client_secret: process.env.AIRALO_CLIENT_SECRET ?? '',
});
let initialised: Promise<Sdk> | undefined;
const { app, port } = await startBolt();
app.command('/esim-usage', async ({ ack, command, respond }) => {
  await ack();
  try {
    initialised ??= sdk.initialize();
    const usage = await (await initialised).simUsage({ iccid: command.text.trim() });
    const text = usage ? `${usage.data.remaining} MB of ${usage.data.total} MB left` : 'No data';
    await respond({ text, response_type: 'ephemeral' });
  } catch (error) {
    await respond({ text: `Sorry, that failed: ${String(error).slice(0, 200)}`, response_type: 'ephemeral' });
  }
});
ready(port);

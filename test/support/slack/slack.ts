import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { request as httpRequest } from 'undici';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { holdOpen, listen } from '../listen.ts';
import { until } from '../until.ts';
import { givePrivateFile, takeUpload } from './file-routes.ts';
import { answerResponseUrl, showAcknowledgement } from './response-urls.ts';
import { answerWebApi } from './web-api.ts';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Workspace } from './workspace.ts';

export type TransportKind = 'socket' | 'http';
/** What Slack sends: its kind decides the envelope, or the form of the request. */
export type Push =
  | { readonly kind: 'command'; readonly payload: Readonly<Record<string, string>> }
  | { readonly kind: 'event'; readonly payload: Readonly<Record<string, unknown>> }
  | { readonly kind: 'interactive'; readonly payload: Readonly<Record<string, unknown>> };

export interface SlackStandIn {
  readonly workspace: Workspace;
  /** The settings that lead the bot here. */
  readonly env: Readonly<Record<string, string>>;
  /** Over HTTP the bot's own address, once it is known. */
  botUrl: string;
  readonly sockets: ReadonlySet<WebSocket>;
  /** How many were ever opened. Those of a killed process leave `sockets` a moment after its end: a new one shows here alone. */
  readonly socketsOpened: number;
  /** What becomes of the next upgrades: opened, never answered, or reset. */
  upgrades: 'opened' | 'unanswered' | 'reset';
  /** Every connection is reset and none is taken, as while the network is away. */
  away: boolean;
  /** Connections whose upgrade was never answered, and which the other side still holds. */
  readonly unanswered: ReadonlySet<Duplex>;
  /** Cuts every socket without a word. */
  cutSockets(): void;
  /** Announces the end of each socket that is open, as Slack does when it recycles them. */
  announceEnd(reason: 'warning' | 'refresh_requested'): void;
  /** Sends and resolves with the status of the acknowledgement. */
  push(push: Push): Promise<number>;
  responseUrl(id: string): string;
  close(): Promise<void>;
}

const ENVELOPE_TYPES = {
  command: 'slash_commands',
  event: 'events_api',
  interactive: 'interactive',
} as const;
const ackMessage = z.object({ envelope_id: z.string(), payload: z.unknown() });

/**
 * A Slack workspace on the loopback, with its Web API, its sockets, its signatures and its response URLs. `reachedAs` is the host
 * in the addresses it gives out, for a bot that comes through a proxy.
 */
export async function startSlack(
  kind: TransportKind,
  clock: Clock,
  { reachedAs = '127.0.0.1' }: { readonly reachedAs?: string } = {},
): Promise<SlackStandIn> {
  const workspace = new Workspace(clock);
  const sockets = new Set<WebSocket>();
  let socketsOpened = 0;
  const unanswered = new Set<Duplex>();
  /** What each acknowledgement said, by its envelope. */
  const acknowledged = new Map<string, unknown>();
  let base = '';
  const socketUrl = () => `${base.replace('http', 'ws')}/link?ticket=${randomUUID()}`;
  const server = createServer((request, response) => {
    if (standIn.away) return void request.socket.destroy();
    const respondId = /^\/respond\/(\w+)$/.exec(request.url ?? '')?.[1];
    const uploadId = /^\/upload\/v1\/(\w+)$/.exec(request.url ?? '')?.[1];
    const fileId = /^\/files-pri\/\w+-(\w+)\/download\//.exec(request.url ?? '')?.[1];
    if (fileId) return givePrivateFile(workspace, fileId, request, response);
    const work = respondId
      ? answerResponseUrl(workspace, respondId, request, response)
      : uploadId
        ? takeUpload(workspace, uploadId, request, response)
        : answerWebApi(workspace, socketUrl, request, response);
    work.catch(() => response.destroy());
  });
  const socketServer = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, stream, head) => {
    if (standIn.away || standIn.upgrades === 'reset') return void stream.destroy();
    if (standIn.upgrades === 'unanswered') return holdOpen(stream, unanswered);
    socketServer.handleUpgrade(request, stream, head, (socket) => socketServer.emit('connection', socket));
  });
  socketServer.on('connection', (socket: WebSocket) => {
    sockets.add(socket);
    socketsOpened++;
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data) => {
      const ack = ackMessage.safeParse(JSON.parse(String(data)));
      if (ack.success) acknowledged.set(ack.data.envelope_id, ack.data.payload);
    });
    socket.send(
      JSON.stringify({ type: 'hello', num_connections: sockets.size, connection_info: { app_id: 'A1' } }),
    );
  });
  const { url: local, close } = await listen(server);
  const url = local.replace('127.0.0.1', reachedAs);
  base = url;
  workspace.url = url;

  async function overSocket(push: Push): Promise<number> {
    const [socket] = [...sockets].toReversed();
    if (!socket) throw new Error('No socket is open');
    const envelopeId = randomUUID();
    const type = ENVELOPE_TYPES[push.kind];
    socket.send(
      JSON.stringify({
        type,
        envelope_id: envelopeId,
        payload: push.payload,
        accepts_response_payload: type !== 'events_api',
      }),
    );
    await until('the acknowledgement', () => acknowledged.has(envelopeId));
    showAcknowledgement(workspace, push, acknowledged.get(envelopeId));
    return 200;
  }

  const standIn: SlackStandIn = {
    workspace,
    upgrades: 'opened',
    unanswered,
    away: false,
    cutSockets() {
      for (const socket of sockets) socket.terminate();
    },
    announceEnd(reason) {
      for (const socket of sockets) socket.send(JSON.stringify({ type: 'disconnect', reason }));
    },
    botUrl: '',
    sockets,
    get socketsOpened() {
      return socketsOpened;
    },
    env: {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_API_URL: `${url}/api/`,
      ...(kind === 'socket' ? { SLACK_APP_TOKEN: APP_TOKEN } : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
    },
    push: async (push) => {
      if (kind === 'socket') return overSocket(push);
      const { status, said } = await exchangeSigned(standIn.botUrl, requestOf(push));
      showAcknowledgement(workspace, push, said);
      return status;
    },
    responseUrl: (id) => `${url}/respond/${id}`,
    async close() {
      for (const socket of sockets) socket.terminate();
      for (const stream of unanswered) stream.destroy();
      socketServer.close();
      await close();
    },
  };
  return standIn;
}

export interface SignedRequest {
  readonly type: string;
  readonly body: string;
}

/** The body as Slack forms it for each kind. */
export function requestOf(push: Push): SignedRequest {
  switch (push.kind) {
    case 'command':
      return {
        type: 'application/x-www-form-urlencoded',
        body: new URLSearchParams(push.payload).toString(),
      };
    case 'interactive':
      return {
        type: 'application/x-www-form-urlencoded',
        body: new URLSearchParams({ payload: JSON.stringify(push.payload) }).toString(),
      };
    case 'event':
      return { type: 'application/json', body: JSON.stringify(push.payload) };
    default:
      return push satisfies never;
  }
}

/** Signs as Slack does; `changes` makes a forgery of it. Returns the status. */
export async function sendSigned(
  botUrl: string,
  request: SignedRequest,
  changes: Forgery = {},
): Promise<number> {
  return (await exchangeSigned(botUrl, request, changes)).status;
}

interface Forgery {
  readonly at?: number;
  readonly secret?: string;
  readonly body?: string;
  readonly signature?: string;
}

function signedHeaders({ type, body }: SignedRequest, changes: Forgery): Record<string, string> {
  // Bolt compares with the system's clock.
  const at = changes.at ?? Math.floor(Date.now() / 1000);
  const signed = createHmac('sha256', changes.secret ?? SIGNING_SECRET)
    .update(`v0:${at}:${body}`)
    .digest('hex');
  return {
    'content-type': type,
    'x-slack-request-timestamp': String(at),
    ...(changes.signature === '' ? {} : { 'x-slack-signature': changes.signature ?? `v0=${signed}` }),
  };
}

/** Sends it, and is gone before anything can be answered. */
export async function sendAndLeave(botUrl: string, request: SignedRequest): Promise<void> {
  const { hostname, port } = new URL(botUrl);
  const headers = {
    host: hostname,
    'content-length': String(Buffer.byteLength(request.body)),
    ...signedHeaders(request, {}),
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(`POST /slack/events HTTP/1.1\r\n${head.join('')}\r\n${request.body}`, () => socket.destroy());
  await once(socket, 'close');
}

/** As `sendSigned`, with what the acknowledgement says; undefined where that is no JSON. */
export async function exchangeSigned(
  botUrl: string,
  { type, body }: SignedRequest,
  changes: Forgery = {},
): Promise<{ status: number; said: unknown }> {
  const response = await httpRequest(`${botUrl}/slack/events`, {
    method: 'POST',
    headers: signedHeaders({ type, body }, changes),
    body: changes.body ?? body,
  });
  const isJson = String(response.headers['content-type']).startsWith('application/json');
  const text = await response.body.text();
  return { status: response.statusCode, said: isJson ? JSON.parse(text) : undefined };
}

import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { holdOpen } from '../listen.ts';
import { guildPayload, userPayload } from './payloads.ts';
import type { World } from './world.ts';

export const INTENTS = { guilds: 1, guildMessages: 1 << 9, directMessages: 1 << 12, messageContent: 1 << 15 };
/** GUILD_MEMBERS, GUILD_PRESENCES, MESSAGE_CONTENT: each needs a switch in the portal. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);
/** Of the application, once its owner has switched the intent on: for a small bot, and for a verified one. */
export const MESSAGE_CONTENT_FLAGS = (1 << 18) | (1 << 19);
const HIGHEST_INTENT = 1 << 26;

const frame = z.object({ op: z.int(), d: z.unknown() });
const identify = z.object({
  token: z.string(),
  intents: z.int(),
  shard: z.tuple([z.int(), z.int()]).optional(),
});
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.int() });

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly sent: { readonly s: number; readonly text: string }[];
  sequence: number;
  socket: WebSocket | undefined;
}

export interface Gateway {
  /** How often somebody has said IDENTIFY and RESUME. */
  readonly counts: { identified: number; resumed: number; heartbeats: number; connected: number };
  /** Sends an event to every session whose intents allow it; kept for those that will resume. */
  dispatch(name: string, data: unknown, neededIntent?: number): void;
  /** Sessions with a living connection. */
  connected(): number;
  /** Closes every connection; with `forget` the sessions cannot be resumed. */
  closeAll(code: number, options?: { readonly forget: boolean }): void;
  /** What becomes of the next connections: opened, never upgraded, reset, or opened and never greeted. */
  upgrades: 'opened' | 'unanswered' | 'reset' | 'silent';
  /** Cuts every connection without a word. */
  cutAll(): void;
  /** From now on every IDENTIFY is answered with this close code; undefined lets them in again. */
  refuseWith(code: number | undefined): void;
  stop(): void;
}

/** Discord's gateway over a real WebSocket, at `/gateway` of the REST server. */
export function createGateway(world: World, server: Server, url: () => string): Gateway {
  const sessions = new Map<string, Session>();
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, stream, head) => {
    if (gateway.upgrades === 'reset') return void stream.destroy();
    if (gateway.upgrades === 'unanswered') return holdOpen(stream, unanswered);
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket));
  });
  const counts = { identified: 0, resumed: 0, heartbeats: 0, connected: 0 };
  const unanswered = new Set<Duplex>();
  let refusal: number | undefined;

  sockets.on('connection', (socket: WebSocket) => {
    counts.connected++;
    if (gateway.upgrades === 'silent') return;
    send(socket, 10, { heartbeat_interval: 41_250 });
    let session: Session | undefined;
    socket.on('message', (raw) => {
      const { op, d } = frame.parse(JSON.parse(String(raw)));
      if (op === 1) {
        counts.heartbeats++;
        send(socket, 11, null);
      }
      if (op === 2) session = onIdentify(socket, identify.parse(d));
      if (op === 6) session = onResume(socket, resume.parse(d));
    });
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = undefined;
    });
  });

  function onIdentify(socket: WebSocket, asked: z.infer<typeof identify>): Session | undefined {
    counts.identified++;
    const code = refusal ?? closeCodeFor(asked);
    if (code !== undefined) {
      socket.close(code);
      return undefined;
    }
    const session: Session = {
      id: randomBytes(16).toString('hex'),
      intents: asked.intents,
      sent: [],
      sequence: 0,
      socket,
    };
    sessions.set(session.id, session);
    const joined = [...world.guilds.values()].filter(({ botIsMember }) => botIsMember);
    emit(session, 'READY', {
      v: 10,
      user: userPayload(world.bot),
      guilds: joined.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url(),
      shard: asked.shard ?? [0, 1],
      application: { id: world.applicationId, flags: 0 },
    });
    for (const guild of joined) emit(session, 'GUILD_CREATE', guildPayload(world, guild));
    return session;
  }

  function closeCodeFor({ token, intents }: z.infer<typeof identify>): number | undefined {
    if (token !== world.token) return 4004;
    if (intents < 0 || intents >= HIGHEST_INTENT) return 4013;
    const granted = (world.applicationFlags & MESSAGE_CONTENT_FLAGS) === 0 ? 0 : INTENTS.messageContent;
    return (intents & PRIVILEGED & ~granted) === 0 ? undefined : 4014;
  }

  function onResume(socket: WebSocket, asked: z.infer<typeof resume>): Session | undefined {
    const session = sessions.get(asked.session_id);
    if (!session || asked.token !== world.token) {
      send(socket, 9, false);
      return undefined;
    }
    counts.resumed++;
    session.socket = socket;
    for (const { s, text } of session.sent) if (s > asked.seq) socket.send(text);
    emit(session, 'RESUMED', {});
    return session;
  }

  function emit(session: Session, t: string, d: unknown): void {
    const s = ++session.sequence;
    const text = JSON.stringify({ op: 0, t, s, d });
    session.sent.push({ s, text });
    session.socket?.send(text);
  }

  const gateway: Gateway = {
    counts,
    upgrades: 'opened',
    cutAll() {
      for (const socket of sockets.clients) socket.terminate();
    },
    dispatch(name, data, neededIntent = 0) {
      for (const session of sessions.values())
        if ((session.intents & neededIntent) === neededIntent) emit(session, name, data);
    },
    connected: () => [...sessions.values()].filter(({ socket }) => socket !== undefined).length,
    closeAll(code, { forget } = { forget: false }) {
      for (const session of sessions.values()) {
        session.socket?.close(code);
        session.socket = undefined;
      }
      if (forget) sessions.clear();
    },
    refuseWith: (code) => {
      refusal = code;
    },
    stop() {
      for (const socket of sockets.clients) socket.terminate();
      for (const stream of unanswered) stream.destroy();
      sockets.close();
    },
  };
  return gateway;
}

function send(socket: WebSocket, op: number, d: unknown): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ op, d, s: null, t: null }));
}

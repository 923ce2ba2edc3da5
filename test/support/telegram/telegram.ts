import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../../../src/clock.ts';
import { listen } from '../listen.ts';
import { createMethods, Refusal } from './methods.ts';
import { createPeople, type People } from './people.ts';
import { createUpdates, type Updates } from './updates.ts';
import { TelegramWorld } from './world.ts';

/** What goes wrong on one of the next calls of a method. */
type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly description?: string }
  | { readonly kind: 'rate-limited'; readonly retryAfterS: number }
  /** The call has its effect, and the connection breaks before the answer. */
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'reset' }
  /** A proxy's page in the place of Telegram's answer. */
  | { readonly kind: 'page' };

export interface TelegramStandIn {
  /** For `TELEGRAM_API_URL`. */
  readonly apiUrl: string;
  readonly world: TelegramWorld;
  readonly updates: Updates;
  readonly people: People;
  /** Every connection is reset, as while the network is away. */
  away: boolean;
  /** The token was revoked. */
  refused: boolean;
  /** Every call, oldest first; those of one method when named. */
  calls(method?: string): readonly { readonly method: string; readonly body: unknown }[];
  failNext(method: string, fault: Fault, times?: number): void;
  mend(): void;
  close(): Promise<void>;
}

/** Telegram's Bot API on the loopback, by the rules of its documentation. */
export async function startTelegram(clock: Clock): Promise<TelegramStandIn> {
  const world = new TelegramWorld(clock);
  const updates = createUpdates(world);
  const methods = createMethods(world);
  const calls: { method: string; body: unknown }[] = [];
  const faults = new Map<string, Fault[]>();

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      world.violations.push(String(error));
      response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (standIn.away) return void request.socket.destroy();
    const [, kind, token, rest = ''] = /^\/(bot|file\/bot)([^/]+)\/(.*)$/.exec(request.url ?? '') ?? [];
    if (token !== world.token) return refuse(response, new Refusal(404, 'Not Found'));
    if (standIn.refused) return refuse(response, new Refusal(401, 'Unauthorized'));
    if (kind === 'file/bot') return giveFile(rest, response);
    const body = await bodyOf(request);
    calls.push({ method: rest, body });
    const fault = faults.get(rest)?.shift();
    if (fault?.kind === 'reset') return void request.socket.destroy();
    if (fault?.kind === 'page') return void response.writeHead(502).end('<html>Bad gateway</html>');
    if (fault?.kind === 'status')
      return refuse(response, new Refusal(fault.status, fault.description ?? 'Internal Server Error'));
    if (fault?.kind === 'rate-limited')
      return refuse(
        response,
        new Refusal(429, `Too Many Requests: retry after ${fault.retryAfterS}`, {
          retry_after: fault.retryAfterS,
        }),
      );
    if (rest === 'getUpdates') return poll(body, response);
    try {
      const method = methods[rest];
      if (!method) throw new Refusal(404, 'Not Found: method not found');
      const result = method(body);
      if (fault?.kind === 'answer-lost') return void request.socket.destroy();
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ok: true, result }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(response, error);
    }
  }

  function poll(body: unknown, response: ServerResponse): void {
    const { offset = 0, timeout = 0 } = Object(body);
    try {
      const end = updates.poll(Number(offset), Number(timeout), {
        answer(result) {
          if ('conflict' in result)
            return refuse(
              response,
              new Refusal(
                409,
                'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
              ),
            );
          response
            .writeHead(200, { 'content-type': 'application/json' })
            .end(JSON.stringify({ ok: true, result: result.updates }));
        },
      });
      response.on('close', end);
    } catch {
      refuse(
        response,
        new Refusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        ),
      );
    }
  }

  function giveFile(path: string, response: ServerResponse): void {
    const bytes = world.files.get(path.replace('documents/', ''));
    if (bytes) response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    else response.writeHead(404).end();
  }

  const { url, close } = await listen(server);
  const standIn: TelegramStandIn = {
    apiUrl: url,
    world,
    updates,
    people: createPeople(world, updates),
    away: false,
    refused: false,
    calls: (method) => calls.filter((call) => method === undefined || call.method === method),
    failNext(method, fault, times = 1) {
      faults.set(method, [...(faults.get(method) ?? []), ...Array.from({ length: times }, () => fault)]);
    },
    mend() {
      faults.clear();
      standIn.away = false;
      standIn.refused = false;
    },
    close,
  };
  return standIn;
}

function refuse(response: ServerResponse, { status, description, parameters }: Refusal): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ ok: false, error_code: status, description, parameters }));
}

/** JSON, or a form with one file, whose fields are text. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data'))
    return bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'));
  return formOf(bytes.toString('latin1'), /boundary=(\S+)/.exec(type)?.[1] ?? '');
}

/** grammY writes its headers without blanks, which Node's own reader of forms refuses and Telegram takes. */
function formOf(text: string, boundary: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const part of text.split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...rest] = part.replace(/^\r\n|\r\n$/g, '').split('\r\n\r\n');
    const content = rest.join('\r\n\r\n');
    const name = /(?<!file)name="?([^";\r]+)/i.exec(head)?.[1] ?? '';
    const file = /filename="?([^";\r]+)/i.exec(head)?.[1];
    const bytes = Buffer.from(content, 'latin1');
    if (file === undefined) fields[name] ??= bytes.toString('utf8');
    else fields.document = { name: file, bytes: new Uint8Array(bytes) };
  }
  return fields;
}

import { createServer } from 'node:http';
import { request } from 'undici';
import { z } from 'zod';
import type { Platform } from '../../src/usage/platform.ts';
import { outcomeOf } from '../../src/usage/reply-to-read.ts';
import { listen } from './listen.ts';

export interface Board {
  readonly url: string;
  /** What each message shows, by its key: every text it was ever edited to, oldest first. */
  readonly shown: ReadonlyMap<string, readonly string[]>;
  /** Answers 503 to the next `times` edits. */
  failNext(times: number): void;
  close(): Promise<void>;
}

const edit = z.object({ key: z.string(), text: z.string() });

/** A message board with editable messages: the simplest place an answer can go to. */
export async function startBoard(): Promise<Board> {
  const shown = new Map<string, string[]>();
  let failures = 0;
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    if (failures > 0) {
      failures--;
      response.writeHead(503).end();
      return;
    }
    const { key, text } = edit.parse(JSON.parse(Buffer.concat(chunks).toString()));
    shown.set(key, [...(shown.get(key) ?? []), text]);
    response.writeHead(204).end();
  });
  const { url, close } = await listen(server);
  return {
    url,
    shown,
    failNext: (times) => {
      failures = times;
    },
    close,
  };
}

/** A platform whose every answer is an edit on the board. Takes the terminal's name: it is the one without rules. */
export function createBoardPlatform(boardUrl: string): Platform {
  return {
    name: 'terminal',
    start: async () => undefined,
    stop: async () => undefined,
    health: () => ({ ready: true, detail: 'board' }),
    mayReceive: async () => ({ kind: 'allowed' }),
    async deliver(address, reply, { stage, signal }) {
      if (stage === 'interim') return { kind: 'delivered', route: 'interim' };
      const body = JSON.stringify({ key: address.messageKey, text: outcomeOf(reply) });
      try {
        const response = await request(boardUrl, { method: 'PUT', body, signal });
        await response.body.dump();
        if (response.statusCode === 204) return { kind: 'delivered', route: 'edit' };
        return { kind: 'retry', error: `HTTP ${response.statusCode}` };
      } catch (error) {
        return { kind: 'retry', error: String(error) };
      }
    },
  };
}

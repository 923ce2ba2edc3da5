import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { send } from './answers.ts';
import { bodyOf, formOf } from './request-body.ts';

/** What the tokens live, and what Airalo says they do. */
const TOKEN_LIFE_MS = 24 * 60 * 60 * 1000;
const SAID_LIFE_SECONDS = 31_622_400;

const credentials = z.object({ client_id: z.string(), client_secret: z.string() });

/** Gives out bearer tokens for the one client there is, and knows them again. */
export function createTokens(
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  now: () => number,
) {
  const tokens = new Map<string, number>();

  return {
    /** Whether the request carries a token that lives. */
    authorize(request: IncomingMessage): boolean {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      return (tokens.get(token) ?? 0) > now();
    },
    revokeAll: () => tokens.clear(),
    /** `POST /v2/token`. */
    async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const given = credentials.safeParse(formOf(await bodyOf(request)));
      // Airalo's docs: an unknown client id fails the validation, a wrong secret the authentication.
      if (given.data?.client_id !== clientId)
        return send(response, 422, {
          data: { client_id: 'The selected client id is invalid.' },
          meta: { message: 'the parameter is invalid' },
        });
      if (given.data.client_secret !== clientSecret)
        return send(response, 401, { data: [], meta: { message: 'Client authentication failed' } });
      const token = randomUUID();
      tokens.set(token, now() + TOKEN_LIFE_MS);
      // Says a year and means a day, as Airalo does.
      const data = { token_type: 'Bearer', expires_in: SAID_LIFE_SECONDS, access_token: token };
      send(response, 200, { data, meta: { message: 'success' } });
    },
  };
}

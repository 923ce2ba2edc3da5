import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';

/** How one request is answered. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** An Airalo whose every byte a test decides, for what the simulator has no switch for. */
export interface AiraloStandIn {
  readonly url: string;
  readonly seen: IncomingMessage[];
  readonly usageCalls: number;
  readonly tokenCalls: number;
  close(): Promise<void>;
}

export const GOOD_USAGE = JSON.stringify({
  data: { status: 'ACTIVE', is_unlimited: false, remaining: 1331, total: 5120, expired_at: null },
});

let tokens = 0;
export const grantToken: Answer = (response) =>
  void response.end(JSON.stringify({ data: { access_token: `token-${++tokens}`, expires_in: 86_400 } }));
/** A 401 in Airalo's own words. */
export const refuseToken: Answer = (response) =>
  void response.writeHead(401).end('{"data":[],"meta":{"message":"Authentication failed."}}');
export const answerWell: Answer = (response) => void response.end(GOOD_USAGE);

export async function startStandIn(answers: { token?: Answer; usage?: Answer }): Promise<AiraloStandIn> {
  const seen: IncomingMessage[] = [];
  const isToken = (request: IncomingMessage) => request.url === '/v2/token';
  const server = createServer((request, response) => {
    seen.push(request);
    const answer = isToken(request) ? (answers.token ?? grantToken) : (answers.usage ?? answerWell);
    answer(response, request);
  });
  const { url, close } = await listen(server);
  return {
    url,
    seen,
    get usageCalls() {
      return seen.filter((request) => !isToken(request)).length;
    },
    get tokenCalls() {
      return seen.filter(isToken).length;
    },
    close,
  };
}

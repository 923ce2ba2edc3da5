import { type CallToolResult, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { type Iccid, parseIccid } from '../../domain/iccid.ts';
import { StoreError } from '../../storage/ports.ts';
import { VERSION } from '../../version.ts';
import type { AnyReply } from '../answer.ts';
import { apiAddress } from '../callback-platform.ts';
import type { Caller } from '../caller.ts';
import type { Questions } from '../questions.ts';
import { malformed } from '../replies.ts';
import type { Scope } from '../scopes.ts';
import { foundOf, OUTPUTS, toldOf } from './answers.ts';

/** What the tools answer with, for one caller. */
export interface McpParts {
  readonly questions: Questions;
  readonly caller: Caller;
  /** Whether a bot runs that keeps what is promised here. */
  readonly canPromise: boolean;
  readonly clock: Clock;
}

/** Nothing is changed by any tool, at Airalo or here; the world outside is asked. */
const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };
const iccid = z
  .string('must be a string: as a number it loses its last digits')
  .max(60)
  .describe('The eSIM: an ICCID of 18 to 22 digits');
const ofOne = z.object({ iccid });
const MAX_MATCHES = 20;

/** One server of MCP for one caller; what activates an eSIM is never given to a model, whatever the scopes. */
export function createMcpServer({ questions, caller, canPromise, clock }: McpParts): McpServer {
  const server = new McpServer(
    { name: 'esim-usage-bot', version: VERSION },
    {
      instructions:
        'Reads what is left on Airalo eSIMs. Airalo lets one eSIM be read about once in 15 minutes: every answer says how old its figure is and when asking again helps. Never repeat a whole ICCID in public.',
    },
  );

  /** Refused without the scope; else what `ask` comes to. An outage of the store is told, never thrown. */
  async function answer<T extends object>(scope: Scope, ask: () => Promise<T>): Promise<CallToolResult> {
    if (!caller.scopes.includes(scope))
      return failed(`This key lacks the scope ${scope}: its owner can be asked for one that has it.`);
    try {
      const structuredContent = { ...(await ask()) };
      return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return failed('The bot cannot reach its store at the moment. Ask again in a minute.');
    }
  }

  async function aboutOne<R extends AnyReply>(text: string, read: (one: Iccid) => Promise<R>) {
    const parsed = parseIccid(text);
    return toldOf(parsed.kind === 'ok' ? await read(parsed.iccid) : malformed(), clock.now(), canPromise);
  }

  server.registerTool(
    'check_usage',
    {
      title: 'Check usage',
      description:
        'Data, voice and texts left on one eSIM, with the age of the figure. Deferred: it says when a new one can be had; with "promise" the bot then reads it by itself.',
      inputSchema: ofOne.extend({
        promise: z
          .boolean()
          .optional()
          .describe('When no answer can be had now: have the bot read it as soon as it may'),
      }),
      outputSchema: OUTPUTS.usage,
      annotations: READ_ONLY,
    },
    ({ iccid: text, promise }) =>
      answer('usage', () =>
        aboutOne(text, (one) => {
          const address = promise && canPromise ? { address: apiAddress(caller, { kind: 'kept' }) } : {};
          return questions.usage(caller, one, address);
        }),
      ),
  );
  server.registerTool(
    'list_packages',
    {
      title: 'List packages',
      description: 'The packages one eSIM has or had, top-ups among them.',
      inputSchema: ofOne,
      outputSchema: OUTPUTS.packages,
      annotations: READ_ONLY,
    },
    ({ iccid: text }) => answer('details', () => aboutOne(text, (one) => questions.packages(caller, one))),
  );
  server.registerTool(
    'esim_details',
    {
      title: 'eSIM details',
      description:
        'The order one eSIM came with: package, validity, brand, access point. Nothing that activates it.',
      inputSchema: ofOne,
      outputSchema: OUTPUTS.details,
      annotations: READ_ONLY,
    },
    ({ iccid: text }) => answer('details', () => aboutOne(text, (one) => questions.details(caller, one))),
  );
  server.registerTool(
    'list_topups',
    {
      title: 'List top-ups',
      description: 'What could be bought for one eSIM. Nothing is bought by asking.',
      inputSchema: ofOne,
      outputSchema: OUTPUTS.topUps,
      annotations: READ_ONLY,
    },
    ({ iccid: text }) => answer('details', () => aboutOne(text, (one) => questions.topUps(caller, one))),
  );
  server.registerTool(
    'find_esim',
    {
      title: 'Find an eSIM',
      description:
        'The eSIMs that a name the team gave, four or more digits, an order, or a customer of the reseller means.',
      inputSchema: z.object({ query: z.string().trim().min(1).max(100) }),
      outputSchema: OUTPUTS.found,
      annotations: READ_ONLY,
    },
    async ({ query }) => {
      let isRefused = false;
      const answered = await answer('details', async () => {
        const result = await questions.find(caller, query);
        isRefused = result.kind === 'too-many';
        return foundOf(result, MAX_MATCHES);
      });
      return isRefused ? { ...answered, isError: true } : answered;
    },
  );
  return server;
}

function failed(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { StoreError } from '../storage/ports.ts';
import type { AccessDecision } from '../usage/access.ts';
import type { Platform, ReplyAddress } from '../usage/platform.ts';
import type { CallbackSender } from './callback-delivery.ts';
import type { Caller } from './caller.ts';
import type { ApiKey, ApiKeys } from './keys.ts';
import { usageReplyOf } from './replies.ts';

/** Where an answer goes that was promised to a key. */
const routes = z.object({
  /** Absent for the operator's own shell. */
  keyId: z.string().optional(),
  to: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('callback'), callback: z.string() }),
    /** Nowhere: the reading is there when they ask again. */
    z.object({ kind: z.literal('kept') }),
  ]),
});
type Destination = z.infer<typeof routes>['to'];

/** The same place asked twice is the same promise. */
export function apiAddress({ asker, keyId, place }: Caller, to: Destination): ReplyAddress {
  const where = to.kind === 'callback' ? to.callback : place;
  const messageKey = `api:${createHash('sha256').update(`${asker}\n${where}`).digest('hex').slice(0, 32)}`;
  return { platform: 'api', asker, messageKey, routes: { ...(keyId === undefined ? {} : { keyId }), to } };
}

/** The outbox's way to those who asked by key: promised answers go out as callbacks. */
export function createCallbackPlatform(keys: ApiKeys, sender: CallbackSender): Platform {
  /** Undefined where there is no such key any more, or it lost its scope. */
  async function holder(address: ReplyAddress): Promise<ApiKey | 'shell' | undefined> {
    const { data } = routes.safeParse(address.routes);
    if (!data) return undefined;
    if (data.keyId === undefined) return 'shell';
    const key = await keys.find(data.keyId);
    return key?.scopes.includes('usage') ? key : undefined;
  }

  return {
    name: 'api',
    start: async () => undefined,
    stop: () => sender.close(),
    health: () => ({ ready: true, detail: 'takes requests on /v1 and /mcp' }),
    async mayReceive(address): Promise<AccessDecision> {
      try {
        if ((await holder(address)) !== undefined) return { kind: 'allowed' };
        return { kind: 'refused', need: { kind: 'full-member' } };
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        return { kind: 'refused', need: { kind: 'check-failed' } };
      }
    },
    async deliver(address, reply, { jobId, stage, signal }) {
      // There is nothing to edit: who asked has been told a time, and asks again or waits.
      if (stage === 'interim') return { kind: 'delivered', route: 'none' };
      const { data } = routes.safeParse(address.routes);
      const key = await holder(address);
      // Nothing is said to a key that was revoked, not even that.
      if (!data || key === undefined) return { kind: 'undeliverable', reason: 'The key was revoked' };
      if (data.to.kind === 'kept' || key === 'shell') return { kind: 'delivered', route: 'kept' };
      const content = { id: jobId, reply: usageReplyOf(reply) };
      return sender.send(data.to.callback, key.callbackSecret, content, signal);
    },
  };
}

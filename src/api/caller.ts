import type { ApiKey } from './keys.ts';
import type { Scope } from './scopes.ts';

/** Who asks through a door that is no chat, and what they may. */
export interface Caller {
  /** For the audit and the limits; see `ReplyAddress.asker`. */
  readonly asker: string;
  readonly scopes: readonly Scope[];
  /** Which door, for the audit. */
  readonly place: 'api' | 'mcp';
  /** Absent where the operator's own shell is the key: MCP over stdio. */
  readonly keyId?: string;
}

/** The holder of a key at a door. */
export function callerOf({ id, name, scopes }: ApiKey, place: Caller['place']): Caller {
  return { asker: `api:${name}`, scopes, place, keyId: id };
}

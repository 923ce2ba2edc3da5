/**
 * Who may look up. The platforms collect the facts, this decides; the same rule serves commands, buttons, direct
 * messages, mentions and the delivery of a promised answer.
 */
export interface Asker {
  readonly userId: string;
  /** `member` belongs to the space; `guest` does so in part; `outsider` comes from another one (or is a bot). */
  readonly standing: 'member' | 'guest' | 'outsider';
  /** Workspace or guild; absent in a Discord direct message. */
  readonly spaceId?: string;
  /** The channel and, in a thread, its parent. Absent in a direct message. */
  readonly channelIds?: readonly string[];
  /** Roles or user groups the person holds, of those the policy names. */
  readonly groupIds: readonly string[];
  /** Manages the space or owns the application. */
  readonly steward: boolean;
}

/** The operator's lists of ids; an empty one narrows nothing. */
export interface AccessPolicy {
  readonly spaces: readonly string[];
  readonly channels: readonly string[];
  readonly groups: readonly string[];
  readonly users: readonly string[];
  /** Who is let in where none of the lists above is set. */
  readonly whenUnset: 'members' | 'stewards';
}

/** What a refused person would need; the words are made in `cards`. */
export type AccessNeed =
  | { readonly kind: 'full-member' }
  | { readonly kind: 'space' }
  | { readonly kind: 'channel'; readonly channelIds: readonly string[] }
  | { readonly kind: 'group'; readonly groupIds: readonly string[] }
  | { readonly kind: 'steward' }
  /** To stand in a setting of the operator's; `personId` is what they would write there. */
  | { readonly kind: 'listed'; readonly personId: string; readonly setting: string }
  /**
   * The facts could not be had (an API error): refused rather than guessed; asking again may help, unless the
   * service refuses the bot itself.
   */
  | { readonly kind: 'check-failed'; readonly because?: 'credentials-refused' };

/** Who may read prices and the balance: those the operator's settings name, and nobody else. */
export type MoneyDecision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'not-in-group'; readonly groupIds: readonly string[] }
  /** The operator has named nobody; `setting` is where they would. */
  | { readonly kind: 'not-set-up'; readonly setting: string }
  | { readonly kind: 'check-failed' };

/** Allowed, or what would be needed. */
export type AccessDecision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly need: AccessNeed };

const ALLOWED: AccessDecision = { kind: 'allowed' };

/** Where first, then who. Pure: the facts were collected before. */
export function decideAccess(policy: AccessPolicy, asker: Asker): AccessDecision {
  // Before every list: a guest whose id stands in one is still a guest.
  if (asker.standing !== 'member') return refuse({ kind: 'full-member' });
  if (asker.spaceId !== undefined && lacks(policy.spaces, [asker.spaceId])) return refuse({ kind: 'space' });
  if (asker.channelIds !== undefined && lacks(policy.channels, asker.channelIds))
    return refuse({ kind: 'channel', channelIds: policy.channels });
  return decideByPerson(policy, asker);
}

/** Naming somebody, by user or by group, is enough anywhere; a list of channels alone opens those channels only. */
function decideByPerson(policy: AccessPolicy, asker: Asker): AccessDecision {
  if (policy.users.includes(asker.userId)) return ALLOWED;
  if (policy.groups.length > 0 || policy.users.length > 0) {
    // Where people are named, being in the right channel is not enough.
    const held = asker.groupIds.some((id) => policy.groups.includes(id));
    return held ? ALLOWED : refuse({ kind: 'group', groupIds: policy.groups });
  }
  const inDirectMessage = asker.channelIds === undefined;
  if (policy.channels.length > 0)
    return inDirectMessage ? refuse({ kind: 'channel', channelIds: policy.channels }) : ALLOWED;
  // A direct message belongs to no server, so the list of servers opens none.
  if (policy.spaces.length > 0 && !inDirectMessage) return ALLOWED;
  return policy.whenUnset === 'members' || asker.steward ? ALLOWED : refuse({ kind: 'steward' });
}

/** Whether a list is set and holds none of these; an empty list asks for nothing. */
function lacks(required: readonly string[], held: readonly string[]): boolean {
  return required.length > 0 && !held.some((id) => required.includes(id));
}

function refuse(need: AccessNeed): AccessDecision {
  return { kind: 'refused', need };
}

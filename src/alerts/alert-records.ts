import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { inTurn } from '../storage/in-turn.ts';
import type { CallGate, Registry } from '../storage/ports.ts';
import { type AlertState, alertState } from './alert-state.ts';

/** Longer than a plan's last warnings are apart; renewed with each event. So months of alerts stay bounded. */
const REMEMBERED_MS = 45 * 24 * 60 * 60 * 1000;

const postRecord = z.object({
  /** Of the parent message, as the platform wrote it. */
  place: z.unknown().optional(),
  /** Noted before a new message is sent. */
  sending: z.object({ mark: z.string(), at: z.number() }).exactOptional(),
  /** Ids of the entries that stand in the channel. */
  shown: z.array(z.string()),
  /** Of the face that stands there. */
  drawn: z.string().exactOptional(),
});
/** What of a subject stands in one platform's channel. */
export type PostRecord = z.infer<typeof postRecord>;

/** Everything the alerts keep, in the registry. */
export interface AlertRecords {
  /**
   * Undefined for a subject that nothing was heard of for 45 days, and for a record that cannot be
   * read.
   */
  state(subject: string): Promise<AlertState | undefined>;
  putState(state: AlertState): Promise<void>;
  post(subject: string, platform: string): Promise<PostRecord>;
  putPost(subject: string, platform: string, record: PostRecord): Promise<void>;
  /** The subject a button is about. */
  subjectOf(handle: string): Promise<string | undefined>;
  /** Twelve characters at random: the buttons carry it, and it tells nothing of the eSIM. */
  newHandle(): string;
  /** Runs `work` while nobody else changes the state of the subject. */
  inTurn<T>(subject: string, work: () => Promise<T>): Promise<T>;
}

/** Keeps states, posts and handles, each for `REMEMBERED_MS` from its last change. */
export function createAlertRecords(registry: Registry, gate: CallGate, clock: Clock): AlertRecords {
  return {
    state: async (subject) => alertState.safeParse(await registry.get('alert', subject)).data,
    async putState(state) {
      await registry.put('alert-handle', state.handle, state.subject, REMEMBERED_MS);
      await registry.put('alert', state.subject, state, REMEMBERED_MS);
    },
    post: async (subject, platform) =>
      postRecord.safeParse(await registry.get('alert-post', `${platform}:${subject}`)).data ?? { shown: [] },
    putPost: (subject, platform, record) =>
      registry.put('alert-post', `${platform}:${subject}`, record, REMEMBERED_MS),
    subjectOf: async (handle) => z.string().safeParse(await registry.get('alert-handle', handle)).data,
    newHandle: () => randomBytes(9).toString('base64url'),
    inTurn: (subject, work) => inTurn({ gate, clock }, `alert:${subject}`, work),
  };
}

/**
 * What a person has asked, as it stands in the store between taking a question and answering it: a second or two as a rule, two hours where
 * nothing can be sent, and until the dead letter goes where nothing could be.
 */
export interface QuestionVeil {
  /** `jobId` names the place: what was covered for one question opens for no other. */
  cover(ask: unknown, jobId: string): unknown;
  /** What was never covered is returned as it is. Undefined for what cannot be opened. */
  uncover(stored: unknown, jobId: string): unknown;
}

/** Questions stand as the store keeps everything: sealed where there is a `STORE_KEY`. */
export const NO_VEIL: QuestionVeil = { cover: (ask) => ask, uncover: (stored) => stored };

/** The sealing of the store, as far as a veil needs it; `open` throws where the key does not fit. */
interface Sealing {
  close(value: unknown, context: string): unknown;
  open(stored: unknown, context: string): unknown;
}

/**
 * For a store without a key where people ask by e-mail: what was asked is sealed by itself, so that the address stands nowhere in clear. It
 * lies within the payload, since a payload that is sealed as a whole would need a `STORE_KEY` to start.
 */
export function veilWith(sealing: Sealing): QuestionVeil {
  const contextOf = (jobId: string) => `question ${jobId}`;
  return {
    cover: (ask, jobId) => ({ covered: sealing.close(ask, contextOf(jobId)) }),
    uncover(stored, jobId) {
      if (typeof stored !== 'object' || stored === null || !('covered' in stored)) return stored;
      try {
        return sealing.open(stored.covered, contextOf(jobId));
      } catch {
        return undefined;
      }
    },
  };
}

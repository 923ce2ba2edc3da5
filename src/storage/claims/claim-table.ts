import type { OutboxJob } from '../ports.ts';

/** A job under a lease. `holder` is the fencing token: who cannot show it changes nothing. */
export interface ClaimedJob {
  readonly job: OutboxJob;
  readonly holder: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Epoch ms by the claimer's clock, as of the claim; renewals move it in the store, not here. */
  readonly leaseUntil: number;
}

/** What becomes of a leased job. `backAt`: when it may be taken again. */
export type JobEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly error: string; readonly backAt: number }
  | { readonly kind: 'defer'; readonly backAt: number }
  | { readonly kind: 'dead'; readonly reason: string };

/** What a worker asks for. */
export interface Claim {
  readonly type: string;
  /** Epoch ms by the claimer's clock. */
  readonly now: number;
  /** For how long the lease is good unless it is renewed. */
  readonly visibilityMs: number;
  /** As many as the claimer has places for. */
  readonly limit: number;
  /** Ids the claimer is working on: its own, even when it was late to renew their lease. */
  readonly except: readonly string[];
}

/** What a claim came to. */
export interface Claimed {
  readonly jobs: readonly ClaimedJob[];
  /** Where there were none: when the next one of this type may be taken, by the claimer's clock; undefined when there is none. */
  readonly nextDueAt?: number | undefined;
}

/** What a worker does to the jobs of an engine. Each is one statement or one script: no process sees half of it. Every method throws `StoreError`. */
export interface ClaimTable {
  /** Takes what is due, earliest first, and what a dead worker left behind, which counts as a failed attempt. */
  claim(claim: Claim): Promise<Claimed>;
  /** Hands back, untouched, what was claimed by somebody who must not begin it any more. */
  unclaim(claimed: readonly ClaimedJob[]): Promise<void>;
  /** All of them at once; returns the ids of those that are still the holder's, with a lease for `visibilityMs` from `now`. */
  renew(held: readonly ClaimedJob[], now: number, visibilityMs: number): Promise<ReadonlySet<string>>;
  /** False when the lease is somebody else's by now, here and below. */
  savePayload(claimed: ClaimedJob, payload: unknown): Promise<boolean>;
  /** `retry` counts an attempt, `defer` none. */
  end(claimed: ClaimedJob, end: JobEnd, now: number): Promise<boolean>;
}

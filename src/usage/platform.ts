import type { Iccid } from '../domain/iccid.ts';
import type { AccessDecision } from './access.ts';
import type { AlertBoard } from './alert-board.ts';
import type { BulkBoard } from './bulk-board.ts';
import type { DigestReport } from './digest-report.ts';
import type { Reply } from './reply.ts';

/** Every messaging service there is: the one list of them. What is stored names one of these. */
export const PLATFORM_NAMES = ['slack', 'discord', 'telegram', 'terminal', 'page', 'api'] as const;
/** The first part of every asker and message key. */
export type PlatformName = (typeof PLATFORM_NAMES)[number];

/**
 * Where an answer goes. Made and read by one platform, stored unread by the core: `routes` holds the warm route (edit
 * the first answer) and the cold ones (channel, direct message), each with its expiry and its privacy. It contains secrets
 * (a response URL, an interaction token): never log it.
 */
export interface ReplyAddress {
  readonly platform: PlatformName;
  /** Who asked, unique within the platform (`T123:U456`); their pending answers are listed by it. */
  readonly asker: string;
  /**
   * Names the one message the answer belongs to, unique among all platforms (begin it with the platform's name), so that
   * a message is promised at most one answer per eSIM and two answers into it are written one after the other.
   */
  readonly messageKey: string;
  /** Plain JSON. */
  readonly routes: unknown;
}

/** A messaging service, as the core sees it. One per folder in `src/platforms`. */
export interface Platform {
  readonly name: PlatformName;
  /**
   * Connects, and goes on trying for as long as the service is away; later losses it mends by itself. Resolves once the platform
   * takes questions for the first time, or is stopped; rejects with a `StartError` when the service refuses it, after which
   * it may be called again.
   */
  start(): Promise<void>;
  /** Stops taking questions at once, finishes what is being sent, leaves nothing open. Idempotent. */
  stop(): Promise<void>;
  /** One line for `/readyz`: whether questions reach us at this moment. */
  health(): PlatformHealth;
  /** Asked again when a promised answer is due: the person may have left, or lost the role. */
  mayReceive(address: ReplyAddress): Promise<AccessDecision>;
  /**
   * Sends a promised answer by the best route that is open now. At-least-once: it may be called again with the same
   * `jobId` after a crash, and must then not show a second message where the platform allows that.
   * Never widens privacy. Never throws for what a platform may answer.
   */
  deliver(address: ReplyAddress, reply: Reply, context: DeliveryContext): Promise<DeliveryOutcome>;
  /**
   * Answers a question whose process died or could not show its answer, by the best route that is open now. At-least-once, as
   * `deliver`. Absent where a question ends with its process.
   */
  readonly resume?: (question: Question, context: ResumeContext) => Promise<DeliveryOutcome>;
  /** Brings what a digest has to tell, as `deliver` does. Absent where nothing can come by itself. */
  readonly report?: (
    address: ReplyAddress,
    report: DigestReport,
    context: DeliveryContext,
  ) => Promise<DeliveryOutcome>;
  /** Where lists can be sent as files. */
  readonly bulkBoard?: BulkBoard;
  /** Where an alert channel is configured. */
  readonly alertBoard?: AlertBoard;
}

/** `detail` is for the operator; it names no person. */
export interface PlatformHealth {
  readonly ready: boolean;
  readonly detail: string;
  /** Nothing comes and nothing is being tried any more: only another process mends that. */
  readonly stalled?: boolean;
}

/** What a delivery may know and do. */
export interface DeliveryContext {
  readonly jobId: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly signal: AbortSignal;
  /**
   * `interim`: the promise stands and only its time has moved; edit the placeholder when that costs nothing,
   * never send a new message for it.
   */
  readonly stage: 'final' | 'interim';
  /** Makes a changed address durable before the next step: a use of a URL counted, "sending" noted. */
  saveAddress(address: ReplyAddress): Promise<void>;
}

/** What answering a question late may know and do. */
export interface ResumeContext extends DeliveryContext {
  /** Its patience is over: a last word is all that is owed. */
  readonly overdue: boolean;
}

/** A question as it is kept until its answer is shown. Plain JSON; the address holds secrets. */
export interface Question {
  readonly address: ReplyAddress;
  readonly requestId: string;
  /** Epoch ms. */
  readonly askedAt: number;
  /** What was asked: made and read by the conversation, stored unread. */
  readonly ask: unknown;
}

/** A question in the hands of the process that took it. It is held until `done` or `handOver`. */
export interface QuestionHold {
  readonly jobId: string;
  /** False when another process has taken over: nothing more is to be said by this one. */
  ours(): Promise<boolean>;
  /** Keeps what has become known, such as the message that a later answer edits. Never throws. */
  save(change: Partial<Pick<Question, 'address' | 'ask'>>): Promise<void>;
  /** Its answer is shown. Never throws. */
  done(): Promise<void>;
  /** Leaves it to whoever works off questions, not before `notBefore` (epoch ms). False when nobody will. Never throws. */
  handOver(notBefore?: number): Promise<boolean>;
}

/** How a delivery ended; the worker decides what follows. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly route: string }
  /** Try later: the platform is down, or asked to wait until `notBefore` (epoch ms). */
  | { readonly kind: 'retry'; readonly error: string; readonly notBefore?: number }
  /** No route is left. `remedy` tells the operator what to mend, where there is something. */
  | { readonly kind: 'undeliverable'; readonly reason: string; readonly remedy?: string };

/** A question with the place its answer goes to. */
export interface LookupRequest {
  readonly iccid: Iccid;
  /** Absent: nothing is promised, the caller only wants what can be had now. */
  readonly address?: ReplyAddress;
  /** Who asks where there is no address, for the limits and the audit. Neither: the operator, who has no limit. */
  readonly asker?: string;
  /** Runs from the command to the last delivery, in every log line. */
  readonly requestId: string;
  /** Where it was asked, for the audit: a channel id or `dm`. */
  readonly place: string;
  /** Of a list that was counted as a whole, by its rows: the limit on single questions leaves it alone. */
  readonly counted?: boolean;
}

/** A reply that nobody has to wait for. */
export interface ReadyReply {
  readonly reply: Reply;
  /** It has gone to the person: into the log, the audit and the metrics. */
  given(): void;
}

/** An answer that is owed. */
export interface PendingReply {
  readonly jobId: string;
  readonly iccid: Iccid;
  readonly answerAt: number;
  readonly address: ReplyAddress;
}

/** What the core offers to a platform. A platform gets nothing else: no store, no Airalo, no other platform. */
export interface UsageService {
  /** Answers a question; when it must wait and there is an address, queues the answer before saying so. */
  lookup(request: LookupRequest): Promise<Reply>;
  /**
   * What `lookup` would answer from a reading that is still current; undefined where it has to ask, to wait or to refuse. Asks nobody,
   * promises nothing, and notes nothing down before it is `given`. `by` is called only where there is such a reading, and is undefined
   * for somebody who may not ask.
   */
  ready(
    iccid: Iccid,
    by: () => Promise<Omit<LookupRequest, 'iccid'> | undefined>,
  ): Promise<ReadyReply | undefined>;
  /** "Tell me when fresh": queues an answer for the next reading and says when. Never asks Airalo now. */
  promise(request: LookupRequest & { readonly address: ReplyAddress }): Promise<Reply>;
  /** What is known without asking Airalo: the last reading, or the wait; `undefined` when nothing is known. */
  peek(iccid: Iccid, messageKey?: string): Promise<Reply | undefined>;
  /** False when it was not theirs, or is no longer pending. */
  cancel(jobId: string, asker: string): Promise<boolean>;
  pendingOf(asker: string): Promise<PendingReply[]>;
  /** How many more of theirs the store holds and cannot open: they come when the key is back. */
  unreadableOf(asker: string): Promise<number>;
  /**
   * Makes a question durable and takes it; undefined when it is known already, on any process. Without the store it is taken all the
   * same, for this process alone; with a store that takes longer than `waitMs` it is taken before it is durable.
   */
  accept(question: Question, waitMs?: number): Promise<QuestionHold | undefined>;
  /** True for the first who names `key`, on any process, for `ttlMs`; false after. The guard against duplicates. */
  claim(key: string, ttlMs: number): Promise<boolean>;
  /** Keeps a small value of plain JSON behind a short random id (`[A-Za-z0-9_-]`, at least 8) for button payloads. */
  remember(value: unknown, ttlMs: number): Promise<string>;
  /** The same for what somebody has asked, which may name a customer: it stands as questions do (see `QuestionVeil`). */
  rememberAsked(value: unknown, ttlMs: number): Promise<string>;
  /** Keeps such a value under an id of the caller's own, in place of what was there. */
  keep(id: string, value: unknown, ttlMs: number): Promise<void>;
  /** What was remembered, as it was stored: check its shape. `undefined` when it is too old or unknown. */
  recall(id: string): Promise<unknown>;
}

/** The configuration or the platform refuses to start the bot; `remedy` names what to change. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code = 'START_REFUSED';
  readonly remedy: string;
  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}

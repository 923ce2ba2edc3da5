import type { BulkFace, BulkRefusal } from '../domain/bulk.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { AccessDecision } from './access.ts';
import type { DeliveryContext, DeliveryOutcome, ReplyAddress } from './platform.ts';
import type { Reply } from './reply.ts';

/**
 * The direct message in which a list is answered, on one platform. None of the calls throws for what a platform may answer.
 */
export interface BulkBoard {
  /** Changes the message of the address to the face; idempotent, and left out where it cannot be had. */
  show(address: ReplyAddress, face: BulkFace): Promise<DeliveryOutcome>;
  /**
   * Brings the file into the direct message. At-least-once: called again after a crash it must not bring a second one where
   * the platform allows finding out.
   */
  send(
    address: ReplyAddress,
    file: BulkFile,
    context: Omit<DeliveryContext, 'stage'>,
  ): Promise<DeliveryOutcome>;
  /** A last word where the person may not read the answer any more. */
  refuse(
    address: ReplyAddress,
    decision: Extract<AccessDecision, { kind: 'refused' }>,
  ): Promise<DeliveryOutcome>;
}

/** An answered list. */
export interface BulkFile {
  /** Unique among the files of a conversation: the same list has the same name. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Rows in it. */
  readonly rows: number;
}

/** A list somebody sent to the bot. */
export interface BulkUpload {
  readonly bytes: Uint8Array;
  /** Of the message that shows how far it has come. */
  readonly address: ReplyAddress;
  readonly requestId: string;
  readonly locale: string;
}

/** What a platform may do with lists. It has checked who asks. */
export interface BulkService {
  /** Bytes of the largest file worth fetching. */
  readonly mostBytes: number;
  /** Which of the files is a list, by their names and types, or why none is. */
  pick<File extends NamedFile>(files: readonly File[]): PickedFile<File>;
  /**
   * Takes a list; it is durable before this resolves, and from then on its message is shown by `BulkBoard.show` alone. Or says why it
   * is not taken.
   */
  start(upload: BulkUpload): Promise<BulkRefusal | undefined>;
  /** What was answered about some eSIMs, in the form of a list's answer. Asks nobody. */
  csvOf(iccids: readonly Iccid[], replies: ReadonlyMap<Iccid, Reply>, locale: string): BulkFile;
  /** What to show after Cancel; undefined where the message changes by itself, or nothing is left to cancel. */
  cancel(jobId: string, asker: string): Promise<BulkFace | undefined>;
}

/** As far as its kind is told by it. */
export interface NamedFile {
  readonly name: string;
  readonly contentType: string;
}

/** See `BulkService.pick`. */
export type PickedFile<File> =
  | { readonly kind: 'list'; readonly file: File }
  | { readonly kind: 'none'; readonly refusal: BulkRefusal };

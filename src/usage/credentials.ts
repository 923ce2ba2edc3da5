import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Registry } from '../storage/ports.ts';
import type { AlertBoard, OperatorNotice } from './alert-board.ts';

/** A credential that its service does not take; only the operator can mend that. */
export interface Refusal {
  /** The setting: `SLACK_BOT_TOKEN`. */
  readonly name: string;
  readonly service: Service;
  /** The service's own code for it. */
  readonly error: string;
  readonly remedy: string;
}

/** Who gives credentials. */
type Service = 'slack' | 'discord' | 'telegram' | 'airalo';

/** Whoever uses a credential says how it fares; saying the same again costs nothing. */
export interface CredentialReport {
  refused(refusal: Refusal): void;
  taken(name: string): void;
  isRefused(name: string): boolean;
}

/** What is known of the credentials, and who is told. */
export interface CredentialService extends CredentialReport {
  refusals(): readonly Refusal[];
  /** Tells nobody any more. */
  stop(): void;
}

/** A platform whose alert channel can hear of another service's refusal. */
interface NoticeChannel {
  readonly name: string;
  readonly alertBoard?: AlertBoard;
}

/** What the usage service is made from. `channels` are asked for when there is something to tell: they are made later. */
export interface CredentialParts {
  readonly registry: Pick<Registry, 'putIfAbsent' | 'delete'>;
  readonly channels: () => readonly NoticeChannel[];
  readonly clock: Clock;
  readonly log: Log;
}

const TOLD = 'credential-told';
/** A refusal that lasts longer is told once more. */
const TOLD_FOR_MS = 24 * 60 * 60 * 1000;
const TELL_AGAIN_MS = 30_000;

/**
 * Remembers which credentials are refused. With each change: one line in the log, and one message in the alert channels of
 * the platforms that still work, whichever of several processes has seen it first.
 */
export function createCredentialService({
  registry,
  channels,
  clock,
  log,
}: CredentialParts): CredentialService {
  const refused = new Map<string, Refusal>();
  const stopped = new AbortController();

  /** Until the news is in one channel at least, or is news no more. */
  async function tell(notice: OperatorNotice, isStill: () => boolean): Promise<void> {
    const mark = `credential-${notice.refusal.name}-${clock.now()}`;
    while (!stopped.signal.aborted && isStill()) {
      const boards = channels().flatMap(({ name, alertBoard }) =>
        alertBoard?.notify && name !== notice.refusal.service ? [alertBoard.notify] : [],
      );
      if (boards.length === 0) return;
      const results = await Promise.all(boards.map((notify) => notify(notice, mark)));
      if (results.some(({ kind }) => kind === 'ok')) return;
      await clock.sleep(TELL_AGAIN_MS, stopped.signal).catch(() => undefined);
    }
  }

  async function tellRefused(refusal: Refusal): Promise<void> {
    if (!(await registry.putIfAbsent(TOLD, refusal.name, true, TOLD_FOR_MS))) return;
    await tell({ kind: 'refused', refusal }, () => refused.has(refusal.name));
  }

  async function tellTaken(refusal: Refusal): Promise<void> {
    // Only what was told as refused, and by whoever is first.
    if (!(await registry.delete(TOLD, refusal.name))) return;
    await tell({ kind: 'taken', refusal }, () => !refused.has(refusal.name));
  }

  const unheard = (error: unknown) =>
    log.warn({ err: error }, 'The alert channel was not told of credentials');

  return {
    refused(refusal) {
      if (stopped.signal.aborted || refused.has(refusal.name)) return;
      refused.set(refusal.name, refusal);
      const { name, error, remedy } = refusal;
      log.error({ credential: name, error, remedy }, `${name} is refused (${error}). Remedy: ${remedy}`);
      tellRefused(refusal).catch(unheard);
    },
    taken(name) {
      const refusal = refused.get(name);
      if (!refusal || stopped.signal.aborted) return;
      refused.delete(name);
      log.info({ credential: name }, `${name} is taken again`);
      tellTaken(refusal).catch(unheard);
    },
    isRefused: (name) => refused.has(name),
    refusals: () => [...refused.values()],
    stop: () => stopped.abort(),
  };
}

import type { HomeView, ModalView } from '@slack/types';
import type { Clock } from '../../../src/clock.ts';
import type { StepExecution } from './steps.ts';
import type { OpenForm } from './views.ts';

export const TEAM = 'T0001';
export const BOT_USER = 'UBOT';
export const BOT_TOKEN = 'xoxb-test-bot';
export const APP_TOKEN = 'xapp-test-app';
export const SIGNING_SECRET = 'test-signing-secret';

/** What the installed app was granted: the manifest's scopes, and those that it names as optional. */
const GRANTED = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'im:history',
  'im:write',
  'users:read',
  'usergroups:read',
];

export interface SlackUser {
  readonly id: string;
  readonly team_id?: string;
  readonly enterprise_user?: { readonly enterprise_id: string; readonly teams: readonly string[] };
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_stranger?: boolean;
  locale?: string;
  tz?: string;
}

/** A message as it stands in a conversation; an ephemeral one is seen by `onlyFor`. */
export interface SlackPost {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly onlyFor?: string;
  /** How it came: `chat.postMessage`, `response_url` … */
  readonly via: string;
  readonly metadata?: unknown;
  readonly fileIds?: readonly string[];
  /** Its forms, oldest first; the last is what is seen. */
  readonly forms: SlackForm[];
  deleted?: boolean;
}

export interface SlackForm {
  readonly text: string;
  readonly blocks: unknown;
}

/** A file in Slack; without `bytes` only its ticket was asked for. */
export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  readonly altText?: string;
  bytes?: Buffer;
  /** The conversation it was shared into, and the message there. */
  sharedIn?: string;
  sharedTs?: string;
}

export interface ResponseUrl {
  /** What was said in the acknowledgement of its command. */
  acknowledgement?: SlackPost;
  readonly endsAt: number;
  readonly userId: string;
  readonly channelId: string;
  uses: number;
  /** What `replace_original` edits. */
  original?: SlackPost;
}

export interface Fault {
  /** An error code of Slack's, an HTTP status, or no answer at all. */
  readonly error?: string;
  readonly status?: number;
  readonly retryAfter?: number;
  readonly hang?: boolean;
  /** The call takes effect and its answer is lost. */
  readonly lostAnswer?: boolean;
  /** The connection breaks before anything is done. */
  readonly reset?: boolean;
  /** A page of somebody in between, with status 200. */
  readonly page?: boolean;
}

const RESPONSE_URL_LIFE_MS = 30 * 60_000;

/** What the imitated workspace knows and has seen. */
export class Workspace {
  readonly users = new Map<string, SlackUser>();
  readonly members = new Map<string, Set<string>>();
  readonly groups = new Map<string, string[]>();
  /** On Enterprise Grid; `wide`: the app is installed for all of its workspaces. */
  enterprise: { readonly id: string; readonly wide: boolean } | undefined;
  /** Which workspace a user group belongs to, where that is another one. */
  readonly groupHomes = new Map<string, string>();
  readonly archived = new Set<string>();
  readonly privateChannels = new Set<string>();
  /** What the bot's token may do. */
  scopes = new Set(GRANTED);
  readonly posts: SlackPost[] = [];
  readonly views = new Map<string, HomeView>();
  /** Types of blocks that it does not take yet: a message that holds one is refused whole. */
  readonly refusedBlocks = new Set<string>();
  /** Forms without a file that the bot has opened, oldest first. */
  readonly modals: ModalView[] = [];
  readonly triggers = new Map<string, { readonly userId: string; readonly issuedAt: number; used?: true }>();
  /** Forms with a file that the bot has opened, oldest first. */
  readonly forms: OpenForm[] = [];
  readonly calls: { readonly method: string; readonly args: Readonly<Record<string, unknown>> }[] = [];
  readonly responseUrls = new Map<string, ResponseUrl>();
  /**
   * Whether `replace_original` through the URL of a command edits what was shown through it before, as Slack's docs have it. Public reports
   * say that each use adds a message of its own (bolt-python #1268, bolt-js #2287), so both must do.
   */
  replacesByCommandUrl = true;
  readonly files = new Map<string, SlackFile>();
  /** Of the app's workflow step, by their ids. */
  readonly executions = new Map<string, StepExecution>();
  /** Of the stand-in, once it listens. */
  url = '';
  /** So many calls of `files.info` see no share yet; then the ones that wait are there. */
  lateShares = 0;
  /** So many completed uploads are never shared, though Slack said `ok`. */
  lostShares = 0;
  readonly waitingShares: (() => void)[] = [];
  /** Why every call with this token is refused: `token_revoked`, `account_inactive`. */
  readonly refusedTokens = new Map<string, string>();
  readonly #faults = new Map<string, Fault[]>();
  readonly #clock: Clock;
  #serial = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    for (const id of ['UANNA', 'UBEN'])
      this.users.set(id, { id, team_id: TEAM, locale: 'en-GB', tz: 'Europe/Berlin' });
    this.members.set('CSUPPORT', new Set(['UANNA', 'UBEN', BOT_USER]));
    this.members.set('CELSEWHERE', new Set(['UANNA', 'UBEN']));
  }

  /** Ends the faults that are still waiting. */
  mend(): void {
    this.#faults.clear();
  }

  fail(method: string, fault: Fault, times = 1): void {
    const queue = this.#faults.get(method) ?? [];
    this.#faults.set(method, [...queue, ...Array.from({ length: times }, () => fault)]);
  }

  takeFault(method: string): Fault | undefined {
    return this.#faults.get(method)?.shift();
  }

  nextId(prefix: string): string {
    return `${prefix}${String(++this.#serial).padStart(6, '0')}`;
  }

  nextTs(): string {
    return `${Math.floor(this.#clock.now() / 1000)}.${String(++this.#serial).padStart(6, '0')}`;
  }

  newResponseUrl(userId: string, channelId: string, original?: SlackPost): string {
    const id = this.nextId('R');
    const endsAt = this.#clock.now() + RESPONSE_URL_LIFE_MS;
    this.responseUrls.set(id, { endsAt, userId, channelId, uses: 0, ...(original ? { original } : {}) });
    return id;
  }

  directMessageOf(userId: string): string {
    return `D${userId.slice(1)}`;
  }

  /** What a person sees in a conversation: everything there that is not for somebody else. */
  seenBy(userId: string, channel: string): SlackPost[] {
    return this.posts.filter((post) => post.channel === channel && (post.onlyFor ?? userId) === userId);
  }

  /** What everybody in a conversation sees. */
  publicIn(channel: string): SlackPost[] {
    return this.posts.filter(
      (post) => post.channel === channel && post.onlyFor === undefined && !post.deleted,
    );
  }

  now(): number {
    return this.#clock.now();
  }
}

export function lastForm(post: SlackPost | undefined): SlackForm {
  return post?.forms.at(-1) ?? { text: '', blocks: [] };
}

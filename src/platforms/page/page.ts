import { randomBytes } from 'node:crypto';
import type { HttpRoute } from '../../ops/http.ts';
import type { Platform } from '../../usage/platform.ts';
import { createConversation } from '../chat/conversation.ts';
import { createTaskTracker } from '../chat/task-tracker.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { createPageAlertBoard } from './alerts.ts';
import { createPageChat } from './chat.ts';
import { COLLEAGUE_MESSAGE, type PageFacts } from './facts.ts';
import { createFileShelf } from './files.ts';
import { createListeners } from './listeners.ts';
import { createPageListBoard } from './lists.ts';
import { pageRoutes } from './routes.ts';
import { createTimeline } from './timeline.ts';

/** The demo's page in a browser, on the bot's own HTTP server. */
export interface PagePlatform extends Platform {
  readonly routes: readonly HttpRoute[];
  /** Below the server's address. It holds a secret: who does not know it has no page. New with each start. */
  readonly path: string;
}

/** 144 random bits, as 24 characters of base64url: nobody tries them out. */
const SECRET_BYTES = 18;

/**
 * Slack and Discord without either: the conversation and the pens of the real adapters, with this process in place of
 * the services' servers. For the demo: whoever can open the page may ask everything.
 */
export function createPagePlatform(
  parts: PlatformParts,
  facts: PageFacts,
  fireAlert: () => Promise<void>,
): PagePlatform {
  const { clock } = parts;
  const log = parts.log.child({ platform: 'page' });
  const timeline = createTimeline();
  const files = createFileShelf();
  const chat = createPageChat({ timeline, files, clock });
  const { run, patiently, isOver, end } = createTaskTracker(clock, log);
  const conversation = createConversation({ ...parts, chat, patiently, isOver, log });
  const path = `/demo/${randomBytes(SECRET_BYTES).toString('base64url')}/`;
  const obey = createListeners({ conversation, timeline, files, clock, fireAlert, run });
  timeline.put({ ...COLLEAGUE_MESSAGE, at: clock.now() });

  return {
    name: 'page',
    path,
    // With no service to connect to, the page is there as soon as the server is.
    routes: pageRoutes({ path, timeline, facts, obey, clock, log }),
    start: async () => undefined,
    stop: end,
    health: () => ({ ready: true, detail: 'on the bot’s own HTTP server' }),
    mayReceive: async () => ({ kind: 'allowed' }),
    deliver: conversation.deliver,
    report: conversation.report,
    resume: conversation.resume,
    bulkBoard: createPageListBoard(timeline, chat, clock),
    alertBoard: createPageAlertBoard(timeline, clock, parts.alertLocale),
  };
}

import { createInterface } from 'node:readline';
import { helpCard } from '../../cards/help-card.ts';
import { usageCard } from '../../cards/usage-card.ts';
import { wordsFor } from '../../cards/words.ts';
import { findIccids, type Iccid } from '../../domain/iccid.ts';
import { guessedQuestion, type Inquiry, readQuestion } from '../../inquiries/question.ts';
import type { LookupRequest, Platform, ReplyAddress } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { createTerminalAlertBoard } from './alerts.ts';
import { answersTo, question } from './question.ts';
import { renderText, type TextOptions } from './text.ts';

/** Keyboard and screen, as streams. */
export interface TerminalIo {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** A person is typing: show a prompt. Otherwise lines are worked through and the end waits for promised answers. */
  readonly interactive: boolean;
  readonly text: TextOptions;
}

/** A platform that also reads lines. */
export interface TerminalPlatform extends Platform {
  /** Reads lines until the input ends or `quit`. */
  converse(): Promise<void>;
}

/** There is one person at a terminal, and nobody else reads it: nothing is checked. */
const ASKER = 'terminal:you';
const COMMAND = '/esim-usage';
/** `/esim-balance` asks what `balance` does. */
const TOPIC_COMMAND = /^\/esim-(?=(?:balance|devices)\b)/;
/** How long the end of a piped input waits for promised answers. */
const LAST_ANSWERS_MS = 5 * 60_000;

/** Asks and answers in a terminal: the shortest adapter, and the one the demo runs. */
export function createTerminalPlatform(parts: PlatformParts, io: TerminalIo): TerminalPlatform {
  const { desk, inquiries, clock } = parts;
  const words = wordsFor(io.text.locale);
  const show = (text: string) => io.output.write(`${text}\n`);
  const viewer = () => ({ audience: 'private', locale: io.text.locale, now: clock.now() }) as const;
  const showReply = (reply: Reply) => show(renderText(usageCard(reply, viewer()), io.text));
  let prompt: (() => void) | undefined;
  let stopped = false;

  async function converse(): Promise<void> {
    const lines = createInterface({ input: io.input, output: io.output, terminal: io.interactive });
    prompt = io.interactive ? () => lines.prompt() : undefined;
    lines.setPrompt('> ');
    prompt?.();
    for await (const line of lines) {
      if (/^(quit|exit)$/i.test(line.trim())) break;
      await obey(line.trim());
      prompt?.();
    }
    lines.close();
    // A script's questions end before its answers come; a person at the prompt stays as long as they like.
    if (!io.interactive) await lastAnswers();
  }

  async function obey(line: string): Promise<void> {
    if (line === '') return;
    const [, verb = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
    if (/^help$/i.test(line) || line === COMMAND || /^\/esim-usage\s+help$/i.test(line)) return showHelp();
    if (/^tell$/i.test(verb)) return showAll(rest, (iccid) => desk.promise(addressed(iccid)));
    if (/^cancel$/i.test(verb)) return cancelFor(rest);
    const text = TOPIC_COMMAND.test(verb) ? line.replace(TOPIC_COMMAND, '') : verb === COMMAND ? rest : line;
    const asked = readQuestion(text);
    const inquiry = asked.kind === 'inquiry' ? asked.inquiry : undefined;
    const wanted = asked.kind === 'none' ? guessedQuestion(text) : inquiry;
    if (wanted) return answerInquiry(wanted);
    return showAll(text, (iccid) => desk.lookup(addressed(iccid)));
  }

  async function answerInquiry(inquiry: Inquiry): Promise<void> {
    const { requestId, place } = question();
    const answer = await inquiries.answer(inquiry, {
      asker: ASKER,
      place,
      requestId,
      locale: io.text.locale,
      address: { platform: 'terminal', asker: ASKER, messageKey: `terminal:${requestId}`, routes: null },
      // Whoever sits here has the credentials.
      mayReadMoney: async () => ({ kind: 'allowed' }),
    });
    if (answer.kind === 'lookup')
      return showAll(answer.iccids.join(',') || inquiry.words, (iccid) => desk.lookup(addressed(iccid)));
    for (const card of answer.cards) show(renderText(card, io.text));
  }

  function showHelp(): void {
    show(renderText(helpCard(viewer(), COMMAND), io.text));
    show(words.terminal.moreCommands);
  }

  async function showAll(text: string, ask: (iccid: Iccid) => Promise<Reply>): Promise<void> {
    for (const reply of await answersTo(text, ask)) showReply(reply);
  }

  async function cancelFor(text: string): Promise<void> {
    const wanted = new Set<string>(findIccids(text));
    const pending = (await desk.pendingOf(ASKER)).filter((job) => wanted.has(job.iccid));
    const cancelled = await Promise.all(pending.map((job) => desk.cancel(job.jobId, ASKER)));
    show(cancelled.includes(true) ? words.terminal.cancelled : words.terminal.nothingToCancel);
  }

  async function lastAnswers(): Promise<void> {
    const giveUpAt = clock.now() + LAST_ANSWERS_MS;
    while (!stopped && clock.now() < giveUpAt && (await desk.pendingOf(ASKER)).length > 0)
      await clock.sleep(200);
  }

  return {
    name: 'terminal',
    converse,
    start: async () => undefined,
    async stop() {
      stopped = true;
      prompt = undefined;
    },
    health: () => ({ ready: true, detail: 'reading lines' }),
    mayReceive: async () => ({ kind: 'allowed' }),
    alertBoard: createTerminalAlertBoard((alert) => {
      show(`\n${alert}`);
      prompt?.();
    }, io.text),
    async deliver(_address, reply, context) {
      // What is printed cannot be edited: a promise whose time has moved is not told of again.
      if (context.stage === 'final') {
        show(`\n${words.terminal.arrived}`);
        showReply(reply);
        prompt?.();
      }
      return { kind: 'delivered', route: 'terminal' };
    },
  };
}

function addressed(iccid: Iccid): LookupRequest & { readonly address: ReplyAddress } {
  const asked = question();
  const messageKey = `terminal:${asked.requestId}`;
  return { iccid, ...asked, address: { platform: 'terminal', asker: ASKER, messageKey, routes: null } };
}

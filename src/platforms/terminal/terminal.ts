import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { stepOutputs } from '../../cards/step-outputs.ts';
import { wordsFor } from '../../cards/words.ts';
import { readDigestWish } from '../../domain/digest-schedule.ts';
import { findIccids, type Iccid } from '../../domain/iccid.ts';
import { type Inquiry, readQuestion } from '../../inquiries/question.ts';
import type { Platform } from '../../usage/platform.ts';
import type { Ask } from '../chat/ask.ts';
import { createConversation } from '../chat/conversation.ts';
import { createTaskTracker } from '../chat/task-tracker.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { createTerminalAlertBoard } from './alerts.ts';
import { ASKER, COMMAND, contextOf, createTerminalChat } from './chat.ts';
import { renderLines, type TextOptions } from './text.ts';

/** Keyboard and screen, as streams. */
export interface TerminalIo {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** A person is typing: show a prompt. Otherwise lines are worked through and the end waits for promised answers. */
  readonly interactive: boolean;
  /** How the answers are written, for the whole of the conversation. */
  readonly text: TextOptions;
}

/** A platform that also reads lines. */
export interface TerminalPlatform extends Platform {
  /**
   * Reads lines until the input ends or `quit`; one line is answered before the next is read. Resolves after the last
   * answers of a piped input have come, or were waited for long enough.
   */
  converse(): Promise<void>;
}

/** What is kept for later: as long as the terminal is open. */
function goesOnByItself({ topic, words }: Inquiry): boolean {
  return topic === 'watch' || (topic === 'digest' && readDigestWish(words, 'UTC').kind === 'set');
}

/** `/esim-balance` asks what `balance` does. */
const TOPIC_COMMAND = /^\/esim-(?=(?:balance|devices)\b)/;
/** How long the end of a piped input waits for promised answers. */
const LAST_ANSWERS_MS = 5 * 60_000;

/**
 * Asks and answers in a terminal: the shortest adapter, and the one to read first. It checks nobody, keeps no
 * question beyond its process, and takes alerts and promised answers as any other.
 */
export function createTerminalPlatform(parts: PlatformParts, io: TerminalIo): TerminalPlatform {
  const { usageService, clock, log } = parts;
  const words = wordsFor(io.text.locale);
  const show = (text: string) => io.output.write(`${text}\n`);
  const chat = createTerminalChat(io.text, show, (answer) => {
    show(`\n${words.terminal.arrived}`);
    show(answer);
    prompt?.();
  });
  const { patiently, isOver, end } = createTaskTracker(clock, log);
  const conversation = createConversation({ ...parts, chat, patiently, isOver });
  /** Shows the prompt again after what has arrived by itself; absent where nobody types, and once the bot stops. */
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
    const ask = (asked: Ask) => conversation.answerHere(contextOf(randomUUID(), io.text), asked);
    if (/^help$/i.test(line) || line === COMMAND || /^\/esim-usage\s+help$/i.test(line)) {
      await ask({ kind: 'help' });
      return void show(renderLines([[words.terminal.moreCommands]], io.text));
    }
    if (/^tell$/i.test(verb)) return ask({ kind: 'promise', text: rest });
    if (/^cancel$/i.test(verb) && rest !== '') return cancelFor(rest);
    const [only, ...others] = findIccids(rest);
    if (/^step$/i.test(verb) && only !== undefined && others.length === 0) return showStep(only);
    const text = TOPIC_COMMAND.test(verb) ? line.replace(TOPIC_COMMAND, '') : verb === COMMAND ? rest : line;
    const asked = readQuestion(text);
    // The card says until when it would last elsewhere.
    if (asked.kind === 'inquiry' && goesOnByItself(asked.inquiry))
      show(renderLines([[words.terminal.watchesHere]], io.text));
    await ask({ kind: 'text', text });
  }

  /** What the step of Slack's Workflow Builder hands on, by the names of its outputs; without a figure what anybody would be told. */
  async function showStep(iccid: Iccid): Promise<void> {
    const requestId = randomUUID();
    const reply = await usageService.lookup({ iccid, requestId, asker: ASKER, place: 'workflow' });
    if (reply.kind !== 'fresh' && reply.kind !== 'cached')
      return conversation.answerHere(contextOf(requestId, io.text), { kind: 'text', text: iccid });
    const outputs = stepOutputs(reply, { ...io.text, language: io.text.locale, now: clock.now() });
    for (const [name, value] of Object.entries(outputs)) show(`${name}: ${stripVTControlCharacters(value)}`);
  }

  /** Every promise of this terminal for the eSIMs named; one word for all of them. */
  async function cancelFor(text: string): Promise<void> {
    const wanted = new Set<string>(findIccids(text));
    const pending = (await usageService.pendingOf(ASKER)).filter((job) => wanted.has(job.iccid));
    const cancelled = await Promise.all(pending.map((job) => usageService.cancel(job.jobId, ASKER)));
    show(cancelled.includes(true) ? words.terminal.cancelled : words.terminal.nothingToCancel);
  }

  /**
   * Looks every fifth of a second, on the bot's own clock: promised answers come from the outbox, which tells nobody
   * here.
   */
  async function lastAnswers(): Promise<void> {
    const giveUpAt = clock.now() + LAST_ANSWERS_MS;
    while (!stopped && clock.now() < giveUpAt && (await usageService.pendingOf(ASKER)).length > 0)
      await clock.sleep(200);
  }

  return {
    name: 'terminal',
    converse,
    start: async () => undefined,
    async stop() {
      stopped = true;
      prompt = undefined;
      await end();
    },
    health: () => ({ ready: true, detail: 'reading lines' }),
    mayReceive: async () => ({ kind: 'allowed' }),
    // A line above, since it may arrive in the middle of what somebody types.
    alertBoard: createTerminalAlertBoard((alert) => {
      show(`\n${alert}`);
      prompt?.();
    }, io.text),
    deliver: conversation.deliver,
    report: conversation.report,
  };
}

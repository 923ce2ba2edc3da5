import { describe, expect, it } from 'vitest';
import { askedWith } from '../../../src/inquiries/question.ts';
import { isMeant, isQuestion } from '../../../src/platforms/slack/message-kinds.ts';
import { messageText, wholeText } from '../../../src/platforms/slack/message-text.ts';

const A = '8910000000001000019';
const B = '8910000000001000035';

describe('what a Slack message says', () => {
  it('is its text, and what it brings along', () => {
    const message = {
      text: 'please',
      attachments: [{ is_share: true, text: `eSIM ${A}`, fallback: `[f] ${A}` }],
    };
    expect(messageText(message)).toEqual({ typed: 'please', carried: `eSIM ${A}\n[f] ${A}` });
  });

  it('keeps a number whole that changes its style in the middle, or is typed in emoji', () => {
    const parts = [
      { type: 'text', text: 'ICCID ' },
      { type: 'text', text: A.slice(0, 8), style: { bold: true } },
      { type: 'text', text: A.slice(8, 18) },
      { type: 'emoji', name: 'nine', unicode: '0039-fe0f-20e3' },
    ];
    const blocks = [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: parts }] }];
    expect(messageText({ text: '', blocks }).typed).toBe(`ICCID ${A}`);
  });

  it('is nothing where the message is not as Slack documents it', () => {
    for (const odd of [
      undefined,
      null,
      7,
      'x',
      [],
      { text: 5, blocks: 'x', attachments: [1, null, { fields: 3 }] },
    ])
      expect(wholeText(odd)).toBe('');
    let deep: unknown = { type: 'text', text: A };
    for (let depth = 0; depth < 5_000; depth++) deep = { elements: [deep] };
    expect(wholeText({ blocks: [deep] })).toBe('');
  });
});

describe('what is asked with it', () => {
  it('is the person’s own words, with the numbers that the message brings along', () => {
    expect(askedWith({ typed: 'packages please', carried: `Dear team, ${A} and 8.91E+18` })).toEqual({
      kind: 'typed',
      text: `packages please\n${A}\n8.91E+18`,
    });
    expect(askedWith({ typed: A, carried: `preview of ${A}` })).toEqual({ kind: 'typed', text: A });
  });

  it('is the numbers alone where it was only passed on', () => {
    expect(askedWith({ typed: ' ', carried: `balance of ${B}?` })).toEqual({
      kind: 'passed-on',
      text: `balance of ${B}?`,
    });
  });
});

describe('a message event', () => {
  const SUBTYPES = {
    question: [undefined, 'file_share', 'thread_broadcast', 'reply_broadcast', 'me_message', 'message_share'],
    nothing: [
      'bot_message',
      'message_changed',
      'message_deleted',
      'message_replied',
      'tombstone',
      'channel_join',
      'huddle_thread',
      'something_new',
    ],
  } as const;
  it.each(['im', 'mpim', 'channel', 'group'])('in a conversation of the kind %s', (kind) => {
    const of = (subtype: string | undefined) => ({ channel_type: kind, user: 'U1', subtype });
    for (const subtype of SUBTYPES.question) expect(isQuestion(of(subtype))).toBe(kind === 'im');
    for (const subtype of SUBTYPES.nothing) expect(isQuestion(of(subtype))).toBe(false);
    // A mention has an event of its own, in any of them.
    for (const subtype of SUBTYPES.question) expect(isMeant(of(subtype))).toBe(true);
  });

  it('of a bot, or of nobody, is never a question', () => {
    expect(isQuestion({ channel_type: 'im', user: 'U1', bot_id: 'B1' })).toBe(false);
    expect(isQuestion({ channel_type: 'im' })).toBe(false);
  });
});

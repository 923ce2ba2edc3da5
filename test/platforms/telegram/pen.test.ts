import { describe, expect, it } from 'vitest';
import type { Action, Card } from '../../../src/cards/card.ts';
import {
  createTelegramPen,
  escapeForeign,
  MAX_ICCIDS,
  readButton,
} from '../../../src/platforms/telegram/pen.ts';
import { readHtml } from '../../support/telegram/html.ts';
import { TOPICS_WITH_BUTTONS } from './topics.ts';

const pen = createTelegramPen((id) => (id === '42' ? 'Ann <& co>' : undefined));
const reader = { locale: 'en' };
const handle = { note: 'abcdefghijkl', index: 9, jobId: `deferred-${'x'.repeat(22)}-a1b2c3` };
const long = (length: number) => 'x<&>"@y '.repeat(length).slice(0, length);
const card = (actions: readonly Action[], lines = 3): Card => ({
  title: long(80),
  tone: 'good',
  lines: Array.from({ length: lines }, () => [{ kind: 'foreign', text: long(400) }]),
  meters: [{ label: 'Data', bar: '█████░░░░░', text: long(100) }],
  facts: [{ label: 'ICCID', value: [{ kind: 'code', text: '8910000000001000019' }] }],
  freshness: [['Checked ', { kind: 'instant', at: 0, style: 'date-time' }]],
  actions,
});
const read = (html: string) => {
  const found = readHtml(html);
  if ('problem' in found) throw new Error(`${found.problem}: ${html}`);
  return found.text;
};

describe('Telegram’s pen', () => {
  it('keeps a message of as many eSIMs as it takes within the limit, each card whole', () => {
    const cards = Array.from({ length: MAX_ICCIDS }, () => ({ card: card([]), handle, name: '…0019' }));
    const text = read(pen.message(cards, reader, ['Checking …']).html);
    expect(text.length).toBeLessThanOrEqual(4_096);
    expect(text.match(/🟢/g)).toHaveLength(MAX_ICCIDS);
  });

  it('leaves whole paragraphs out of a card that is too long', () => {
    const text = read(pen.message([{ card: card([], 26) }], reader).html);
    expect(text.length).toBeLessThanOrEqual(4_096);
  });

  it('escapes everything, and makes nothing live of what comes from outside', () => {
    expect(read(pen.notice([[{ kind: 'person', id: '42' }]], reader).html)).toBe('Ann <& co>');
    const foreign = escapeForeign('<b>@admin /start #tag https://evil.example &amp;');
    expect(foreign).not.toMatch(/<b>|@admin|\/start|#tag|:\/\/evil|evil\.example/);
    expect(() => read(foreign)).not.toThrow();
  });

  it.each(TOPICS_WITH_BUTTONS)(
    'carries a button about %s within 64 bytes, and reads it back',
    (topic, words) => {
      const action = { kind: 'ask', topic, words, label: 'x', style: 'normal' } as const;
      const [[button] = []] = pen.message([{ card: card([action]), handle }], reader).keyboard;
      const data = button && 'callback_data' in button ? button.callback_data : '';
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
      expect(readButton(data)).toEqual({
        kind: `ask-${topic}`,
        handle: handle.note,
        index: 9,
        jobId: words.replaceAll(' ', '+'),
      });
    },
  );

  it('carries the promise on Cancel alone', () => {
    const actions = (['cancel', 'tell-when-fresh'] as const).map(
      (kind) => ({ kind, label: kind, style: 'normal' }) as const,
    );
    const [[cancel, tell] = []] = pen.message([{ card: card(actions), handle }], reader).keyboard;
    expect(cancel).toMatchObject({ callback_data: `cancel:abcdefghijkl:9:${handle.jobId}` });
    expect(tell).toMatchObject({ callback_data: 'tell-when-fresh:abcdefghijkl:9:' });
  });

  it('takes a button of an unknown form for an unknown one', () => {
    expect(readButton('x')).toMatchObject({ kind: 'unknown' });
  });
});

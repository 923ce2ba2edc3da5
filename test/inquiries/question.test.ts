import { describe, expect, it } from 'vitest';
import { ICCID_EXAMPLE as ICCID } from '../../src/domain/iccid.ts';
import { readQuestion } from '../../src/inquiries/question.ts';

describe('what a typed text asks for', () => {
  it('is a lookup when it holds a number and no topic', () => {
    expect(readQuestion(`please ${ICCID}`)).toEqual({ kind: 'lookup', iccids: [ICCID] });
  });

  it.each([`packages ${ICCID}`, `${ICCID} packages`, `Packages  ${ICCID}`])(
    'finds the topic in "%s"',
    (text) => {
      expect(readQuestion(text)).toEqual({
        kind: 'inquiry',
        inquiry: { topic: 'packages', iccids: [ICCID], words: '' },
      });
    },
  );

  it('keeps the other words for the topic', () => {
    expect(readQuestion(`name ${ICCID} anna-trip`)).toEqual({
      kind: 'inquiry',
      inquiry: { topic: 'name', iccids: [ICCID], words: 'anna-trip' },
    });
  });

  it('takes a topic in the middle of a sentence for an ordinary word', () => {
    expect(readQuestion(`which packages has ${ICCID} left?`).kind).toBe('lookup');
  });

  it('takes "usage" with a number as the lookup it is', () => {
    expect(readQuestion(`usage ${ICCID}`)).toEqual({ kind: 'lookup', iccids: [ICCID] });
  });

  it.each(['', 'help', 'hello there'])('is no question in "%s"', (text) => {
    expect(readQuestion(text)).toEqual({ kind: 'none' });
  });
});

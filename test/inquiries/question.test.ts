import { describe, expect, it } from 'vitest';
import { ICCID_EXAMPLE as ICCID } from '../../src/domain/iccid.ts';
import { guessedQuestion, readQuestion } from '../../src/inquiries/question.ts';

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

  it.each(['refresh', 'check', 'usage'])('takes "%s" for the lookup, by number or by name', (word) => {
    expect(readQuestion(`${word} ${ICCID}`)).toEqual({ kind: 'lookup', iccids: [ICCID] });
    expect(readQuestion(`${word} anna-trip`)).toEqual({
      kind: 'inquiry',
      inquiry: { topic: 'find', iccids: [], words: 'anna-trip' },
    });
  });

  it.each([
    ['version', 'status'],
    ['details', 'esim'],
    ['top-ups', 'topups'],
  ])('takes "%s" for %s', (word, topic) => {
    expect(readQuestion(word)).toMatchObject({ kind: 'inquiry', inquiry: { topic } });
  });

  it.each(['pakages', 'Packges'])('asks back for what is only nearly a topic: %s', (word) => {
    expect(readQuestion(`${word} ${ICCID}`)).toEqual({
      kind: 'inquiry',
      inquiry: { topic: 'packages', iccids: [ICCID], words: '', misspelt: word },
    });
    expect(guessedQuestion(`${word}?`)).toMatchObject({ topic: 'find', guessed: true });
  });

  it.each(['esims', 'please', 'service', 'hello'])('looks up the number beside "%s"', (word) => {
    expect(readQuestion(`${word} ${ICCID}`)).toEqual({ kind: 'lookup', iccids: [ICCID] });
  });

  it('changes nothing for a word at the end of a sentence', () => {
    expect(readQuestion(`the customer ${ICCID} wants to cancel`).kind).toBe('lookup');
    expect(readQuestion('the customer wants to cancel')).toEqual({ kind: 'none' });
    expect(readQuestion(`${ICCID} cancel`)).toMatchObject({ inquiry: { topic: 'cancel', iccids: [ICCID] } });
  });
});

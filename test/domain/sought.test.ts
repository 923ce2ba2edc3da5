import { describe, expect, it } from 'vitest';
import { emailIn, looksSought, readSought } from '../../src/domain/sought.ts';
import { guessedQuestion, readQuestion } from '../../src/inquiries/question.ts';

describe('what a customer said', () => {
  it.each([
    ['customer@example.com', 'email', 'customer@example.com'],
    [' Anna.Müller+esim@Example.CO.UK ', 'email', 'anna.müller+esim@example.co.uk'],
    ['<mailto:anna@example.com|anna@example.com>', 'email', 'anna@example.com'],
    ['0019', 'digits', '0019'],
    ['…0019', 'digits', '0019'],
    ['eSIM\u00a0…\u20600019', 'digits', '0019'],
    ['… 0019', 'words', '... 0019'],
    ['20261115-070019', 'code', '20261115-070019'],
    ['#1042', 'code', '#1042'],
    ['SHOP-1042', 'code', 'SHOP-1042'],
    ['anna  trip', 'words', 'anna trip'],
    ['019', 'code', '019'],
  ])('%j is of the kind %s', (text, kind, tidied) => {
    expect(readSought(text)).toEqual({ kind, text: tidied });
  });

  it.each(['', '   ', 'x'.repeat(121), 'a@b', 'anna@@example.com '.slice(0, 6)])(
    '%j is no e-mail',
    (text) => {
      expect(emailIn(text)).toBeUndefined();
    },
  );

  it('with two e-mails in it names nobody', () => {
    expect(emailIn('anna@example.com ben@example.com')).toBeUndefined();
  });

  it('is taken for a search without the word only where it plainly is one', () => {
    const plain = ['0019', '20261115-070019', '#1042', 'SHOP-1042', '1042', 'anna@example.com'];
    const others = ['thanks', 'trip2', 'anna-trip', 'iPhone 13', 'ok?'];
    const looks = (text: string) => {
      const sought = readSought(text);
      return sought !== undefined && looksSought(sought);
    };
    expect(plain.filter((text) => !looks(text))).toEqual([]);
    expect(others.filter(looks)).toEqual([]);
  });

  it('is read in time that grows with its length, whatever it is', () => {
    for (const text of ['a.'.repeat(600), '@'.repeat(1200), `a@${'b.'.repeat(590)}`, '1-'.repeat(50)])
      expect(() => readSought(text)).not.toThrow();
  });
});

describe('a question', () => {
  it.each([
    ['order 20261115-070019', 'order', '20261115-070019'],
    ['orders', 'orders', ''],
    ['plans Japan', 'plans', 'Japan'],
    ['find anna@example.com', 'find', 'anna@example.com'],
  ])('%j is of the topic %s', (text, topic, words) => {
    expect(readQuestion(text)).toEqual({ kind: 'inquiry', inquiry: { topic, iccids: [], words } });
  });

  it('that a customer ends with "order" is none of these', () => {
    expect(readQuestion('I cannot find my order')).toEqual({ kind: 'none' });
    expect(readQuestion('8910000000001000019 is from my last order')).toMatchObject({ kind: 'lookup' });
    expect(guessedQuestion('the others')).not.toMatchObject({ misspelt: 'others' });
  });

  it('with one e-mail in it is about that customer', () => {
    expect(guessedQuestion('what about Anna@Example.com?')).toEqual({
      topic: 'find',
      iccids: [],
      words: 'anna@example.com',
      guessed: true,
    });
  });
});

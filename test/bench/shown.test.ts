import { expect, test } from 'vitest';
import { createShownOf, shownAnswer } from '../../bench/shown.ts';

const CHECKING = 'Checking eSIM …0019 …';
const PROMISE = 'I will post the figure here at 10:15.';
const FIGURE = '*1.3\u00a0GB of 5\u00a0GB* left';

test('an answer is a figure only in its newest form, and every form counts as sent', () => {
  expect(shownAnswer([CHECKING, PROMISE])).toMatchObject({
    says: true,
    wasPromised: true,
    hasFigure: false,
    forms: 2,
  });
  expect(shownAnswer([CHECKING, PROMISE, FIGURE])).toMatchObject({ hasFigure: true, finals: 1, forms: 3 });
  expect(shownAnswer([CHECKING])).toMatchObject({ says: false, forms: 1 });
});

test('a message that is looked at again is read again only when it has a new form', () => {
  let reads = 0;
  const shown = createShownOf<{ readonly texts: string[] }>(
    ({ texts }) => {
      reads++;
      return texts;
    },
    ({ texts }) => texts.length,
  );
  const message = { texts: [CHECKING] };
  expect([shown(message), shown(message)].map(({ hasFigure }) => hasFigure)).toEqual([false, false]);
  message.texts.push(FIGURE);
  expect(shown(message).hasFigure).toBe(true);
  expect(reads).toBe(2);
});

import { expect, test } from 'vitest';
import { promiseFigures } from '../../bench/figures.ts';
import { shownAnswer } from '../../bench/shown.ts';

const PROMISE = 'I will post the figure here at 10:15.';
const FIGURE = '1.3 GB of 5 GB left';
const shown = (...messages: string[][]) => messages.map(shownAnswer);

test('a promise is kept in its own message, and one without a figure is lost', () => {
  expect(promiseFigures(shown([PROMISE, FIGURE], [PROMISE], [FIGURE]), 3)).toEqual({
    promised: { delivered: 1, lost: 1, doubled: 0, repeatedEdits: 0 },
  });
});

test('a promise is kept as well by a message of its own, where the first can be edited no more', () => {
  expect(promiseFigures(shown([PROMISE], [FIGURE], [FIGURE]), 2)).toEqual({
    promised: { delivered: 1, lost: 0, doubled: 0, repeatedEdits: 0 },
  });
});

test('a figure beside one that stands there already is a doubled one', () => {
  expect(promiseFigures(shown([PROMISE, FIGURE], [FIGURE]), 1)).toEqual({
    promised: { delivered: 1, lost: 0, doubled: 1, repeatedEdits: 0 },
  });
});

test('a message without a figure keeps no promise', () => {
  expect(promiseFigures(shown([PROMISE], ['Sorry, that failed']), 1)).toEqual({
    promised: { delivered: 0, lost: 1, doubled: 1, repeatedEdits: 0 },
  });
});

test('who promises nothing has no such figures', () => {
  expect(promiseFigures(shown([FIGURE]), 1)).toEqual({});
});

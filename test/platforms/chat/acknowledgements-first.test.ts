import { expect, it } from 'vitest';
import { createAcknowledgementsFirst } from '../../../src/platforms/chat/acknowledgements-first.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function waiter() {
  const clock = new ManualClock();
  const first = createAcknowledgementsFirst(clock);
  const answered: string[] = [];
  const answer = (name: string) => void first.quiet().then(() => answered.push(name));
  return { clock, first, answered, answer };
}

it('an answer is worked on at once where nobody waits for an acknowledgement', async () => {
  const { first, answered, answer } = waiter();
  first.begin()();
  answer('one');
  await first.quiet();
  expect(answered).toEqual(['one']);
});

it('answers wait for the last of the acknowledgements that are owed, whichever that is', async () => {
  const { first, answered, answer } = waiter();
  const [one, two, three] = [first.begin(), first.begin(), first.begin()];
  two();
  answer('two');
  one();
  answer('one');
  // Twice: for one that was given, and whose listener has ended.
  one();
  await Promise.resolve();
  expect(answered).toEqual([]);
  three();
  await first.quiet();
  expect(answered).toEqual(['two', 'one']);
});

it('an acknowledgement that hangs holds an answer back for a quarter of a second and no longer', async () => {
  const { clock, first, answered, answer } = waiter();
  const hanging = first.begin();
  answer('one');
  clock.advance(249);
  await Promise.resolve();
  expect(answered).toEqual([]);
  clock.advance(1);
  await Promise.resolve();
  expect(answered).toEqual(['one']);
  hanging();
  await first.quiet();
  expect(answered).toEqual(['one']);
});

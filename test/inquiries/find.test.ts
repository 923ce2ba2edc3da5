import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { plainText } from '../../src/cards/plain-text.ts';
import { createFindHandler } from '../../src/inquiries/find.ts';
import type { Asking, InquiryAnswer } from '../../src/inquiries/inquiry-router.ts';
import { createNameHandler } from '../../src/inquiries/name.ts';
import { createNamesHandler, createUnnameHandler } from '../../src/inquiries/names.ts';
import { guessedQuestion, readQuestion } from '../../src/inquiries/question.ts';
import { openStore } from '../../src/storage/open.ts';
import { type Registry, type Store, StoreError } from '../../src/storage/ports.ts';
import { createEsimDirectory, type EsimDirectory } from '../../src/usage/esim-directory.ts';
import { createEsimSearch } from '../../src/usage/esim-search.ts';
import { createQuestionLimits } from '../../src/usage/question-limits.ts';
import { toIccid } from '../support/arbitraries.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';
import { until } from '../support/until.ts';

const FIRST = toIccid('8910000000001000019');
const SECOND = toIccid('8910000000002000019');
const ANNA = 'slack:UANNA';
const BEN = 'slack:UBEN';

let clock: ManualClock;
let place: TemporaryPlace;
let store: Store;
let directory: EsimDirectory;
beforeEach(async () => {
  clock = new ManualClock();
  const { log } = captureLog();
  place = await makeTemporaryPlace();
  store = await openStore(`sqlite:${place.path('store.sqlite')}`, {
    clock,
    log,
    keys: [Buffer.alloc(32, 1)],
  });
  directory = createEsimDirectory({ ...store, clock, log });
});
afterEach(async () => {
  await store.close();
  await place.remove();
});

function askingOf(asker: string): Asking {
  const address = { platform: 'terminal', asker, messageKey: 'm1', routes: null } as const;
  const mayReadMoney = async () => ({ kind: 'allowed' }) as const;
  return { asker, place: 'dm', requestId: 'r1', locale: 'en', address, mayReadMoney };
}

async function ask(text: string, asker = ANNA): Promise<InquiryAnswer> {
  const question = readQuestion(text);
  const inquiry = question.kind === 'inquiry' ? question.inquiry : guessedQuestion(text);
  if (!inquiry) throw new Error('Not a question for these');
  const account = async () => ({ kind: 'none' }) as const;
  const search = createEsimSearch({ directory, account, limits: createQuestionLimits(clock) });
  const parts = { directory, search, clock };
  const handlers = new Map([
    ['name', createNameHandler(parts)],
    ['names', createNamesHandler(parts)],
    ['unname', createUnnameHandler(parts)],
  ]);
  return (handlers.get(inquiry.topic) ?? createFindHandler(parts))(inquiry, askingOf(asker));
}

async function card(text: string, asker = ANNA): Promise<Card> {
  const answer = await ask(text, asker);
  if (answer.kind !== 'cards' || !answer.cards[0]) throw new Error(`A lookup, no card: ${text}`);
  return answer.cards[0];
}

const said = async (text: string, asker = ANNA) => plainText(await card(text, asker), { locale: 'en' });

async function asked(asker: string, ...iccids: (typeof FIRST)[]): Promise<void> {
  for (const iccid of iccids) {
    clock.advance(60_000);
    directory.noteAsked(asker, iccid);
  }
  await until('it is noted', async () => (await directory.knownTo(asker)).length >= iccids.length);
}

describe('an eSIM is found', () => {
  it('by its last digits, by the person who has asked about it', async () => {
    await asked(ANNA, FIRST);
    expect(await ask('find 0019')).toEqual({ kind: 'lookup', iccids: [FIRST] });
    expect(await ask('0019')).toEqual({ kind: 'lookup', iccids: [FIRST] });
    expect(await said('find 0019', BEN)).toMatch(/No eSIM found\nSearched for “0019”/);
    expect(await said('0019', BEN)).toMatch(/No eSIM found\nSearched for “0019”/);
  });

  it('by the name that anybody in the team gave it', async () => {
    expect(await said(`name ${FIRST} Anna Trip`)).toMatch(/now called Anna Trip\.\nEveryone on your team/);
    expect(await ask('anna trip', BEN)).toEqual({ kind: 'lookup', iccids: [FIRST] });
    expect(await ask('find trip', BEN)).toEqual({ kind: 'lookup', iccids: [FIRST] });
    expect(await ask('name anna trip', BEN)).toEqual({ kind: 'lookup', iccids: [FIRST] });
    expect(await ask('trip', BEN)).toEqual({ kind: 'lookup', iccids: [] });
  });

  it('by the code of an order that was shown, all of its eSIMs', async () => {
    directory.noteOrder('20261123-000123', FIRST);
    directory.noteOrder('20261123-000123', SECOND);
    const found = async () => (await directory.find(BEN, '20261123-000123', 'exact')).length === 2;
    await clock.during(until('both are noted', found));
    const answer = await ask('20261123-000123', BEN);
    expect(answer.kind === 'lookup' ? answer.iccids.toSorted() : answer).toEqual([FIRST, SECOND]);
  });

  it('among several by a private choice, the latest first', async () => {
    await asked(ANNA, FIRST, SECOND);
    const answer = await ask('0019');
    expect(answer).toMatchObject({ kind: 'cards', about: [SECOND, FIRST] });
    const { menu } = await card('0019');
    expect(menu?.options).toMatchObject([
      { kind: 'ask', topic: 'usage', about: 0, label: '1. …0019' },
      { kind: 'ask', topic: 'usage', about: 1, label: '2. …0019' },
    ]);
    expect(JSON.stringify(menu)).not.toContain(FIRST);
    const text = await said('0019');
    expect(text).toMatch(/2 eSIMs match: which one\?\nSearched for “0019”/);
    expect(text).not.toMatch(/\d{15}/);
  });

  it('never among more than ten at once', async () => {
    const many = Array.from({ length: 14 }, (_, index) => toIccid(`89100000000010${10 + index}00019`));
    await asked(ANNA, ...many);
    expect((await card('find 0019')).menu?.options).toHaveLength(10);
    expect(await said('find 0019')).toMatch(/And 4 more/);
  });

  it('with an empty question by nobody: the answer says what can be found', async () => {
    expect(await said('find')).toMatch(/You can find an eSIM by any four or more digits/);
  });
});

describe('a name', () => {
  it('is replaced, said and taken away', async () => {
    await said(`name ${FIRST} one`);
    expect(await said(`name ${FIRST} two`)).toMatch(/now called two\. Its old name was one\./);
    expect(await said(`name ${FIRST}`)).toMatch(/Its name is two\./);
    expect(await said(`name ${FIRST} remove`)).toMatch(/Name removed/);
    expect(await said(`name ${FIRST} remove`)).toMatch(/This eSIM has no name/);
    expect(await ask('two')).toEqual({ kind: 'lookup', iccids: [] });
  });

  it('stands in the list of the team, in order, with who gave it', async () => {
    expect(await said('names')).toMatch(/No names yet\nTo name an eSIM:/);
    await said(`name ${SECOND} trip b`, BEN);
    await said(`name ${FIRST} trip a`);
    await directory.setName(toIccid('8910000000003000019'), 'old');
    const { lines } = await card('names', BEN);
    expect(lines).toMatchObject([
      [{ text: 'old' }, ': …0019'],
      [{ text: 'trip a' }, ': …0019, named by ', { kind: 'person', id: 'UANNA' }],
      [{ text: 'trip b' }, ': …0019, named by ', { kind: 'person', id: 'UBEN' }],
    ]);
    expect((await card('names trip')).lines).toHaveLength(2);
    expect(await said('names trip', 'discord:7')).toMatch(/trip a: …0019, named by somebody on Slack/);
    expect(await said('names zzz')).toMatch(/No eSIM found\nSearched for “zzz”/);
    expect(await said('names')).not.toMatch(/\d{15}/);
  });

  it('is taken away by "unname", by the number or by the name itself', async () => {
    await said(`name ${FIRST} one`);
    await said(`name ${SECOND} two`);
    expect(await said(`unname ${FIRST}`)).toMatch(/Name removed/);
    expect(await said('unname TWO', BEN)).toMatch(/Name removed/);
    expect(await said('unname two')).toMatch(/No eSIM found\nSearched for “two”/);
    expect(await said('unname')).toMatch(/Which name should go\?/);
    expect(await directory.namesOfAll()).toEqual([]);
  });

  it('is offered the nearest command where it is no name: only then', async () => {
    expect(await said('pakages')).toMatch(/Did you mean “packages”\?\nI don’t know “pakages”/);
    await said(`name ${FIRST} pakages`);
    expect(await ask('pakages')).toEqual({ kind: 'lookup', iccids: [FIRST] });
  });

  it('that another eSIM has is refused, whatever its case, and so is what is no name', async () => {
    await said(`name ${FIRST} Anna`);
    expect(await said(`name ${SECOND} ANNA`)).toMatch(/Another eSIM is already called ANNA: …0019/);
    expect(await said(`name ${SECOND} <!channel>`)).toMatch(/A name has 1 to 40 letters and digits/);
    expect(await said('name')).toMatch(/To name an eSIM:/);
    expect(await directory.nameOf(SECOND)).toBeUndefined();
  });

  it('is given by two people at once without either being lost', async () => {
    const all = Array.from({ length: 8 }, (_, index) => toIccid(`891000000000200${1000 + index}`));
    await clock.during(Promise.all(all.map((iccid, index) => directory.setName(iccid, `trip ${index} a`))));
    expect(await directory.find(ANNA, 'trip', 'part')).toHaveLength(8);
  });

  it('more than five hundred of them are refused with the remedy', async () => {
    const all = Array.from({ length: 500 }, (_, index) => ({
      name: `n${index}`,
      iccid: String(8910000000003000000n + BigInt(index)),
    }));
    await store.registry.put('esim-names', 'all', all, 1_000_000);
    expect(await said(`name ${FIRST} anna`)).toMatch(/already 500 names\. Remove one first/);
  });
});

it('what somebody asked is theirs: fifty eSIMs, in their order, each once', async () => {
  const many = Array.from({ length: 55 }, (_, index) => toIccid(`891000000000100${1000 + index}`));
  for (const iccid of many) directory.noteAsked(ANNA, iccid);
  await until('the last is noted', async () => (await directory.knownTo(ANNA))[0]?.iccid === many.at(-1));
  clock.advance(2 * 60 * 60_000);
  directory.noteAsked(ANNA, toIccid(String(many[10])));
  await until('noted again', async () => (await directory.knownTo(ANNA))[0]?.iccid === many[10]);
  const known = await directory.knownTo(ANNA);
  expect(known).toHaveLength(50);
  expect(new Set(known.map(({ iccid }) => iccid)).size).toBe(50);
  expect(await directory.knownTo(BEN)).toEqual([]);
});

describe('while the store is away', () => {
  /** Goes away after as many reads of the registry as are left. */
  function failing(readsLeft: number): EsimDirectory {
    let left = readsLeft;
    const away = () => Promise.reject(new StoreError('STORE_UNAVAILABLE', 'away', 'wait'));
    const registry: Registry = {
      ...store.registry,
      get: (kind, key) => (left-- > 0 ? store.registry.get(kind, key) : away()),
    };
    return createEsimDirectory({ registry, gate: store.gate, clock, log: captureLog().log });
  }

  it('no name is given over the others, and the person is told', async () => {
    await said(`name ${FIRST} anna`);
    const real = directory;
    directory = failing(0);
    expect(await said(`name ${SECOND} ben`)).toMatch(/nothing was changed\. Please try again/);
    expect(await said('find anna')).toMatch(/Please try again/);
    // What was only guessed to be a name is answered as if it were none.
    expect(await ask('anna')).toEqual({ kind: 'lookup', iccids: [] });
    expect(await real.find(BEN, 'anna', 'exact')).toMatchObject([{ iccid: FIRST }]);
    expect(await real.nameOf(SECOND)).toBeUndefined();
  });

  it('a list that cannot be read is not written over either', async () => {
    await store.registry.put('esim-names', 'all', [{ name: 'anna', iccid: 'x' }], 1_000_000);
    await expect(directory.setName(FIRST, 'ben')).rejects.toThrow();
    expect(await store.registry.get('esim-names', 'all')).toEqual([{ name: 'anna', iccid: 'x' }]);
  });
});

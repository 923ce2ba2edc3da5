import { afterEach, expect, it } from 'vitest';
import { buttonsOf, command, directMessage, press } from '../../support/slack/people.ts';
import { lastForm } from '../../support/slack/workspace.ts';
import { ACTIVE, type SlackBot, startSlackBot, VOICE } from './slack-bot.ts';

let it_: SlackBot;
afterEach(() => it_.close());

const newest = () => it_.slack.workspace.seenBy('UANNA', 'DANNA').at(-1);
const shows = (pattern: RegExp) =>
  it_.soon(`an answer with ${pattern}`, () => pattern.test(JSON.stringify(lastForm(newest()))) && newest());
const write = (text: string) => it_.slack.push(directMessage(it_.slack, text));

it('an eSIM is named, and found by its name, by last digits and by its order, also after a restart', async () => {
  it_ = await startSlackBot('socket');
  await write(`name ${ACTIVE} anna-trip`);
  await shows(/now called anna-trip/);
  await it_.restart();
  await write('Anna-Trip');
  await shows(/1\.3\sGB left of 5\sGB/);
  await write('0019');
  await shows(/Notify me|Refresh/);
  await write(`esim ${ACTIVE}`);
  const shown = JSON.stringify(lastForm(await shows(/Order/)));
  const [code = ''] = /\d{8}-\d{6}/.exec(shown) ?? [];
  await it_.soon('the order is kept', async () => {
    const known = await it_.bot.app.store.registry.get('esim-order', code);
    return known !== undefined;
  });
  await write(`find ${code}`);
  await shows(/1\.3\sGB left of 5\sGB/);
});

it('several that fit are a choice whose buttons name no eSIM in full', async () => {
  it_ = await startSlackBot('http');
  await write(`name ${ACTIVE} trip one`);
  await shows(/now called trip one/);
  await write(`name ${VOICE} trip two`);
  await shows(/now called trip two/);
  await write('find trip');
  const menu = await shows(/2 eSIMs match/);
  const buttons = JSON.stringify(buttonsOf(menu));
  expect(buttons).not.toMatch(/\d{15}/);
  await it_.slack.push(press(it_.slack, menu, 'esim:ask-usage'));
  await shows(/GB left of/);
});

it('a name for a channel’s question is answered to the asker alone, and a guest gets neither', async () => {
  it_ = await startSlackBot('socket');
  await it_.slack.push(command(it_.slack, `name ${ACTIVE} anna-trip`));
  const [post] = await it_.seen('UANNA', 'CSUPPORT');
  await it_.soon('the name', () => /now called anna-trip/.test(lastForm(post).text));
  expect(it_.slack.workspace.publicIn('CSUPPORT')).toEqual([]);
  await it_.slack.push(command(it_.slack, 'anna-trip', { user: 'UGUEST' }));
  const [refusal] = await it_.seen('UGUEST', 'CSUPPORT');
  expect(JSON.stringify(lastForm(refusal))).not.toMatch(/0019/);
});

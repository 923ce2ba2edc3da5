import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TREND_SIZE } from '../../../src/pictures/trend-svg.ts';
import { pixelsOf } from '../../support/picture.ts';
import { command, directMessage, press } from '../../support/slack/people.ts';
import { blocksOf } from '../../support/slack/rules.ts';
import type { TransportKind } from '../../support/slack/slack.ts';
import { lastForm } from '../../support/slack/workspace.ts';
import { keepReadings } from '../../support/usage-series.ts';
import { ACTIVE, type SlackBot, startSlackBot } from './slack-bot.ts';

const TRANSPORTS: readonly TransportKind[] = ['socket', 'http'];
const ANNA = 'UANNA';
const CHANNEL = 'CSUPPORT';
const DM = 'DANNA';

describe.each(TRANSPORTS)('the trend in Slack over %s', (kind) => {
  let it_: SlackBot;
  beforeEach(async () => {
    it_ = await startSlackBot(kind);
    // Four days of 300 MB each before what Airalo will say now.
    await keepReadings(it_.bot.app.store.history, ACTIVE, it_.clock.now(), 1_331, 5_120, 300);
  });
  afterEach(() => it_.close());

  const workspace = () => it_.slack.workspace;
  const olderWorkspace = () => workspace().refusedBlocks.add('data_visualization');
  const newest = (channel: string) => lastForm(workspace().seenBy(ANNA, channel).at(-1)).text;

  async function pressTrend(by = ANNA): Promise<void> {
    await it_.slack.push(command(it_.slack, ACTIVE));
    const [card] = await it_.seen(ANNA, CHANNEL);
    if (!card) throw new Error('no card');
    await it_.soon('the forecast', () => /About 300\sMB a day/.test(lastForm(card).text));
    await it_.slack.push(press(it_.slack, card, 'esim:ask-trend', { user: by }));
  }

  it('stands on the card in words, with days in the zone of the reader', async () => {
    await it_.slack.push(command(it_.slack, ACTIVE));
    const [card] = await it_.seen(ANNA, CHANNEL);
    expect(lastForm(card).text).toMatch(
      /About 300\sMB a day since .*: runs out about .*\(estimate from 9 checks\)/,
    );
    expect(JSON.stringify(lastForm(card).blocks)).toMatch(
      /runs out about <!date\^\d+\^\{date_long_pretty\}\|/,
    );
  });

  it('is a chart that Slack draws, told in words for whoever cannot see it, and needs no file', async () => {
    await pressTrend();
    await it_.seen(ANNA, CHANNEL, 2);
    const form = lastForm(workspace().seenBy(ANNA, CHANNEL).at(-1));
    const chart = blocksOf(form).find(({ type }) => type === 'data_visualization');
    expect(chart).toMatchObject({
      title: 'Data left',
      chart: { type: 'area', axis_config: { y_label: 'GB' } },
    });
    expect(JSON.stringify(chart)).toMatch(/"label":"\d+ \w+","value":1\.3}\]/);
    expect(form.text).toMatch(/Data left from .* to 1\.3\sGB\..*reaches zero about/);
    expect(form.text).not.toContain('picture');
    expect(workspace().files.size).toBe(0);
  });

  it('is a picture where the workspace refuses the chart, each time it is asked for', async () => {
    olderWorkspace();
    await pressTrend();
    await it_.seen(ANNA, CHANNEL, 2);
    expect(newest(CHANNEL)).toMatch(/The picture is in your direct message with me/);
    const [card] = workspace().seenBy(ANNA, CHANNEL);
    if (!card) throw new Error('no card');
    await it_.slack.push(press(it_.slack, card, 'esim:ask-trend', { user: ANNA }));
    await it_.seen(ANNA, CHANNEL, 3);
    expect(newest(CHANNEL)).toMatch(/The picture is in your direct message with me/);
    expect(
      workspace()
        .seenBy(ANNA, DM)
        .filter(({ fileIds }) => fileIds),
    ).toHaveLength(2);
  });

  it('comes with its picture into the direct message, described, and the card says so', async () => {
    olderWorkspace();
    await pressTrend();
    await it_.seen(ANNA, CHANNEL, 2);
    expect(newest(CHANNEL)).toMatch(
      /About 300\sMB a day[\s\S]*The picture is in your direct message with me/,
    );
    const picture = workspace()
      .seenBy(ANNA, DM)
      .find(({ fileIds }) => fileIds);
    expect(lastForm(picture).text).toMatch(
      /1\.3\sGB left of 5\sGB \(26%\)\nAbout 300\sMB a day.*\nICCID: 8910000000001000019/,
    );
    const [file] = workspace().files.values();
    expect(file).toMatchObject({
      name: 'trend.png',
      sharedIn: DM,
      altText: expect.stringMatching(/^Data left from .* to 1\.3\sGB\..*reaches zero about/),
    });
    expect(file?.bytes && pixelsOf(file.bytes)).toMatchObject(TREND_SIZE);
    expect(workspace().publicIn(CHANNEL)).toEqual([]);
  });

  it('asked for in the direct message it is answered there', async () => {
    olderWorkspace();
    await it_.slack.push(directMessage(it_.slack, `trend ${ACTIVE}`));
    await it_.soon('picture and words', () => workspace().seenBy(ANNA, DM).length === 2);
    await it_.soon('the words', () =>
      workspace()
        .seenBy(ANNA, DM)
        .some((post) => /About 300\sMB a day/.test(lastForm(post).text) && !post.fileIds),
    );
    expect(
      workspace()
        .seenBy(ANNA, DM)
        .filter(({ fileIds }) => fileIds),
    ).toHaveLength(1);
    expect(JSON.stringify(workspace().posts)).not.toContain('in your direct message with me');
  });

  it('gives up a slow upload, and tells the words once: beside a card nothing can be changed', async () => {
    olderWorkspace();
    workspace().fail('upload', { hang: true });
    await pressTrend();
    await it_.soon('the words', () => /couldn’t be drawn this time/.test(newest(CHANNEL)));
    expect(workspace().seenBy(ANNA, CHANNEL)).toHaveLength(2);
  });

  it.each([
    ['the scope is missing', 'files.getUploadURLExternal', { error: 'missing_scope' }],
    ['the upload fails', 'upload', { status: 500 }],
    ['it cannot be shared', 'files.completeUploadExternal', { error: 'file_uploads_disabled' }],
    ['the direct message is closed', 'conversations.open', { error: 'cannot_dm_bot' }],
  ])('is told in words where %s, and the operator reads why', async (_, method, fault) => {
    olderWorkspace();
    workspace().fail(method, fault);
    await pressTrend();
    await it_.seen(ANNA, CHANNEL, 2);
    expect(newest(CHANNEL)).toMatch(/About 300\sMB a day[\s\S]*The picture couldn’t be drawn this time/);
    expect(it_.bot.log.lines('could not be sent')).toHaveLength(1);
    if (method.endsWith('URLExternal')) expect(it_.bot.log.text()).toContain('manifests/slack-app.yaml');
    expect(it_.bot.log.text()).not.toContain('/upload/v1/');
  });
});

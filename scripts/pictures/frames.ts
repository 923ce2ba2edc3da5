import type { ModalView } from '@slack/types';
import type { Card } from '../../src/cards/card.ts';
import { installCard } from '../../src/cards/install-card.ts';
import { trendCard } from '../../src/cards/trend-card.ts';
import { drawQr } from '../../src/pictures/qr-picture.ts';
import { drawTrend } from '../../src/pictures/trend-picture.ts';
import { type PageMessage, pagePen } from '../../src/platforms/page/message.ts';
import { askForm, helpModal } from '../../src/platforms/slack/home-view.ts';
import { listForm } from '../../src/platforms/slack/list-form.ts';
import { cardsIn } from '../../test/support/card-gallery.ts';
import { found, SAMPLE_GUIDE } from '../../test/support/details.ts';
import { DAY_MS, ICCID, NOW, RUNS_OUT, readingOf } from '../../test/support/replies.ts';
import { deskIn, homeIn } from '../../test/support/slack-gallery.ts';
import type { Frame, View } from './painter.ts';

type Drawn = Pick<View, 'locale' | 'look'>;
const LIST_BYTES = 512 * 1024;

/** Everything there is to draw in a language: the cards, those that bring a picture, and what Slack alone has. */
export async function framesIn(view: Drawn): Promise<Frame[]> {
  const cards = Object.entries({ ...cardsIn(view.locale), ...(await withPictures(view.locale)) });
  const frames = [
    ...cards.map(([name, card]) => frameOf(name, card, view.locale)),
    { name: 'What a person works with', message: messageOf(deskIn(view.locale), view.locale) },
  ];
  return view.look === 'slack' ? [...frames, ...slackAlone(view.locale)] : frames;
}

/** One card as both services would get it. */
export function frameOf(name: string, card: Card, locale: string): Frame {
  return { name, message: messageOf([card], locale) };
}

function messageOf(cards: readonly Card[], locale: string): PageMessage {
  const handled = cards.map((card) => ({ card, handle: { note: 'picture-1', index: 0, jobId: '' } }));
  return pagePen.message(handled, { locale, timeZone: 'UTC' });
}

async function withPictures(locale: string) {
  const viewer = { audience: 'private', locale, now: NOW } as const;
  const forecast = { ...RUNS_OUT, from: NOW - 6 * DAY_MS };
  const points = [0, 1, 2, 3, 4, 5, 6].map((day) => ({
    at: NOW - (6 - day) * DAY_MS,
    remainingMb: 1331 + (6 - day) * 312,
    totalMb: 5120,
    status: 'ACTIVE',
  }));
  const reading = readingOf();
  const trend = { points, forecast, ...(reading.expiresAt ? { expiresAt: reading.expiresAt } : {}) };
  const qr = await drawQr(SAMPLE_GUIDE.activationCode ?? '');
  const question = { viewer, system: undefined, language: locale, about: 0, qr };
  return {
    'How to install it': installCard(ICCID, found(SAMPLE_GUIDE), question),
    'The trend': trendCard(
      { iccid: ICCID, reading, asOf: NOW, trend, png: await drawTrend(trend, locale) },
      viewer,
    ),
  };
}

function slackAlone(locale: string): Frame[] {
  const reader = { locale, timeZone: 'UTC', teamId: 'T0000', userId: 'U0000' };
  return [
    { name: 'App Home', message: slackMessage(homeIn(locale)) },
    { name: 'App Home, the store away', message: slackMessage(homeIn(locale, false)) },
    { name: 'The form that checks an eSIM', message: formMessage(askForm(locale, '')) },
    { name: 'The form that takes a list', message: formMessage(listForm(locale, '', LIST_BYTES)) },
    { name: 'The help of App Home', message: formMessage(helpModal(reader, NOW)) },
  ];
}

function slackMessage(blocks: readonly unknown[]): PageMessage {
  return { slack: { text: '', blocks }, discord: { embeds: [], components: [] }, files: [] };
}

/** A form has no place in a message: its words are drawn in their order, its field as a line. */
function formMessage({ title, submit, close, blocks }: ModalView): PageMessage {
  const button = (text: ModalView['title'] | undefined, style: object) =>
    text ? [{ type: 'button', action_id: text.text, text, ...style }] : [];
  return slackMessage([
    { type: 'header', text: title },
    ...blocks.flatMap((block): readonly object[] =>
      'label' in block
        ? [
            { type: 'section', text: { type: 'mrkdwn', text: `*${block.label.text}*` } },
            { type: 'divider' },
            ...(block.hint ? [{ type: 'context', elements: [block.hint] }] : []),
          ]
        : [block],
    ),
    { type: 'actions', elements: [...button(close, {}), ...button(submit, { style: 'primary' })] },
  ]);
}

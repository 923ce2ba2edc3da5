import { askForm, helpModal, homeBlocks } from '../../src/platforms/slack/home-view.ts';
import { content, slackPen } from '../../src/platforms/slack/pen.ts';
import { CARDS } from './card-gallery.ts';
import { cachedReply, ICCID, NOW } from './replies.ts';

/** The buttons of a sample say nothing that anybody could press. */
const handle = { note: 'sample-note1', index: 0, jobId: '' };
const reader = { locale: 'en', timeZone: 'UTC' };
const home = { ...reader, teamId: 'T0000', userId: 'U0000' };

/** Everything that Slack is sent, each in all its forms, as arguments of `blocks.validate`. */
export function slackGallery() {
  const cards = Object.entries(CARDS).map(([card, drawn]) => {
    const message = slackPen.message([{ card: drawn, handle }], reader);
    return { card, forms: [message, ...(message.plainer ?? [])].map((form) => ({ message: content(form) })) };
  });
  const recent = [{ iccid: ICCID, reply: cachedReply() }];
  const blocks = homeBlocks({ pending: [], recent, note: 'sample-note1', healthy: false }, home, NOW);
  return [
    ...cards,
    { card: 'App Home', forms: [{ view: { type: 'home', blocks } }] },
    { card: 'The form that checks an eSIM', forms: [{ view: askForm('en', '') }] },
    { card: 'The help of App Home', forms: [{ view: helpModal(home, NOW) }] },
  ];
}

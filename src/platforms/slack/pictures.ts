import type { Card, Picture } from '../../cards/card.ts';
import { plainLine } from '../../cards/plain-text.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../ops/log.ts';
import type { Place } from './address.ts';
import { writing } from './drawing.ts';
import { sendPicture } from './files.ts';
import { escapeMrkdwn } from './mrkdwn.ts';
import type { SlackClient } from './web.ts';

/** What sending pictures needs. */
export interface PictureParts {
  readonly client: SlackClient;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The cards as they are shown in Slack: a picture goes into the direct message with the asker, and the card says so where it
 * stands elsewhere, or that there is none. Never throws.
 */
export function createPictureSender({ client, clock, log }: PictureParts) {
  async function sendOne(place: Place, card: Card, picture: Picture): Promise<Card> {
    const { forecast } = wordsFor(place.locale);
    const options = writing(place);
    const comment = [card.title, ...card.lines.map((line) => plainLine(line, options))].join('\n');
    const to = { userId: place.userId, comment: escapeMrkdwn(comment) };
    const sent = await sendPicture(clock, client, picture, to);
    if (sent.kind === 'ok')
      return place.inDirectMessage ? card : { ...card, lines: [...card.lines, forecast.pictureElsewhere] };
    const remedy = sent.kind === 'operator' ? { remedy: sent.remedy } : {};
    log.warn({ requestId: place.questionId, error: sent.error, ...remedy }, 'A picture could not be sent');
    return { ...card, lines: [...card.lines, forecast.noPicture] };
  }

  return (place: Place, cards: readonly Card[]): Promise<Card[]> =>
    Promise.all(cards.map(async (card) => (card.picture ? sendOne(place, card, card.picture) : card)));
}

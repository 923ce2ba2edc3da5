import type { Card, Picture } from '../../cards/card.ts';
import { plainText } from '../../cards/plain-text.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { readerOf } from '../chat/seam.ts';
import type { Place } from './address.ts';
import { sendToPerson } from './files.ts';
import { escapeMrkdwn } from './mrkdwn.ts';
import type { SlackClient } from './web.ts';

/** What sending pictures needs. */
export interface PictureParts {
  readonly client: SlackClient;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The cards as they are shown in Slack: a picture goes into the direct message with the asker, and the card says so
 * where it stands elsewhere, or that there is none. Needs `files:write` and `im:write`. Never throws: a picture that
 * cannot be sent is a line in the log and a word on the card.
 */
export function createPictureSender({ client, clock, log }: PictureParts) {
  async function sendOne(place: Place, card: Card, picture: Picture): Promise<Card> {
    const { forecast } = wordsFor(place.locale);
    const options = readerOf(place);
    // A message of its own: it has to say which eSIM it is about.
    const comment = plainText({ ...card, meters: [], freshness: [] }, options);
    const { name, png: bytes, alt } = picture;
    const file = { name, bytes, alt };
    const sent = await sendToPerson(clock, client, place.userId, file, escapeMrkdwn(comment));
    if (sent.kind === 'ok')
      return place.inDirectMessage ? card : { ...card, lines: [...card.lines, forecast.pictureElsewhere] };
    const remedy = sent.kind === 'operator' ? { remedy: sent.remedy } : {};
    log.warn({ requestId: place.questionId, error: sent.error, ...remedy }, 'A picture could not be sent');
    return { ...card, lines: [...card.lines, forecast.noPicture] };
  }

  return (place: Place, cards: readonly Card[]): Promise<Card[]> =>
    Promise.all(cards.map(async (card) => (card.picture ? sendOne(place, card, card.picture) : card)));
}

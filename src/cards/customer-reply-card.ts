import { type Iccid, maskIccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import type { AskAction, Card, PrivateViewer } from './card.ts';
import { customerReply } from './customer-reply.ts';
import { detailCard } from './detail-card.ts';
import { LANGUAGES } from './languages.ts';
import { CARD_LIMITS } from './limits.ts';
import { clip, code, dotted, instantFrom } from './spans.ts';
import { wordsFor } from './words.ts';

/**
 * A text for the customer, to copy; the menu says it in another language. `known` absent: nothing is known of this
 * eSIM, so there is nothing to tell. `language`: BCP 47; `about` is the eSIM's place in the message.
 */
export function customerReplyCard(
  iccid: Iccid,
  known: { readonly reading: UsageReading; readonly asOf: number } | undefined,
  viewer: PrivateViewer,
  { language, about }: { readonly language: string; readonly about: number },
): Card {
  const { reply, card } = wordsFor(viewer.locale);
  const { title } = reply;
  const esim = card.esim(maskIccid(iccid));
  if (known === undefined)
    return detailCard({ title: card.headline.askLater, lines: [reply.none], freshness: [[esim]] });
  const said = customerReply(known.reading, { language, now: viewer.now });
  return detailCard({
    title,
    // As code, since that is copied as it stands; a line each.
    lines: [reply.copy, ...said.split('\n').map((sentence) => [code(sentence)])],
    freshness: [dotted([[esim], card.asOf(instantFrom(viewer.now, known.asOf, 'relative'))])],
    menu: { kind: 'choice', label: reply.language, options: languageActions(viewer.locale, about) },
  });
}

/** Each by its name in the agent's language. */
function languageActions(locale: string, about: number): AskAction[] {
  const names = new Intl.DisplayNames(wordsFor(locale).locale, { type: 'language' });
  return LANGUAGES.map((language) => ({
    kind: 'ask',
    topic: 'reply',
    about,
    words: language,
    label: clip(names.of(language) ?? language, CARD_LIMITS.actionLabel),
    style: 'normal',
  }));
}

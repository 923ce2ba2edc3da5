import type { Balance } from '../domain/details.ts';
import type { MoneyDecision } from '../usage/access.ts';
import type { DetailResult } from '../usage/detail-result.ts';
import type { Card, Line, PrivateViewer } from './card.ts';
import { ageOf, detailCard, notFoundCard } from './detail-card.ts';
import { MAX_LISTED } from './limits.ts';
import { moneyText } from './money.ts';
import { code, foreign } from './spans.ts';
import { wordsFor } from './words.ts';

/** What is left of the partner's credit, an account a line. The caller has asked whether the reader may see money. */
export function balanceCard(result: DetailResult<Balance>, viewer: PrivateViewer): Card {
  const words = wordsFor(viewer.locale);
  const title = words.topics.titles.balance;
  if (result.kind !== 'found') return notFoundCard(result, { title, viewer });
  const { accounts } = result.value;
  const { balance } = words.topics;
  const [only, ...others] = accounts;
  // Airalo calls the one account there is "balance".
  if (only && others.length === 0) {
    const amount = moneyText(words.locale, only.amount, only.currency);
    const tone = only.amount <= 0 ? 'attention' : 'neutral';
    return detailCard({ title: balance.is(amount), tone, freshness: ageOf(result, viewer) });
  }
  return detailCard({
    title: accounts.length === 0 ? balance.none : title,
    tone: accounts.some(({ amount }) => amount <= 0) ? 'attention' : 'neutral',
    facts: accounts.slice(0, MAX_LISTED).map(({ name, amount, currency }) => ({
      label: balance.account,
      value: [
        moneyText(words.locale, amount, currency),
        ...(name === undefined ? [] : [' (', foreign(name, 'name', 'private'), ')']),
      ],
    })),
    freshness: ageOf(result, viewer),
  });
}

/** For somebody who may not read it: what it would take. */
export function balanceRefusalCard(
  decision: Exclude<MoneyDecision, { kind: 'allowed' }>,
  viewer: PrivateViewer,
): Card {
  const { topics, refusal } = wordsFor(viewer.locale);
  const line = (): Line => {
    switch (decision.kind) {
      case 'not-in-group':
        return topics.balance.needsGroup(decision.groupIds);
      case 'not-set-up':
        return topics.balance.notSetUp(code(decision.setting));
      case 'check-failed':
        return topics.balance.checkFailed;
      default:
        return decision satisfies never;
    }
  };
  const title =
    decision.kind === 'check-failed' ? refusal.titles['store-unavailable'] : refusal.titles['not-allowed'];
  return detailCard({ title, tone: 'bad', lines: [line()] });
}

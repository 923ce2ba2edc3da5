import { distance } from 'fastest-levenshtein';

/**
 * Everything that can be asked by a word. A person types the word before or after the ICCID; a button carries it. `usage` is the
 * ordinary lookup. The list is the measure of all others: the handlers, the help and the documents have each of them.
 */
export const TOPICS = [
  'usage',
  'packages',
  'esim',
  'topups',
  'install',
  'balance',
  'devices',
  'watch',
  'watches',
  'unwatch',
  'digest',
  'name',
  'names',
  'unname',
  'find',
  'order',
  'orders',
  'plans',
  'trend',
  'reply',
  'recent',
  'cancel',
  'status',
] as const;
/** See `TOPICS`. */
export type Topic = (typeof TOPICS)[number];

/** Other words that people try, in lower case. */
const ALSO: ReadonlyMap<string, Topic> = new Map([
  ['refresh', 'usage'],
  ['check', 'usage'],
  ['package', 'packages'],
  ['details', 'esim'],
  ['topup', 'topups'],
  ['top-up', 'topups'],
  ['top-ups', 'topups'],
  ['device', 'devices'],
  ['recents', 'recent'],
  ['plan', 'plans'],
  ['version', 'status'],
]);
/** They change something: at the end of a sentence ("the customer wants to cancel") they are words like others. */
const CHANGING: ReadonlySet<Topic> = new Set<Topic>(['digest', 'cancel', 'unwatch', 'unname']);
/** Customers end their sentences with them: "I cannot find my order". */
const SPOKEN: ReadonlySet<Topic> = new Set<Topic>(['order', 'orders', 'plans']);

/** The topic a word names, whatever its case; undefined for any other word. */
export function topicOf(word: string): Topic | undefined {
  const wanted = word.toLowerCase();
  return TOPICS.find((topic) => topic === wanted) ?? ALSO.get(wanted);
}

/** Whether a topic may be the last word of a text that says other things as well. */
export function mayEndSentence(topic: Topic): boolean {
  return topic !== 'usage' && !CHANGING.has(topic) && !SPOKEN.has(topic);
}

/** A long word bears two wrong letters; a short one has neighbours that mean something else. */
const LONG = 6;
/** Near one of ours, and said beside a number in everyday life. */
const EVERYDAY = new Set([
  'esims',
  'fine',
  'recently',
  'receipt',
  'decent',
  'older',
  'other',
  'others',
  'offers',
  'borders',
  'plane',
  'planes',
  'plant',
  'plants',
]);

/** The word for a topic that was nearly typed: `pakages`, `watchs`; undefined where it could as well be another word. */
export function nearlyTopic(word: string): Topic | undefined {
  const typed = word.toLowerCase();
  if (topicOf(typed) !== undefined || EVERYDAY.has(typed)) return undefined;
  const near = [...TOPICS.map((topic) => [topic, topic] as const), ...ALSO]
    .map(([known, topic]) => ({ topic, known, off: distance(typed, known) }))
    .filter(({ known, off }) => {
      const isLong = known.length >= LONG;
      return typed[0] === known[0] ? off <= (isLong ? 2 : 1) : isLong && off === 1;
    })
    .sort((a, b) => a.off - b.off);
  return near[0]?.topic;
}

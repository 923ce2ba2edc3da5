/**
 * What can be asked about an eSIM (or about the account) beside how much is left. A person types the word before or after
 * the ICCID; a button carries it. `usage` is the ordinary lookup, for buttons that lead to one.
 */
const TOPICS = [
  'usage',
  'packages',
  'esim',
  'topups',
  'install',
  'balance',
  'devices',
  'watch',
  'watches',
  'name',
  'find',
  'trend',
  'reply',
] as const;
/** See `TOPICS`. */
export type Topic = (typeof TOPICS)[number];

/** The topic a word names, whatever its case; undefined for any other word. */
export function topicOf(word: string): Topic | undefined {
  const wanted = word.toLowerCase();
  return TOPICS.find((topic) => topic === wanted);
}

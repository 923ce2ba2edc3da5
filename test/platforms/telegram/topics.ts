/** Topics that buttons lead to, with words as long as they get there. */
export const TOPICS_WITH_BUTTONS = [
  ['usage', ''],
  ['packages', ''],
  ['install', 'android English'],
  ['topups', ''],
  ['watch', '25 5d until depleted 2026'],
  ['watches', `stop watch-${'x'.repeat(22)}`],
  ['devices', 'x'.repeat(38)],
] as const;

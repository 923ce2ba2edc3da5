/** The cards that docs/cards.md shows as pictures: by subject, the name of the card on each service. */
export const PICTURED = {
  Active: both('A reading just taken'),
  Low: both('Running low'),
  Expired: both('Past its end'),
  'Ten eSIMs': both('Several eSIMs'),
  Help: both('Help'),
  'What you work with': { slack: 'App Home', discord: 'What a person works with' },
  Alert: both('An alert in the channel: the first warning'),
  Install: both('How to install it'),
} as const satisfies Readonly<Record<string, { readonly slack: string; readonly discord: string }>>;

/** In which languages. */
export const PICTURED_LANGUAGES = ['en', 'de', 'ja'] as const;

/** Below docs/pictures. */
export function pictureFile(subject: string, look: string, locale: string): string {
  return `${subject.replace(/\W+/g, '-').toLowerCase()}.${look}.${locale}.webp`;
}

function both<N extends string>(name: N) {
  return { slack: name, discord: name } as const;
}

// Keeps the cards' pictures as they are drawn now (part of `npm run cards`): test/cards/visual/pictures is what the tests compare with.
import { keep, tidy } from '../test/cards/visual/references.ts';
import { pictureOf, SUBJECTS } from '../test/cards/visual/subjects.ts';

for (const subject of SUBJECTS) await keep(subject, await pictureOf(subject));
await tidy();

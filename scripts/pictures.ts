// Draws the cards as Slack and Discord would, by the demo's own page in a real browser: `npm run pictures` writes those of the documents into
// docs/pictures; `npm run pictures -- <folder>` every card of the gallery on both services, in all languages, for phone and desk, light and
// dark. Narrower: `--look slack --language de,ja --width phone --theme light --only alert`. With `--sheet` some twenty cards stand on one picture.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LANGUAGES } from '../src/cards/languages.ts';
import { LOOKS } from '../src/platforms/page/message.ts';
import { documentPictures } from './pictures/for-documents.ts';
import { framesIn } from './pictures/frames.ts';
import { type Frame, startPainter, THEMES, type View, WIDTHS } from './pictures/painter.ts';

/** Cards on one sheet. */
const ON_A_SHEET = 18;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    look: { type: 'string' },
    language: { type: 'string' },
    width: { type: 'string' },
    theme: { type: 'string' },
    only: { type: 'string' },
    sheet: { type: 'boolean' },
  },
});
const [folder] = positionals;

const painter = await startPainter();
try {
  if (folder === undefined) await documentPictures(painter, join('docs', 'pictures'));
  else await gallery(folder);
} finally {
  await painter.close();
}

async function gallery(into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  for (const view of views()) {
    const frames = (await framesIn(view)).filter(({ name }) => new RegExp(values.only ?? '', 'i').test(name));
    const { look, width, theme, locale } = view;
    const end = `${look}.${locale}.${width}.${theme}.png`;
    for (const [sheet, some] of sheetsOf(frames).entries()) {
      const [first] = some;
      if (values.sheet) await painter.sheet(some, view, join(into, `sheet-${sheet + 1}.${end}`));
      else if (first) await painter.one(first, view, join(into, `${fileName(first.name)}.${end}`));
    }
  }
}

function views(): View[] {
  return chosen(LOOKS, values.look).flatMap((look) =>
    chosen(LANGUAGES, values.language).flatMap((locale) =>
      chosen(WIDTHS, values.width).flatMap((width) =>
        chosen(THEMES, values.theme).map((theme): View => ({ look, locale, width, theme })),
      ),
    ),
  );
}

function chosen<T extends string>(all: readonly T[], given: string | undefined): T[] {
  const wanted = given?.split(',');
  return all.filter((one) => wanted === undefined || wanted.includes(one));
}

function sheetsOf(frames: readonly Frame[]): Frame[][] {
  const size = values.sheet ? ON_A_SHEET : 1;
  const count = Math.ceil(frames.length / size);
  return Array.from({ length: count }, (_, sheet) => frames.slice(sheet * size, (sheet + 1) * size));
}

function fileName(name: string): string {
  return name.replace(/\W+/g, '-').toLowerCase();
}

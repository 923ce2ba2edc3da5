import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import satori, { type Font } from 'satori';
import { pngOf } from '../../../src/pictures/png.ts';
import { signPicture } from './signs.ts';
import type { Tree } from './tree.ts';

/** A phone. */
const WIDTH = 360;
const require = createRequire(import.meta.url);

/** In the order in which they are looked into for a character. */
const FONTS: readonly { readonly name: string; readonly weight: 400 | 700; readonly file: string }[] = [
  {
    name: 'Sans',
    weight: 400,
    file: require.resolve('@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff'),
  },
  {
    name: 'Sans',
    weight: 700,
    file: require.resolve('@fontsource/noto-sans/files/noto-sans-latin-700-normal.woff'),
  },
  {
    name: 'Japanese',
    weight: 400,
    file: require.resolve('@fontsource/noto-sans-jp/files/noto-sans-jp-japanese-400-normal.woff'),
  },
  {
    name: 'Japanese',
    weight: 700,
    file: require.resolve('@fontsource/noto-sans-jp/files/noto-sans-jp-japanese-700-normal.woff'),
  },
  { name: 'Mono', weight: 400, file: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf') },
  { name: 'Signs', weight: 400, file: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf') },
];

let fonts: Promise<Font[]> | undefined;

/**
 * Draws a tree as PNG, 360 px wide and as high as it is. Fonts and rasteriser come with the dependencies and text is drawn as paths: the
 * same pixels on every machine.
 */
export async function paint(tree: Tree, locale: string): Promise<Uint8Array> {
  fonts ??= loadFonts();
  const svg = await satori(tree, {
    width: WIDTH,
    fonts: await fonts,
    ...(locale === 'ja' ? { locale: 'ja-JP' } : {}),
    loadAdditionalAsset: async (kind, text) => {
      if (kind === 'emoji') return signPicture(text);
      throw new Error(`No font here has “${text}” (${kind})`);
    },
  });
  return pngOf(svg);
}

function loadFonts(): Promise<Font[]> {
  return Promise.all(
    FONTS.map(async ({ name, weight, file }) => {
      return { name, weight, style: 'normal' as const, data: await readFile(file) };
    }),
  );
}

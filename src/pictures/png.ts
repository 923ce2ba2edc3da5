import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const require = createRequire(import.meta.url);
/**
 * Loaded once for the process; undefined before the first picture, and after a load that failed.
 */
let ready: Promise<Uint8Array> | undefined;

/**
 * An SVG as PNG. The renderer (resvg, as WebAssembly, so that it runs on every platform) and its font take some megabytes and a moment
 * to load, so they are loaded when the first picture is wanted. Rejects when they cannot be.
 */
export async function pngOf(svg: string): Promise<Uint8Array> {
  ready ??= load().catch((error: unknown) => {
    // A passing fault, as too many open files, is not the end of all pictures.
    ready = undefined;
    throw error;
  });
  const font = await ready;
  // Memory of WebAssembly is not collected: each picture gives its own back.
  const image = new Resvg(svg, { font: { fontBuffers: [font], defaultFontFamily: 'DejaVu Sans' } });
  try {
    const rendered = image.render();
    const png = rendered.asPng();
    rendered.free();
    return png;
  } finally {
    image.free();
  }
}

/** The font is read first: the renderer can be initialised once only. */
async function load(): Promise<Uint8Array> {
  const font = await readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));
  await initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  return font;
}

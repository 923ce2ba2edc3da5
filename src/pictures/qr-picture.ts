import qrcode from 'qrcode-generator';
import { pngOf } from './png.ts';

/** Pixels a module: a phone reads it from another screen. */
const MODULE_PX = 8;
/** Modules of white around it (ISO/IEC 18004). */
const QUIET = 4;

/**
 * A text as a QR code, PNG, drawn here: whoever is sent the text could install the eSIM, so no service is. Rejects for a text that is too
 * long for one, and when the renderer cannot be loaded.
 */
export async function drawQr(text: string): Promise<Uint8Array> {
  return pngOf(qrSvg(text));
}

/** Each dark module is a square of one path. */
function qrSvg(text: string): string {
  // The smallest that holds it; a screen is clean, so the middle level of correction is enough.
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const size = count + 2 * QUIET;
  const places = Array.from({ length: count }, (_, place) => place);
  const dark = places.flatMap((row) =>
    places
      .filter((column) => code.isDark(row, column))
      .map((column) => `M${column + QUIET} ${row + QUIET}h1v1h-1z`),
  );
  const px = size * MODULE_PX;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${px}" height="${px}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">`,
    `<rect width="${size}" height="${size}" fill="#fff"/><path d="${dark.join('')}" fill="#000"/></svg>`,
  ].join('');
}

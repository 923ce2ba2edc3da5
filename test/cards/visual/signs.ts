/** The signs of the cards; every machine has other emoji, so these are drawn: a disc or a square of a colour. */
const COLOURS: Readonly<Record<string, string>> = {
  '🟢': '#2ea44f',
  '🟠': '#f2912b',
  '🔴': '#d93f3f',
  '🟡': '#f2c52b',
  '⚪': '#c8ccd1',
  '🟩': '#2ea44f',
  '🟧': '#f2912b',
  '🟥': '#d93f3f',
  '🟨': '#f2c52b',
  '🟦': '#3b82d6',
  '⬜': '#dcdfe3',
};
const SQUARES = new Set(['🟩', '🟧', '🟥', '🟨', '🟦', '⬜']);
const CLOCK =
  '<circle cx="8" cy="8" r="6.5" fill="#fff" stroke="#6b7280" stroke-width="1.5"/><path d="M8 4v4h4" fill="none" stroke="#6b7280" stroke-width="1.5"/>';
const WARNING =
  '<path d="M8 1.5 15 14H1z" fill="#f2c52b"/><path d="M8 5.5v4.5m0 1v1.5" stroke="#222" stroke-width="1.5"/>';

/** A sign as the address of an SVG. Throws for one that nobody has drawn yet, so that no picture goes without it. */
export function signPicture(sign: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svgOf(sign.replace('\uFE0F', ''))).toString('base64')}`;
}

function svgOf(sign: string): string {
  const around = (body: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">${body}</svg>`;
  if (sign === '🕒') return around(CLOCK);
  if (sign === '⚠') return around(WARNING);
  const colour = COLOURS[sign];
  if (colour === undefined) throw new Error(`test/cards/visual/signs.ts has no drawing of ${sign}`);
  return around(
    SQUARES.has(sign)
      ? `<rect x="1" y="1" width="14" height="14" rx="2" fill="${colour}"/>`
      : `<circle cx="8" cy="8" r="6.5" fill="${colour}"/>`,
  );
}

/** A style as satori takes it: CSS in camel case, lengths in px. */
export type Style = Readonly<Record<string, string | number>>;

/** What satori draws, without JSX. */
export interface Tree {
  readonly type: string;
  readonly key: null;
  readonly props: Readonly<Record<string, unknown>>;
}
/** A part of a tree. */
export type Part = Tree | string;

/** An element with a style and what it holds. */
export function box(style: Style, ...children: readonly Part[]): Tree {
  return { type: 'div', key: null, props: { style, children: children.map(withSigns) } };
}

/** A run of text within a line. */
export function run(style: Style, ...children: readonly Part[]): Tree {
  return { type: 'span', key: null, props: { style, children: children.map(withSigns) } };
}

/** A picture, by the address that holds it. */
export function image(src: string, style: Style): Tree {
  return { type: 'img', key: null, props: { src, style } };
}

/** These two are in a font as well, and would be drawn as letters. */
function withSigns(part: Part): Part {
  return typeof part === 'string' ? part.replace(/[⚪⚠](?!\uFE0F)/gu, '$&\uFE0F') : part;
}

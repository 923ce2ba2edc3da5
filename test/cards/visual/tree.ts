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
  return { type: 'div', key: null, props: { style, children } };
}

/** A run of text within a line. */
export function run(style: Style, ...children: readonly Part[]): Tree {
  return { type: 'span', key: null, props: { style, children } };
}

/** A picture, by the address that holds it. */
export function image(src: string, style: Style): Tree {
  return { type: 'img', key: null, props: { src, style } };
}

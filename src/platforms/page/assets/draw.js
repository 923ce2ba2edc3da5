/** What the drawers share. Texts become text nodes and nothing else: no markup comes out of one. */

/** An element with properties (`class`, `aria-…`, `onclick`, …) and children; `undefined` and `false` are left out. */
export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(9).filter((child) => child !== undefined && child !== false));
  return node;
}

/** A link to elsewhere; only what a browser may safely follow. */
export function link(href, ...children) {
  if (!/^(https?:|mailto:|tel:)/i.test(href)) return el('span', {}, ...children);
  return el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

/** A picture that came inside the message; anything else would have to be loaded, which the page never does. */
export function image(source, alt, className) {
  if (!/^data:image\//.test(source ?? ''))
    return el('p', { class: 'picture-elsewhere' }, `🖼 ${alt || 'A picture'}`, source ? ` (${source})` : '');
  return el('img', { src: source, alt, class: className });
}

/** What this page does not know how to draw is named, never dropped. */
export function unknown(kind) {
  return el('p', { class: 'unknown' }, `[${kind}: not drawn by this page]`);
}

/** Telegram's HTML as its server reads it: what is shown, or why the whole message is refused. */
export function readHtml(html: string): { readonly text: string } | { readonly problem: string } {
  const open: string[] = [];
  let text = '';
  for (const [piece, tag] of html.matchAll(/<([^>]*)>|[^<]+|</g)) {
    if (tag === undefined) {
      if (piece === '<') return { problem: "can't parse entities: Unclosed start tag" };
      if (/&(?!(?:lt|gt|amp|quot|#\d+|#x[\da-f]+);)/i.test(piece))
        return { problem: "can't parse entities: unescaped &" };
      text += piece
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&');
      continue;
    }
    const [, slash, name = ''] = /^(\/?)([a-z-]+)(?: href="[^"<>]*")?$/.exec(tag) ?? [];
    if (!['b', 'i', 'code', 'a', 'blockquote'].includes(name))
      return { problem: `can't parse entities: Unsupported start tag "${name || tag}"` };
    if (slash) {
      if (open.pop() !== name) return { problem: `can't parse entities: Unmatched end tag` };
    } else {
      // Telegram's docs: code holds nothing, and is in nothing but a link or a quote.
      if (open.includes('code')) return { problem: "can't parse entities: an entity within code" };
      open.push(name);
    }
  }
  if (open.length > 0) return { problem: `can't parse entities: Can't find end tag for "${open.at(-1)}"` };
  // A word joiner is not seen.
  return { text: text.replaceAll('\u2060', '') };
}

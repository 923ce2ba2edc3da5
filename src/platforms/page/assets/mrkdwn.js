import { slackDate } from './dates.js';
import { el, link } from './draw.js';

/**
 * Slack's mrkdwn (docs.slack.dev, formatting message text): marks hold only where they stand free, `<…>` is a link, a mention or a date,
 * and `&amp;`, `&lt;`, `&gt;` are what they say.
 */
export function mrkdwn(text, names) {
  const blocks = text.split(/```\n?([\s\S]*?)```/);
  return blocks.flatMap((part, index) => {
    if (index % 2 === 1) return [el('pre', {}, plain(part))];
    return lines(part, names);
  });
}

/** The three characters that Slack escapes, as themselves. */
export function plain(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function lines(text, names) {
  const nodes = [];
  for (const [index, line] of text.split('\n').entries()) {
    const quote = /^&gt; ?(.*)$/.exec(line);
    if (quote) nodes.push(el('blockquote', {}, inline(quote[1], names)));
    else {
      if (index > 0 && nodes.at(-1)?.nodeName !== 'BLOCKQUOTE') nodes.push(el('br'));
      nodes.push(...inline(line, names));
    }
  }
  return nodes;
}

const MARKS = { '*': 'strong', _: 'em', '~': 's' };
/** Code first, then a token, then a mark that begins at a free place and ends before one. */
const INLINE =
  /`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}])([*_~])(?![\s*_~])((?:(?!\3)[^\n])*?[^\s])\3(?![\p{L}\p{N}])/u;

function inline(text, names) {
  const nodes = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    const [whole, code, token, mark, marked] = found;
    if (found.index > 0) nodes.push(plain(rest.slice(0, found.index)));
    if (code !== undefined) nodes.push(el('code', {}, plain(code)));
    else if (token !== undefined) nodes.push(ofToken(token, names));
    else nodes.push(el(MARKS[mark], {}, inline(marked, names)));
    rest = rest.slice(found.index + whole.length);
  }
  if (rest !== '') nodes.push(plain(rest));
  return nodes;
}

function ofToken(token, names) {
  const [target = '', label] = token.split('|');
  if (target.startsWith('!date^')) {
    const [, seconds, form = '', href] = target.split('^');
    const at = Number(seconds) * 1000;
    const text = slackDate(at, plain(form)) ?? plain(label ?? '');
    const time = el('time', { datetime: new Date(at).toISOString() }, text);
    return href ? link(plain(href), time) : time;
  }
  if (target.startsWith('@')) return el('span', { class: 'mention' }, `@${names.person(target.slice(1))}`);
  if (target.startsWith('#')) return el('span', { class: 'mention' }, `#${names.room(target.slice(1))}`);
  if (target.startsWith('!')) return el('span', { class: 'mention' }, `@${plain(label ?? target.slice(1))}`);
  return link(plain(target), plain(label ?? target));
}

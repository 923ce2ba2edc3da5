import { discordDate } from './dates.js';
import { el, link } from './draw.js';

/** Discord's Markdown (docs.discord.com, message formatting; Markdown 101): what the bot may write, and what people do. */
export function markdown(text, names) {
  const parts = text.split(/```(?:\w+\n)?([\s\S]*?)```/);
  return parts.flatMap((part, index) => (index % 2 === 1 ? [el('pre', {}, part)] : lines(part, names)));
}

const LINE_FORMS = [
  [/^-# (.+)$/, (rest) => el('small', { class: 'small-print' }, rest)],
  [/^### (.+)$/, (rest) => el('strong', { class: 'heading' }, rest)],
  [/^##? (.+)$/, (rest) => el('strong', { class: 'heading large' }, rest)],
  [/^> (.*)$/, (rest) => el('blockquote', {}, rest)],
  [/^ *[-*] (.+)$/, (rest) => el('div', { class: 'list-item' }, '• ', rest)],
];

function lines(text, names) {
  const nodes = [];
  for (const [index, line] of text.split('\n').entries()) {
    const form = LINE_FORMS.find(([pattern]) => pattern.test(line));
    if (form) nodes.push(form[1](inline(form[0].exec(line)[1], names)));
    else {
      if (index > 0 && !isBlock(nodes.at(-1))) nodes.push(el('br'));
      nodes.push(...inline(line, names));
    }
  }
  return nodes;
}

function isBlock(node) {
  return (
    ['SMALL', 'BLOCKQUOTE', 'DIV'].includes(node?.nodeName) || node?.classList?.contains('heading') === true
  );
}

const MARKS = { '**': 'strong', __: 'u', '~~': 's', '*': 'em', _: 'em', '||': 'span' };
/** In this order: an escaped sign, code, a masked link, a token, an address, a mark. */
const INLINE =
  /\\([^\p{L}\p{N}\s])|`([^`\n]+)`|\[((?:\\.|[^\]\\\n])+)\]\((https?:[^)\s]+)\)|<([@#t][^<>\n]*)>|(https?:\/\/[^\s<>]+)|(\*\*|__|~~|\|\||\*|(?<![\p{L}\p{N}])_)(?!\s)((?:\\.|(?!\7)[^\\\n])+)\7/u;

function inline(text, names) {
  const nodes = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    const [whole, escaped, code, label, href, token, address, mark, marked] = found;
    if (found.index > 0) nodes.push(rest.slice(0, found.index));
    if (escaped !== undefined) nodes.push(escaped);
    else if (code !== undefined) nodes.push(el('code', {}, code));
    else if (label !== undefined) nodes.push(link(href, inline(label, names)));
    else if (token !== undefined) nodes.push(ofToken(token, names) ?? whole);
    else if (address !== undefined) nodes.push(link(address, address));
    else nodes.push(el(MARKS[mark], {}, inline(marked, names)));
    rest = rest.slice(found.index + whole.length);
  }
  if (rest !== '') nodes.push(rest);
  return nodes;
}

function ofToken(token, names) {
  const stamp = /^t:(-?\d+)(?::([tTdDfFRsS]))?$/.exec(token);
  if (stamp) {
    const at = Number(stamp[1]) * 1000;
    return el('time', { datetime: new Date(at).toISOString() }, discordDate(at, stamp[2] ?? 'f'));
  }
  const mention = /^(@&|@!?|#)(\d+)$/.exec(token);
  if (!mention) return undefined;
  const name = mention[1] === '#' ? `#${names.room(mention[2])}` : `@${names.person(mention[2])}`;
  return el('span', { class: 'mention' }, name);
}

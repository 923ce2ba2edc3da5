import { menuButton, pressButton } from './controls.js';
import { el, image, link, unknown } from './draw.js';
import { mrkdwn, plain } from './mrkdwn.js';

/** Block Kit (docs.slack.dev, reference/block-kit): by the type of each block, whatever the cards are made of. */
export function drawSlack(message, env) {
  const { slack, files } = message;
  const blocks = slack.blocks.map((block) => drawBlock(block, env));
  const list = files.filter(({ type }) => !type.startsWith('image/')).map((file) => env.download(file));
  return [...(blocks.length === 0 ? [el('p', {}, mrkdwn(slack.text, env.names))] : blocks), ...list];
}

function drawBlock(block, env) {
  switch (block.type) {
    case 'header':
      return el('h3', { class: 'block header' }, textOf(block.text, env));
    case 'section':
      return section(block, env);
    case 'context':
      return el(
        'div',
        { class: 'block context' },
        block.elements.map((element) => contextElement(element, env)),
      );
    case 'actions':
      return el(
        'div',
        { class: 'block actions' },
        block.elements.map((element) => control(element, env)),
      );
    case 'divider':
      return el('hr', { class: 'block' });
    case 'image':
      return el(
        'figure',
        { class: 'block' },
        block.title ? el('figcaption', {}, textOf(block.title, env)) : undefined,
        image(block.image_url, block.alt_text, 'picture'),
      );
    case 'rich_text':
      return el(
        'div',
        { class: 'block' },
        block.elements.map((element) => richText(element, env)),
      );
    case 'table':
    case 'data_table':
      return table(block, env);
    case 'markdown':
      return el('p', { class: 'block' }, block.text);
    default:
      return unknown(block.type);
  }
}

function textOf(text, env) {
  if (!text) return [];
  return text.type === 'mrkdwn' ? mrkdwn(text.text, env.names) : [text.text];
}

function section({ text, fields = [], accessory }, env) {
  return el(
    'div',
    { class: 'block section' },
    el(
      'div',
      { class: 'section-body' },
      text ? el('div', { class: 'section-text' }, textOf(text, env)) : undefined,
      fields.length > 0
        ? el(
            'div',
            { class: 'fields' },
            fields.map((field) => el('div', { class: 'field' }, textOf(field, env))),
          )
        : undefined,
    ),
    accessory ? el('div', { class: 'accessory' }, control(accessory, env)) : undefined,
  );
}

function contextElement(element, env) {
  return element.type === 'image'
    ? image(element.image_url, element.alt_text, 'icon')
    : el('span', {}, textOf(element, env));
}

function control(element, env) {
  const optionsOf = (options) =>
    options.map((option) => ({
      text: plain(option.text.text),
      value: option.value,
      ...(option.description ? { description: plain(option.description.text) } : {}),
    }));
  switch (element.type) {
    case 'button': {
      const label = element.text.text;
      if (element.url) return link(element.url, label);
      return pressButton(label, element.style ?? 'normal', () =>
        env.press(element.action_id, element.value ?? ''),
      );
    }
    case 'overflow':
      return menuButton(
        'More',
        '⋯',
        optionsOf(element.options),
        (value) => env.press(element.action_id, value),
        'overflow',
      );
    case 'static_select': {
      const label = element.placeholder?.text ?? 'Choose';
      const options = element.options ?? element.option_groups.flatMap(({ options: grouped }) => grouped);
      return menuButton(
        label,
        label,
        optionsOf(options),
        (value) => env.press(element.action_id, value),
        'select',
      );
    }
    case 'image':
      return image(element.image_url, element.alt_text, 'thumbnail');
    default:
      return unknown(element.type);
  }
}

const STYLES = { bold: 'strong', italic: 'em', strike: 's', code: 'code' };

function richText(element, env) {
  switch (element.type) {
    case 'rich_text_section':
      return el(
        'p',
        {},
        element.elements.map((one) => richElement(one, env)),
      );
    case 'rich_text_list':
      return el(
        element.style === 'ordered' ? 'ol' : 'ul',
        {},
        element.elements.map((one) =>
          el(
            'li',
            {},
            one.elements.map((inner) => richElement(inner, env)),
          ),
        ),
      );
    case 'rich_text_quote':
      return el(
        'blockquote',
        {},
        element.elements.map((one) => richElement(one, env)),
      );
    case 'rich_text_preformatted':
      return el(
        'pre',
        {},
        element.elements.map((one) => richElement(one, env)),
      );
    default:
      return unknown(element.type);
  }
}

function richElement(element, env) {
  const styled = (node) =>
    Object.entries(STYLES).reduce(
      (inner, [name, tag]) => (element.style?.[name] ? el(tag, {}, inner) : inner),
      node,
    );
  switch (element.type) {
    case 'text':
      return styled(element.text);
    case 'link':
      return styled(link(element.url, element.text ?? element.url));
    case 'emoji':
      return element.unicode
        ? String.fromCodePoint(...element.unicode.split('-').map((code) => Number.parseInt(code, 16)))
        : `:${element.name}:`;
    case 'user':
      return el('span', { class: 'mention' }, `@${env.names.person(element.user_id)}`);
    case 'channel':
      return el('span', { class: 'mention' }, `#${env.names.room(element.channel_id)}`);
    case 'date':
      return mrkdwn(`<!date^${element.timestamp}^${element.format}|${element.fallback ?? ''}>`, env.names)[0];
    default:
      return unknown(element.type);
  }
}

/** The first row names the columns. */
function table({ rows, caption, column_settings: settings = [] }, env) {
  const [head = [], ...body] = rows;
  const cell = (tag) => (one, column) =>
    el(
      tag,
      {
        ...(tag === 'th' ? { scope: 'col' } : {}),
        ...(settings[column]?.align === 'right' ? { class: 'right' } : {}),
      },
      one.type === 'rich_text'
        ? one.elements.map((element) => richText(element, env))
        : String(one.text ?? one.value ?? ''),
    );
  return el(
    'div',
    { class: 'block table', tabindex: '0', role: 'group', 'aria-label': caption ?? 'Table' },
    el(
      'table',
      {},
      caption ? el('caption', {}, caption) : undefined,
      el('thead', {}, el('tr', {}, head.map(cell('th')))),
      el(
        'tbody',
        {},
        body.map((row) => el('tr', {}, row.map(cell('td')))),
      ),
    ),
  );
}

import { menuButton, pressButton } from './controls.js';
import { el, image, link, unknown } from './draw.js';
import { markdown } from './markdown.js';

/** A message of Discord's: content, embeds, components (docs.discord.com, message and component reference). */
export function drawDiscord({ discord, files }, env) {
  const { content = '', embeds = [], components = [] } = discord;
  const shown = new Set(
    embeds.flatMap(({ image: picture }) => picture?.url?.replace(/^attachment:\/\//, '') ?? []),
  );
  return [
    content === '' ? undefined : el('div', { class: 'content' }, markdown(content, env.names)),
    embeds.map((embed) => drawEmbed(embed, files, env)),
    files.filter(({ name }) => !shown.has(name)).map((file) => env.download(file)),
    components.map((component) => drawComponent(component, files, env)),
  ].flat();
}

function drawEmbed(
  { title, url, description, color, fields = [], image: picture, footer, author },
  files,
  env,
) {
  const node = el(
    'article',
    { class: 'embed' },
    author ? el('p', { class: 'embed-author' }, author.name) : undefined,
    title
      ? el(
          'h3',
          { class: 'embed-title' },
          url ? link(url, markdown(title, env.names)) : markdown(title, env.names),
        )
      : undefined,
    description ? el('div', { class: 'embed-text' }, markdown(description, env.names)) : undefined,
    fields.length > 0
      ? el(
          'div',
          { class: 'embed-fields' },
          fields.map((field) => drawField(field, env)),
        )
      : undefined,
    picture ? fileImage(picture.url, files) : undefined,
    footer ? el('p', { class: 'embed-footer' }, footer.text) : undefined,
  );
  if (color !== undefined) node.style.borderInlineStartColor = `#${color.toString(16).padStart(6, '0')}`;
  return node;
}

function drawField({ name, value, inline }, env) {
  return el(
    'div',
    { class: inline ? 'embed-field inline' : 'embed-field' },
    el('h4', {}, markdown(name, env.names)),
    el('div', {}, markdown(value, env.names)),
  );
}

function fileImage(url, files, description) {
  const file = files.find(({ name }) => url === `attachment://${name}`);
  return image(
    file ? `data:${file.type};base64,${file.base64}` : url,
    description ?? file?.alt ?? '',
    'picture',
  );
}

const BUTTON_STYLES = { 1: 'primary', 2: 'normal', 3: 'success', 4: 'danger' };

function drawComponent(component, files, env) {
  const inner = (components = []) => components.map((one) => drawComponent(one, files, env));
  switch (component.type) {
    case 1:
      return el('div', { class: 'row' }, inner(component.components));
    case 2: {
      const label = [component.emoji?.name, component.label].filter(Boolean).join(' ');
      if (component.style === 5) return link(component.url, label);
      const button = pressButton(label, BUTTON_STYLES[component.style] ?? 'normal', () =>
        env.press(component.custom_id, ''),
      );
      button.disabled = component.disabled === true;
      return button;
    }
    case 3: {
      const label = component.placeholder ?? 'Choose';
      const options = component.options.map(({ label: text, value, description }) => ({
        text,
        value,
        description,
      }));
      return menuButton(label, label, options, (value) => env.press(component.custom_id, value), 'select');
    }
    // Components V2.
    case 9:
      return el(
        'div',
        { class: 'section' },
        el('div', { class: 'section-body' }, inner(component.components)),
        inner([component.accessory]),
      );
    case 10:
      return el('div', { class: 'embed-text' }, markdown(component.content, env.names));
    case 11:
      return fileImage(component.media.url, files, component.description);
    case 12:
      return el(
        'div',
        {},
        component.items.map(({ media, description }) => fileImage(media.url, files, description)),
      );
    case 14:
      return component.divider === false ? el('div', { class: 'space' }) : el('hr');
    case 17: {
      const node = el('article', { class: 'embed' }, inner(component.components));
      if (typeof component.accent_color === 'number')
        node.style.borderInlineStartColor = `#${component.accent_color.toString(16).padStart(6, '0')}`;
      return node;
    }
    default:
      return unknown(`component ${component.type}`);
  }
}

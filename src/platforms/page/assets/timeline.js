import { clockTime, reader } from './dates.js';
import { drawDiscord } from './discord.js';
import { el } from './draw.js';
import { drawSlack } from './slack.js';

const DRAWERS = { slack: drawSlack, discord: drawDiscord };
const AUTHORS = { bot: 'esim-usage-bot', you: 'You', colleague: 'Kim (colleague)' };
/** Who sees it, as each service's own client says it in the reader's language. */
const ONLY_YOU = {
  slack: {
    en: 'Only visible to you',
    de: 'Nur für dich sichtbar',
    es: 'Visible solo para ti',
    fr: 'Visible uniquement par vous',
    ja: 'あなただけに表示されています',
    pt: 'Visível apenas para você',
  },
  discord: {
    en: 'Only you can see this',
    de: 'Nur du kannst das sehen',
    es: 'Solo tú puedes ver esto',
    fr: 'Vous seul pouvez voir ceci',
    ja: 'これはあなただけに表示されています',
    pt: 'Só você pode ver isto',
  },
};
const FACES = { bot: 'eS', you: 'Y', colleague: 'K' };

/** One entry as a list item; drawn anew with each change of it. */
export function drawEntry(entry, { look, names, act, say }) {
  const { id, author, message, text, isPrivate } = entry;
  const onlyYou = isPrivate
    ? el('p', { class: 'only-you', lang: reader.locale }, ONLY_YOU[look][reader.locale] ?? ONLY_YOU[look].en)
    : undefined;
  const env = {
    names,
    press: (control, value) => act({ kind: 'press', entry: id, look, control, value }),
    download: (file) => downloadOf(file, say),
  };
  return el(
    'li',
    {
      class: `entry ${author}${entry.threadOf ? ' in-thread' : ''}`,
      id: `entry-${id}`,
      tabindex: '-1',
      'aria-label': `${AUTHORS[author]}, ${clockTime(entry.at)}`,
    },
    el('span', { class: 'face', 'aria-hidden': 'true' }, FACES[author]),
    el(
      'div',
      { class: 'words' },
      look === 'slack' ? onlyYou : undefined,
      el(
        'p',
        { class: 'by' },
        el('strong', {}, AUTHORS[author]),
        author === 'bot' ? el('span', { class: 'app-badge' }, 'APP') : undefined,
        el('time', { datetime: new Date(entry.at).toISOString() }, clockTime(entry.at)),
        entry.arrived ? el('span', { class: 'arrived' }, 'arrived by itself') : undefined,
      ),
      text === undefined ? undefined : el('p', { class: 'typed' }, text),
      message ? el('div', { class: 'message' }, DRAWERS[look](message, env)) : undefined,
      author === 'colleague'
        ? el(
            'button',
            { type: 'button', class: 'check', onclick: () => act({ kind: 'check', entry: id }) },
            'Check eSIM usage',
          )
        : undefined,
      look === 'discord' ? onlyYou : undefined,
    ),
  );
}

/** The whole of a message in words, for those who hear the page. */
export function spokenText({ message, text = '' }) {
  return (message?.slack.text ?? text).replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1').replace(/[*`]/g, '');
}

function downloadOf({ name, type, base64 }, say) {
  return el(
    'button',
    {
      type: 'button',
      class: 'download',
      onclick: () => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const href = URL.createObjectURL(new Blob([bytes], { type }));
        el('a', { href, download: name }).click();
        URL.revokeObjectURL(href);
        say(`${name} saved`);
      },
    },
    `Save ${name}`,
  );
}

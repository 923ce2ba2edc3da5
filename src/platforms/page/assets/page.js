import { listOf, sampleList } from './composer.js';
import { reader } from './dates.js';
import { el } from './draw.js';
import { drawEntry, spokenText } from './timeline.js';

const $ = (id) => document.getElementById(id);
const facts = await (await fetch('facts.json')).json();
const { rooms, people } = facts;
const ROOM_NAMES = {
  [rooms.support]: 'support',
  [rooms.bot]: 'esim-usage-bot',
  [rooms.alerts]: 'esim-alerts',
};
const HINTS = {
  [rooms.support]:
    'A channel: /esim-usage and a number, or @esim-usage-bot and a number. The answer is for you alone.',
  [rooms.bot]: 'Your direct messages with the bot: just write a number.',
  [rooms.alerts]: 'Warnings of Airalo’s arrive here, for the whole team.',
};
const PLACEHOLDERS = {
  [rooms.support]: `/esim-usage ${facts.esims[0].iccid}`,
  [rooms.bot]: facts.esims[0].iccid,
  [rooms.alerts]: '/esim-usage help',
};
const names = {
  room: (id) => ROOM_NAMES[id] ?? id,
  person: (id) => ({ [people.you]: 'you', [people.colleague]: 'Kim' })[id] ?? id,
};
const entries = new Map();
const unread = new Map();
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What is chosen, and kept in the address behind `#`, so that a view can be reloaded or shown to somebody. */
const view = {
  ...{ look: 'slack', width: 'desk', theme: 'auto', language: 'en', room: rooms.support },
  ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))),
};
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

async function act(deed) {
  const said = { ...deed, ...(deed.kind === 'alert' ? {} : { locale: view.language, timeZone }) };
  const sent = await fetch('do', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(said),
  }).catch(() => undefined);
  $('lost').hidden = sent !== undefined;
  // What was pressed may have changed nothing: then it waits no longer.
  setTimeout(() => {
    for (const busy of document.querySelectorAll('[aria-busy]')) busy.removeAttribute('aria-busy');
  }, 1_500);
  return sent?.ok === true;
}

/** Heard by a screen reader; the same text twice is said twice. */
function say(text) {
  $('said').textContent = '';
  requestAnimationFrame(() => {
    $('said').textContent = text;
  });
}

function applyView() {
  const dark = view.theme === 'dark' || (view.theme === 'auto' && prefersDark.matches);
  Object.assign(document.documentElement.dataset, {
    look: view.look,
    width: view.width,
    theme: dark ? 'dark' : 'light',
  });
  for (const name of ['look', 'width', 'theme', 'language']) $(name).value = view[name];
  Object.assign(reader, { locale: view.language, seconds: facts.windowSeconds < 60 });
  $('log').lang = view.language;
  history.replaceState(null, '', `#${new URLSearchParams(view)}`);
  drawRooms();
  drawLog();
}

function drawRooms() {
  const buttons = Object.entries(ROOM_NAMES).map(([id, name]) => {
    const news = unread.get(id) ?? 0;
    return el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          'data-room': id,
          'aria-current': id === view.room ? 'page' : undefined,
          onclick: () => goTo(id),
        },
        el('span', {}, id === rooms.bot ? `@ ${name}` : `# ${name}`),
        news > 0
          ? el('span', { class: 'news' }, String(news), el('span', { class: 'unseen' }, ' new'))
          : undefined,
      ),
    );
  });
  const focused = document.activeElement?.dataset?.room;
  $('rooms').replaceChildren(...buttons);
  if (focused) $('rooms').querySelector(`[data-room="${focused}"]`)?.focus();
  $('room-name').textContent = view.room === rooms.bot ? names.room(view.room) : `# ${names.room(view.room)}`;
  $('room-hint').textContent = HINTS[view.room];
  $('text').placeholder = PLACEHOLDERS[view.room];
}

function goTo(room) {
  view.room = room;
  unread.delete(room);
  applyView();
}

const drawn = (entry) => drawEntry(entry, { look: view.look, names, act, say });

/** In the order of their coming; a thread's lines below their parent. */
function ordered() {
  const here = [...entries.values()].filter(({ room }) => room === view.room).sort((a, b) => a.at - b.at);
  return here
    .filter(({ threadOf }) => threadOf === undefined)
    .flatMap((parent) => [parent, ...here.filter(({ threadOf }) => threadOf === parent.id)]);
}

function drawLog() {
  $('log').replaceChildren(...ordered().map(drawn));
  toEnd();
}

function toEnd() {
  $('log').scrollTop = $('log').scrollHeight;
}

/** One entry anew, where it stands; whoever was in it with the keyboard stays in it. */
function redraw(entry) {
  const old = $(`entry-${entry.id}`);
  if (!old || entry.threadOf) return drawLog();
  const focused = old.contains(document.activeElement) ? document.activeElement : undefined;
  const fresh = drawn(entry);
  const label = focused?.textContent;
  old.replaceWith(fresh);
  if (focused) {
    const same = [...fresh.querySelectorAll('button')].find((button) => button.textContent === label);
    (same ?? fresh).focus({ preventScroll: true });
  }
  if (fresh === $('log').lastElementChild) toEnd();
}

function hear(entry) {
  const isNews = !entries.has(entry.id) || entry.arrived === true;
  entries.set(entry.id, entry);
  if (entry.room === view.room) redraw(entry);
  else if (entry.author === 'bot' && isNews) {
    unread.set(entry.room, (unread.get(entry.room) ?? 0) + 1);
    drawRooms();
  }
  if (entry.author === 'bot') say(`${entry.arrived ? 'Arrived: ' : ''}${spokenText(entry)}`);
}

function listen() {
  const events = new EventSource('events');
  let lostSince;
  events.onmessage = ({ data }) => hear(JSON.parse(data));
  events.onopen = () => {
    lostSince = undefined;
    $('lost').hidden = true;
  };
  // Each stream ends after some seconds and is opened again by itself: only a longer silence is a loss.
  events.onerror = () => {
    lostSince ??= Date.now();
    setTimeout(() => {
      if (lostSince !== undefined && Date.now() - lostSince > 3_000) $('lost').hidden = false;
    }, 3_500);
  };
}

for (const language of facts.languages) {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  $('language').append(el('option', { value: language, lang: language }, name));
}
for (const name of ['look', 'width', 'theme', 'language'])
  $(name).addEventListener('change', ({ target }) => {
    view[name] = target.value;
    applyView();
  });
prefersDark.addEventListener('change', applyView);
// A picture has its height only once it is decoded.
$('log').addEventListener(
  'load',
  ({ target }) => {
    if ($('log').lastElementChild?.contains(target)) toEnd();
  },
  true,
);
$('composer').addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (text === '') return;
  $('text').value = '';
  if (!(await act({ kind: 'say', room: view.room, look: view.look, text }))) $('text').value = text;
});
$('alert').addEventListener('click', () => act({ kind: 'alert' }));
$('sample').addEventListener('click', () => {
  goTo(rooms.bot);
  act(sampleList(facts.esims));
});
$('file').addEventListener('change', async ({ target }) => {
  const [file] = target.files;
  const list = file && (await listOf(file));
  target.value = '';
  if (!list) return say('That file is too large to be a list.');
  goTo(rooms.bot);
  await act(list);
});
$('window').textContent =
  `Each may be read once in ${facts.windowSeconds} seconds here (15 minutes at Airalo): ask twice, or press “tell me”, and watch the promise arrive by itself.`;
$('tries').append(
  ...facts.esims.map(({ iccid, shows }) =>
    el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          onclick: () => {
            const text = view.room === rooms.bot ? iccid : `/esim-usage ${iccid}`;
            act({ kind: 'say', room: view.room, look: view.look, text });
          },
        },
        el('code', {}, iccid),
        el('span', {}, shows),
      ),
    ),
  ),
);
// A phone has no room for all of it at once.
if (innerWidth < 700) for (const part of document.querySelectorAll('details')) part.open = false;
applyView();
listen();

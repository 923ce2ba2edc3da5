import { el } from './draw.js';

/** A button that says what it carries. */
export function pressButton(label, style, onPress) {
  const button = el('button', { type: 'button', class: `press ${style}` }, label);
  button.addEventListener('click', () => {
    // Until the message is drawn anew, or the page says that nothing came of it.
    button.setAttribute('aria-busy', 'true');
    onPress();
  });
  return button;
}

let menus = 0;

/**
 * A menu of choices behind a button: an overflow menu (`⋯`) or a select. The pattern "menu button" of the ARIA practices: arrows move,
 * Enter chooses, Escape and Tab leave.
 */
export function menuButton(label, face, options, onChoose, className = '') {
  const id = `menu-${++menus}`;
  const items = options.map(({ text, value, description }) =>
    el(
      'li',
      { role: 'none' },
      el(
        'button',
        {
          type: 'button',
          role: 'menuitem',
          tabindex: '-1',
          onclick: () => {
            close(true);
            opener.setAttribute('aria-busy', 'true');
            onChoose(value);
          },
        },
        text,
        description ? el('small', {}, description) : undefined,
      ),
    ),
  );
  const list = el('ul', { role: 'menu', id, hidden: true, 'aria-label': label }, items);
  const opener = el(
    'button',
    {
      type: 'button',
      class: `opener ${className}`,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-controls': id,
      ...(face === label ? {} : { 'aria-label': label }),
    },
    face,
  );
  const entries = items.map((item) => item.firstElementChild);

  function open(at) {
    list.hidden = false;
    opener.setAttribute('aria-expanded', 'true');
    entries.at(at)?.focus();
  }
  function close(back) {
    list.hidden = true;
    opener.setAttribute('aria-expanded', 'false');
    if (back) opener.focus();
  }
  opener.addEventListener('click', () => (list.hidden ? open(0) : close(true)));
  const root = el('div', { class: 'menu' }, opener, list);
  root.addEventListener('keydown', (event) => {
    const here = entries.indexOf(document.activeElement);
    const moves = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 };
    if (event.key === 'Escape' && !list.hidden) close(true);
    else if (event.key in moves) {
      const to = moves[event.key];
      if (list.hidden) open(event.key === 'ArrowUp' ? -1 : 0);
      else entries.at(to >= entries.length ? 0 : to)?.focus();
    } else return;
    event.preventDefault();
  });
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (!root.contains(relatedTarget)) close(false);
  });
  return root;
}

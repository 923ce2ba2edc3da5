/** Instants, as each service's client draws them: in the reader's language and zone. */

/** Set by the page. Locale: BCP 47. Seconds: no client shows them, but where windows last seconds minutes tell nothing. */
export const reader = { locale: 'en', seconds: false };

const format = (at, options) => {
  const seconds = options.minute && reader.seconds ? { second: '2-digit' } : {};
  return new Intl.DateTimeFormat(reader.locale, { ...options, ...seconds }).format(at);
};
const TIME = { hour: 'numeric', minute: '2-digit' };
const TIME_SECS = { ...TIME, second: '2-digit' };

const SLACK_FORMS = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date_slash: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_pretty: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short_pretty: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long_pretty: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  day_divider_pretty: { weekday: 'long', month: 'long', day: 'numeric' },
  time: TIME,
  time_secs: TIME_SECS,
};
const DISCORD_FORMS = {
  t: TIME,
  T: TIME_SECS,
  d: { year: 'numeric', month: '2-digit', day: '2-digit' },
  D: { year: 'numeric', month: 'long', day: 'numeric' },
  f: { year: 'numeric', month: 'long', day: 'numeric', ...TIME },
  F: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', ...TIME },
  s: { year: 'numeric', month: '2-digit', day: '2-digit', ...TIME },
  S: { year: 'numeric', month: '2-digit', day: '2-digit', ...TIME_SECS },
};

/** Slack's `{date_short_pretty} {time}`; undefined for a form that is not known, where the fallback stands. */
export function slackDate(at, form) {
  let known = true;
  const text = form.replace(/\{(\w+)\}/g, (_whole, name) => {
    if (name === 'ago') return relative(at);
    if (!SLACK_FORMS[name]) known = false;
    return known ? format(at, SLACK_FORMS[name]) : '';
  });
  return known ? text : undefined;
}

/** Discord's `<t:…:f>`. */
export function discordDate(at, style) {
  return style === 'R' ? relative(at) : format(at, DISCORD_FORMS[style] ?? DISCORD_FORMS.f);
}

/** Beside a message's author. */
export function clockTime(at) {
  return format(at, TIME);
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

function relative(at) {
  const ms = at - Date.now();
  const [unit, size] = UNITS.find(([, length]) => Math.abs(ms) >= length) ?? UNITS[3];
  return new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(Math.round(ms / size), unit);
}

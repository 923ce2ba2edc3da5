import { gzipSync } from 'node:zlib';

/** What a body over the wire must come to: a reading with these parts, or who has nothing to say of the eSIM. */
type RightValue = object | 'unavailable' | 'unknown-esim';
/** Where it comes from, status, body, what it must come to, headers. */
export type WireCase = readonly [
  source: string,
  status: number,
  body: string | Buffer,
  right: RightValue,
  headers?: Readonly<Record<string, string>>,
];

const usage = (data: object) => JSON.stringify({ data, meta: { message: 'api.succes' } });
const GOOD = { status: 'ACTIVE', is_unlimited: false, remaining: 1331, total: 5120, expired_at: null };
const good = usage(GOOD);
const LEFT = { data: { kind: 'megabytes', remaining: 1331, total: 5120 } };
const HTML = { 'content-type': 'text/html' };

/** Bodies of Airalo's and of those who answer in its place. Kinds of fault from public issue threads; every value is made up. */
export const ANSWERS: readonly WireCase[] = [
  ['laravel/framework#33740: a byte order mark', 200, `\uFEFF${good}`, LEFT],
  [
    'oliverw/miningcore#124: a mark, packed',
    200,
    gzipSync(`\uFEFF${good}`),
    LEFT,
    { 'content-encoding': 'gzip' },
  ],
  [
    'laravel/framework#23679: numbers in quotes',
    200,
    usage({ ...GOOD, remaining: '1331', total: '5120' }),
    LEFT,
  ],
  ['neocities#229: a page with 404', 404, '<h1>Not found</h1>', 'unavailable', HTML],
  [
    'AniList-API-Docs#23: a page of Cloudflare with 403',
    403,
    '<title>Just a moment...</title>',
    'unavailable',
    HTML,
  ],
  [
    'Lissy93/web-check#268: the same page with 200',
    200,
    '<title>Just a moment...</title>',
    'unavailable',
    HTML,
  ],
  ['create-cf-token#123: a page with 502', 502, '<html>Bad gateway</html>', 'unavailable', HTML],
  [
    'boxbilling#317: somewhere else',
    302,
    '<title>302 Found</title>',
    'unavailable',
    { location: 'https://example.test' },
  ],
  ['nodules/asker#16: nothing at all', 200, '', 'unavailable'],
  ['laravel/framework#60322: NaN', 200, good.replace('1331', 'NaN'), 'unavailable'],
  ['laravel/framework#60614: a bare zero', 200, '0', 'unavailable'],
  [
    'php-crud-api#249: null as a word',
    200,
    usage({ ...GOOD, remaining: 'null' }),
    { data: { kind: 'unknown', total: 5120 } },
  ],
  [
    'DavidFW1960/ABB#4: a total without what is left',
    200,
    usage({ status: 'ACTIVE', is_unlimited: false, total: 5120 }),
    { data: { kind: 'unknown', total: 5120 } },
  ],
  ['NeverBounceAPI-PHP#34: keys nobody knows', 200, usage({ ...GOOD, '\u0000*\u0000x': 1 }), LEFT],
  ['Airalo’s own 404', 404, '{"data":[],"meta":{"message":"messages.resource_not_found"}}', 'unknown-esim'],
  ['a gateway’s 404 in JSON', 404, '{"message":"no Route matched with those values"}', 'unavailable'],
  ['a body that breaks off', 200, good.slice(0, 60), 'unavailable'],
  ['something behind the body', 200, `${good}<!-- cached -->`, 'unavailable'],
  ['JSON within JSON', 200, JSON.stringify(good), 'unavailable'],
  ['an empty list of data', 200, '{"data":[],"meta":{"message":"success"}}', 'unavailable'],
  [
    'a number beyond all numbers',
    200,
    good.replace('1331', '1e400'),
    { data: { kind: 'unknown', total: 5120 } },
  ],
  ['less than nothing', 200, usage({ ...GOOD, remaining: -12 }), { data: { remaining: 0, total: 5120 } }],
  ['unlimited as a number', 200, usage({ ...GOOD, is_unlimited: 1 }), { data: { kind: 'unlimited' } }],
  ['unlimited as a word', 200, usage({ ...GOOD, is_unlimited: 'TRUE' }), { data: { kind: 'unlimited' } }],
  [
    'a status in another case',
    200,
    usage({ ...GOOD, status: 'Not Active' }),
    { status: { kind: 'known', name: 'NOT_ACTIVE' } },
  ],
  [
    'a status nobody knows',
    200,
    usage({ ...GOOD, status: 'SUSPENDED' }),
    { status: { kind: 'unseen', name: 'SUSPENDED' }, ...LEFT },
  ],
  ['an end that is MySQL’s nothing', 200, usage({ ...GOOD, expired_at: '0000-00-00 00:00:00' }), LEFT],
  ['an end that is no date', 200, usage({ ...GOOD, expired_at: 'soon' }), { unread: ['end'], ...LEFT }],
];

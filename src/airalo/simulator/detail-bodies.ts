import { orderCodeOf, orderNoteOf } from './account-orders.ts';
import { activationOf } from './activation.ts';

/** An eSIM as the other endpoints see it: what its usage says, and when the simulator opened. */
export interface DetailedEsim {
  readonly iccid: string;
  /** The `data` of its last usage answer, so that both endpoints tell the same story. */
  readonly usage: Readonly<Record<string, unknown>>;
  /** Epoch ms: all dates lie around it. */
  readonly startAt: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** The one with a long history: more packages than a card shows. */
const MANY_PACKAGES = '8910000000001000035';
/** Days before the simulator opened. */
const RECYCLED_DAYS_AGO = 4;

/** With an offset, as package history has it. */
const iso = (at: number) => new Date(at).toISOString().replace('.000Z', '+00:00').replace('Z', '+00:00');
/** Without a zone, as usage and the eSIM itself have it. */
const zoneless = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
/**
 * Usage says it by its status; `GET /v2/sims/{iccid}` by a flag of its own, the top-ups by a 422.
 */
const isRecycled = ({ usage }: DetailedEsim) => usage.status === 'RECYCLED';

/** Megabytes of the plan, as the catalogue has them. */
function amountOf({ usage }: DetailedEsim): number {
  return typeof usage.total === 'number' && usage.total > 0 ? usage.total : 1024;
}

/** As the catalogue writes it: size, then validity. 1 GB is 1024 MB there. */
function titleOf(esim: DetailedEsim): string {
  const size = esim.usage.is_unlimited === true ? 'Unlimited' : `${amountOf(esim) / 1024} GB`;
  return `${size} - 15 Days`;
}

/**
 * `GET /v2/sims/{iccid}/packages`: the running one, and older ones where there are some. Newest
 * first. The oldest is the package the eSIM was sold with, all later ones are top-ups; one that has
 * not begun has no past.
 */
export function packagesBody(esim: DetailedEsim): unknown {
  const older = esim.iccid === MANY_PACKAGES ? 11 : 1;
  const { usage, startAt } = esim;
  const begun = usage.status !== 'NOT_ACTIVE';
  const price = { price: 12, net_price: 9.6 };
  const current = {
    id: 9021,
    status: usage.status,
    remaining: usage.remaining,
    activated_at: begun ? iso(startAt - 4 * DAY_MS) : null,
    expired_at: begun ? iso(startAt + 11 * DAY_MS) : null,
    finished_at: null,
    package: {
      id: 'sakura-mobile-15days-topup',
      type: older > 0 && begun ? 'topup' : 'sim',
      ...price,
      amount: amountOf(esim),
      day: 15,
      is_unlimited: usage.is_unlimited === true,
      title: titleOf(esim),
      data: titleOf(esim).split(' - ')[0],
      short_info: null,
    },
  };
  const past = Array.from({ length: begun ? older : 0 }, (_, index) => ({
    id: 9020 - index,
    status: 'FINISHED',
    remaining: 0,
    activated_at: iso(startAt - (30 + 20 * index) * DAY_MS),
    expired_at: iso(startAt - (15 + 20 * index) * DAY_MS),
    // Used up two days before its end.
    finished_at: iso(startAt - (17 + 20 * index) * DAY_MS),
    package: {
      ...current.package,
      id: 'sakura-mobile-15days-1gb',
      type: index === older - 1 ? 'sim' : 'topup',
      amount: 1024,
      is_unlimited: false,
      title: '1 GB - 15 Days',
      data: '1 GB',
    },
  }));
  return { pricing: { model: 'net_pricing', discount_percentage: 0 }, data: [current, ...past] };
}

/**
 * `GET /v2/sims/{iccid}`. Validity and price are texts here and numbers elsewhere, as in Airalo's
 * own examples.
 */
export function esimBody(esim: DetailedEsim): unknown {
  return { data: esimData(esim), meta: { message: 'success' } };
}

/** The eSIM itself, as the lists have it too. */
export function esimData(esim: DetailedEsim): unknown {
  const { iccid, startAt } = esim;
  const secret = activationOf(iccid);
  const sharing = { link: secret.sharingLink, access_code: secret.accessCode };
  // Seen in both places: the live answers and the documentation differ.
  const last = iccid.at(-1) ?? '';
  const besideOrder = '02468'.includes(last);
  return {
    id: 81_234,
    created_at: zoneless(startAt - 40 * DAY_MS),
    iccid,
    lpa: 'lpa.airalo.invalid',
    imsis: null,
    matching_id: secret.matchingId,
    qrcode: secret.activationCode,
    qrcode_url: secret.qrCodeUrl,
    direct_apple_installation_url: secret.appleUrl,
    voucher_code: null,
    airalo_code: null,
    apn_type: 'automatic',
    // Seen live: the word for "none".
    apn_value: 'N/A',
    is_roaming: true,
    confirmation_code: null,
    order: null,
    brand_settings_name: besideOrder ? null : 'Harbour Travel',
    recycled: isRecycled(esim),
    recycled_at: isRecycled(esim) ? zoneless(startAt - RECYCLED_DAYS_AGO * DAY_MS) : null,
    ...(besideOrder ? { sharing } : {}),
    simable: {
      id: 70_321,
      created_at: zoneless(startAt - 40 * DAY_MS),
      code: orderCodeOf(iccid),
      description: orderNoteOf(iccid),
      type: 'sim',
      package_id: 'sakura-mobile-15days-5gb',
      quantity: 1,
      package: `Sakura Mobile-${titleOf(esim)}`,
      esim_type: 'Prepaid',
      validity: '15',
      price: '11.50',
      data: titleOf(esim).split(' - ')[0],
      currency: 'USD',
      status: { name: 'Completed', slug: 'completed' },
      ...(besideOrder ? {} : { sharing }),
    },
  };
}

/**
 * `GET /v2/sims/{iccid}/topups`; undefined for one that cannot be topped up any more. Prices in
 * dollars; `voice` (minutes) and `text` (messages) are null where the offer has none.
 */
export function topUpsBody(esim: DetailedEsim): unknown {
  if (isRecycled(esim)) return undefined;
  // Not started: nothing can be added to it yet.
  if (esim.usage.status === 'NOT_ACTIVE') return { data: [] };
  const offer = (gigabytes: number, day: number, price: number, more: object = {}) => ({
    id: `sakura-mobile-${day}days-${gigabytes}gb-topup`,
    type: 'topup',
    price,
    amount: gigabytes * 1024,
    day,
    is_unlimited: false,
    title: `${gigabytes} GB - ${day} Days`,
    data: `${gigabytes} GB`,
    short_info: null,
    voice: null,
    text: null,
    net_price: price - 2.4,
    prices: { recommended_retail_price: { USD: price, EUR: price - 1 }, net_price: { USD: price - 2.4 } },
    ...more,
  });
  const data = [
    offer(1, 7, 4.5),
    offer(5, 30, 12),
    offer(10, 30, 21, { voice: 100, text: 50 }),
    offer(0, 10, 33, { is_unlimited: true, title: 'Unlimited - 10 Days', data: 'Unlimited' }),
  ];
  return { pricing: { model: 'net_pricing', discount_percentage: 0 }, data };
}

/**
 * `GET /v2/balance`. An object for one account; `availableBalance` is in camel case in the
 * documented body too.
 */
export const BALANCE_BODY = {
  data: { balances: { name: 'balance', availableBalance: { amount: 412.35, currency: 'USD' } } },
  meta: { message: 'success' },
};

/**
 * `GET /v2/compatible-devices-lite`. No `meta`. A few of the thousands: enough for near names to be
 * told apart (`12`, `12 mini`).
 */
export const DEVICES_BODY = {
  data: [
    ...['XR', 'XS', '11', '12', '12 mini', '13', '14', '15', '15 Pro', '16'].map((model) => ({
      os: 'ios',
      brand: 'Apple',
      name: `iPhone ${model}`,
    })),
    ...['S21', 'S22', 'S23', 'S24', 'Z Flip 5'].map((model) => ({
      os: 'android',
      brand: 'Samsung',
      name: `Galaxy ${model}`,
    })),
    ...['6', '7a', '8 Pro'].map((model) => ({ os: 'android', brand: 'Google', name: `Pixel ${model}` })),
  ],
};

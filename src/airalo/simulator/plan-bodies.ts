import { paged } from './account-lists.ts';

interface SimulatedPlace {
  readonly slug: string;
  /** Empty for a region. */
  readonly country_code: string;
  readonly title: string;
  readonly operators: readonly unknown[];
}

const plan = (gigabytes: number, day: number, price: number, more: object = {}) => ({
  id: `sim-${day}days-${gigabytes}gb`,
  type: 'sim',
  price,
  amount: gigabytes * 1024,
  day,
  is_unlimited: false,
  title: `${gigabytes} GB - ${day} Days`,
  data: `${gigabytes} GB`,
  short_info: null,
  qr_installation: '<p>Scan the code.</p>',
  manual_installation: '<p>Settings, then Add eSIM.</p>',
  is_fair_usage_policy: false,
  fair_usage_policy: null,
  voice: null,
  text: null,
  net_price: price - 1.6,
  prices: { recommended_retail_price: { USD: price, EUR: price - 1 }, net_price: { USD: price - 1.6 } },
  ...more,
});
const operator = (title: string, ...packages: readonly unknown[]) => ({
  id: 1,
  title,
  type: 'local',
  packages,
});
const UNLIMITED = { is_unlimited: true, title: 'Unlimited - 10 Days', data: 'Unlimited' };

/** A few of the two hundred countries, and of the regions; two operators where there are several. */
const PLACES: readonly SimulatedPlace[] = [
  {
    slug: 'japan',
    country_code: 'JP',
    title: 'Japan',
    operators: [
      operator(
        'Sakura Mobile',
        plan(1, 7, 4.5),
        plan(5, 30, 11.5),
        plan(20, 30, 26),
        plan(0, 10, 33, UNLIMITED),
      ),
      operator('Hoshi', plan(3, 30, 8.5), plan(10, 30, 18, { voice: 100, text: 50 })),
    ],
  },
  {
    slug: 'germany',
    country_code: 'DE',
    title: 'Germany',
    operators: [operator('Hallo Mobil', plan(1, 7, 4.5), plan(5, 30, 13), plan(10, 30, 19))],
  },
  {
    slug: 'europe',
    country_code: '',
    title: 'Europe',
    operators: [operator('Eurolink', plan(1, 7, 5), plan(5, 30, 20), plan(10, 30, 37))],
  },
  {
    slug: 'asia',
    country_code: '',
    title: 'Asia',
    operators: [operator('Asialink', plan(1, 7, 5), plan(3, 30, 13))],
  },
];

/** `GET /v2/packages`. A country that nothing is sold for is an empty list. */
export function plansAnswer(query: URLSearchParams) {
  const type = query.get('filter[type]');
  const country = query.get('filter[country]');
  const fitting = PLACES.filter(
    ({ country_code: code }) =>
      (type === null || (type === 'global') === (code === '')) && (country === null || code === country),
  );
  const { status, body } = paged(query, fitting, (place) => place);
  return { status, body: { pricing: { model: 'net_pricing', discount_percentage: 0 }, ...Object(body) } };
}

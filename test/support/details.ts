import type {
  Balance,
  Device,
  EsimDetails,
  InstallGuide,
  PackageRecord,
  TopUpOffer,
} from '../../src/domain/details.ts';
import type { AccountOrder, Page, PlanPlace } from '../../src/domain/orders.ts';
import type { DetailResult } from '../../src/usage/detail-result.ts';
import { toIccid } from './arbitraries.ts';
import { ICCID, NOW } from './replies.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const OTHER = toIccid('8910000000001000035');

/** Sample values of every topic, for tests and for the gallery of cards. */
export const SAMPLE_PACKAGES: PackageRecord[] = [
  {
    type: 'topup',
    title: '5 GB - 15 Days',
    status: { kind: 'known', name: 'ACTIVE' },
    data: { kind: 'megabytes', remaining: 1331, total: 5120 },
    activatedAt: NOW - 4 * DAY_MS,
    expiredAt: NOW + 11 * DAY_MS,
  },
  {
    type: 'other',
    title: '1 GB - 7 Days',
    status: { kind: 'known', name: 'FINISHED' },
    data: { kind: 'megabytes', remaining: 0, total: 1024 },
    activatedAt: NOW - 20 * DAY_MS,
    expiredAt: NOW - 13 * DAY_MS,
    finishedAt: NOW - 15 * DAY_MS,
  },
];

export const SAMPLE_ESIM: EsimDetails = {
  recycled: false,
  createdAt: NOW - 20 * DAY_MS,
  orderCode: '20261103-070321',
  orderStatus: 'Completed',
  description: 'TICKET-5512',
  packageTitle: 'Sakura Mobile-1 GB - 7 Days',
  validityDays: 7,
  dataAmount: '1 GB',
  brand: 'Harbour Travel',
  roaming: true,
  sharing: { href: 'https://esims.cloud/abcd1-efgh2345', accessCode: '0000' },
};

export const SAMPLE_TOP_UPS: TopUpOffer[] = [
  { title: '1 GB - 7 Days', data: { kind: 'megabytes', total: 1024 }, days: 7, netPrice: 3.6, price: 4.5 },
  { title: '10 GB - 30 Days', days: 30, minutes: 100, messages: 50, netPrice: 18.6, price: 21 },
];

export const SAMPLE_GUIDE: InstallGuide = {
  language: 'EN',
  activationCode: 'LPA:1$lpa.airalo.com$SAMPLE',
  qrCodeHref: 'https://airalo.com/qr?id=sample',
  appleHref: 'https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=LPA:1$lpa.airalo.com$SAMPLE',
  steps: (['ios', 'android'] as const).map((system) => ({
    system,
    byQrCode: ['Go to Settings.', 'Tap Add eSIM.', 'Scan the QR code.'],
    byHand: ['Enter the activation code.'],
    network: ['Turn on Data Roaming.'],
    roaming: true,
  })),
};

export const SAMPLE_BALANCE: Balance = { accounts: [{ name: 'balance', amount: 412.35, currency: 'USD' }] };

export const SAMPLE_DEVICES: Device[] = ['iPhone 12', 'iPhone 12 mini', 'iPhone 13'].map((name) => ({
  system: 'ios',
  brand: 'Apple',
  name,
}));

export const EMPTY_ORDER: AccountOrder = {
  code: '20261127-071101',
  createdAt: NOW - DAY_MS,
  status: 'Failed',
  isTopUp: false,
  packageTitle: 'Sakura Mobile-5 GB - 15 Days',
  iccids: [],
};

export const SAMPLE_ORDERS: Page<AccountOrder> = {
  total: 9,
  items: [
    EMPTY_ORDER,
    { ...EMPTY_ORDER, code: '20261125-071000', status: 'Completed', isTopUp: true, iccids: [ICCID] },
    { ...EMPTY_ORDER, code: '20261118-070900', status: 'Completed', iccids: [ICCID, OTHER] },
  ],
};

export const SAMPLE_PLANS: PlanPlace[] = [{ title: 'Japan', slug: 'japan', offers: SAMPLE_TOP_UPS }];

/** Read three minutes ago. */
export function found<T>(value: T): DetailResult<T> {
  return { kind: 'found', value, asOf: NOW - 180_000, askableAt: NOW + 720_000 };
}

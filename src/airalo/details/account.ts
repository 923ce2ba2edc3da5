import { z } from 'zod';
import type { Balance, Device } from '../../domain/details.ts';
import type { DetailQuestion } from '../detail-question.ts';
import { check } from '../wire.ts';
import { listOf, present, text } from './fields.ts';

/** Credit can be used up beyond zero, so that here a number may be negative. */
const money = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
/**
 * Airalo writes `availableBalance` in camel case here alone. The currency is a code such as `USD`.
 */
const account = z
  .object({ name: text, availableBalance: z.object({ amount: money, currency: z.string().trim().max(10) }) })
  .transform(({ name, availableBalance }) => ({ ...present({ name }), ...availableBalance }));
const balanceBody = z.object({
  data: z.object({
    balances: z.union([account.transform((one) => [one]), listOf(account)]),
  }),
});

/**
 * `GET /v2/balance`. An object for one account, a list for several, an empty one for none. Amounts
 * are in the currency beside them. A body without `balances` throws: a balance that is not known
 * must not look like none.
 */
export const BALANCE_QUESTION: DetailQuestion<Balance> = {
  endpoint: 'balance',
  about: 'account',
  path: '/v2/balance',
  parse: (given) => ({ accounts: check(balanceBody, given).data.balances }),
};

/**
 * One without a name cannot be searched for, so it is left out of the list; a missing maker is an
 * empty text.
 */
const device = z
  .object({ os: text, brand: text, name: z.string().trim().min(1).max(100) })
  .transform(({ os, brand, name }): Device => ({ system: os ?? '', brand: brand ?? '', name }));
const devicesBody = z.object({ data: listOf(device) });

/**
 * `GET /v2/compatible-devices-lite`: some thousand phones and tablets. The body has no `meta`, and
 * is the largest one that is read. `parse` throws `UnreadableBodyError` where the list itself is
 * missing.
 */
export const DEVICES_QUESTION: DetailQuestion<Device[]> = {
  endpoint: 'devices',
  about: 'account',
  path: '/v2/compatible-devices-lite',
  largestBytes: 4 * 1024 * 1024,
  parse: (given) => check(devicesBody, given).data,
};

import type { Iccid } from '../../domain/iccid.ts';
import type { OrderFilter, PlanQuery } from '../../domain/orders.ts';
import type { AiraloClient } from '../client.ts';
import { BALANCE_QUESTION, DEVICES_QUESTION } from './account.ts';
import { esimQuestion } from './esim.ts';
import { instructionsQuestion } from './instructions.ts';
import { orderQuestion, ordersQuestion } from './orders.ts';
import { packagesQuestion } from './packages.ts';
import { plansQuestion } from './plans.ts';
import { simsQuestion } from './sims.ts';
import { topUpsQuestion } from './topups.ts';

/**
 * Everything beside usage that the bot reads at Airalo, each by one GET; throws an `AiraloError` of
 * `errors.ts`. Who calls one of these has asked the gate before: nothing here waits, caches or
 * counts.
 */
export function createDetailSource({ readDetail }: Pick<AiraloClient, 'readDetail'>) {
  return {
    packages: (iccid: Iccid) => readDetail(packagesQuestion(iccid)),
    esim: (iccid: Iccid) => readDetail(esimQuestion(iccid)),
    topUps: (iccid: Iccid) => readDetail(topUpsQuestion(iccid)),
    installation: (iccid: Iccid, language: string) => readDetail(instructionsQuestion(iccid, language)),
    balance: () => readDetail(BALANCE_QUESTION),
    devices: () => readDetail(DEVICES_QUESTION),
    order: (id: string) => readDetail(orderQuestion(id)),
    orders: (filter: OrderFilter) => readDetail(ordersQuestion(filter)),
    sims: (part: string) => readDetail(simsQuestion(part)),
    plans: (wanted: PlanQuery) => readDetail(plansQuestion(wanted)),
  };
}

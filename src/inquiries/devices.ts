import { devicesCard, whichDeviceCard } from '../cards/devices-card.ts';
import { cardsAnswer, type DetailParts, viewerOf } from './each-esim.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/**
 * `devices iPhone 13`: whether Airalo lists the phone as one that takes eSIMs. Words without a
 * letter or a digit are asked back.
 */
export function createDevicesHandler({ details, clock }: DetailParts): InquiryHandler {
  return async ({ words }, asking) => {
    if (!/[\p{L}\p{N}]/u.test(words)) return cardsAnswer([whichDeviceCard(viewerOf(asking, clock))]);
    return cardsAnswer([devicesCard(words, await details.devices(), viewerOf(asking, clock))]);
  };
}

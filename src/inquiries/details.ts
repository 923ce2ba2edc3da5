import { createBalanceHandler } from './balance.ts';
import { createDevicesHandler } from './devices.ts';
import { createEsimHandler } from './esim.ts';
import type { InquiryHandlers } from './inquiry-router.ts';
import { createInstallHandler, type InstallParts } from './install.ts';
import { createPackagesHandler } from './packages.ts';
import { createTopUpsHandler } from './topups.ts';

/** Every topic that is answered from Airalo's other reading endpoints. */
export function createDetailHandlers(parts: InstallParts) {
  return {
    packages: createPackagesHandler(parts),
    esim: createEsimHandler(parts),
    topups: createTopUpsHandler(parts),
    install: createInstallHandler(parts),
    balance: createBalanceHandler(parts),
    devices: createDevicesHandler(parts),
  } satisfies Partial<InquiryHandlers>;
}

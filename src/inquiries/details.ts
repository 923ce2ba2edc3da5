import { createBalanceAnswerer } from './balance.ts';
import { createDevicesAnswerer } from './devices.ts';
import { createEsimAnswerer } from './esim.ts';
import type { Answerers } from './inquiry-desk.ts';
import { createInstallAnswerer, type InstallParts } from './install.ts';
import { createPackagesAnswerer } from './packages.ts';
import { createTopUpsAnswerer } from './topups.ts';

/** Every topic that is answered from Airalo's other reading endpoints. */
export function createDetailAnswerers(parts: InstallParts) {
  return {
    packages: createPackagesAnswerer(parts),
    esim: createEsimAnswerer(parts),
    topups: createTopUpsAnswerer(parts),
    install: createInstallAnswerer(parts),
    balance: createBalanceAnswerer(parts),
    devices: createDevicesAnswerer(parts),
  } satisfies Partial<Answerers>;
}

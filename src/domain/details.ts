import { z } from 'zod';
import { KNOWN_STATUSES } from './usage.ts';

/**
 * What Airalo tells about an eSIM or an account beside its usage, free of wire quirks. Texts are foreign and bounded. What is kept
 * in the store is a schema as well, since it is read again by another version of the bot.
 */

const status = z.union([
  z.object({ kind: z.literal('known'), name: z.enum(KNOWN_STATUSES) }),
  z.object({ kind: z.literal('unseen'), name: z.string() }),
]);
const allowance = z.union([
  z.object({ kind: z.literal('unlimited') }),
  /** `remaining` is absent for what is only offered. */
  z.object({ kind: z.literal('megabytes'), total: z.number(), remaining: z.number().optional() }),
]);

/** One package that an eSIM has or had: the first one, or a top-up. */
export const packageRecord = z.object({
  /** `Package` where Airalo does not say which. */
  type: z.enum(['topup', 'other']),
  /** Such as `5 GB - 15 Days`; absent when it has no name. */
  title: z.string().optional(),
  status,
  data: allowance.optional(),
  /** Epoch ms, as the others. */
  activatedAt: z.number().optional(),
  expiredAt: z.number().optional(),
  finishedAt: z.number().optional(),
});
/** See `packageRecord`. */
export type PackageRecord = z.infer<typeof packageRecord>;

/** What could be bought for an eSIM. Prices are for those alone who may read them. */
export const topUpOffer = z.object({
  title: z.string(),
  data: allowance.optional(),
  days: z.number().optional(),
  minutes: z.number().optional(),
  messages: z.number().optional(),
  /** In US dollars, what Airalo asks of the partner; absent when it did not say. */
  netPrice: z.number().optional(),
  /** In US dollars, what Airalo recommends to ask of the customer. */
  price: z.number().optional(),
});
/** See `topUpOffer`. */
export type TopUpOffer = z.infer<typeof topUpOffer>;

/** An eSIM and the order it came with. The sharing link and its code open the eSIM: private, and never stored. */
export interface EsimDetails {
  readonly createdAt?: number;
  readonly orderCode?: string;
  readonly orderStatus?: string;
  /** The partner's own note on the order. */
  readonly description?: string;
  readonly packageTitle?: string;
  readonly validityDays?: number;
  readonly dataAmount?: string;
  readonly brand?: string;
  /** Data roaming must be switched on. */
  readonly roaming?: boolean;
  readonly apn?: string;
  readonly recycled: boolean;
  readonly recycledAt?: number;
  readonly sharing?: { readonly href: string; readonly accessCode?: string };
}

/** The two systems Airalo gives instructions for. */
export const PHONE_SYSTEMS = ['ios', 'android'] as const;
/** See `PHONE_SYSTEMS`. */
export type PhoneSystem = (typeof PHONE_SYSTEMS)[number];

/** How to install on one kind of phone. */
export interface InstallSteps {
  readonly system: PhoneSystem;
  /** Such as `Galaxy`; absent for the ordinary phone. */
  readonly model?: string;
  /** Such as `15,16`. */
  readonly version?: string;
  readonly byQrCode: readonly string[];
  readonly byHand: readonly string[];
  readonly network: readonly string[];
  readonly roaming?: boolean;
  readonly apn?: string;
}

/** How to install an eSIM. Everything but the steps activates it: private, and never stored. */
export interface InstallGuide {
  /** What it is written in, as Airalo says: `EN`. */
  readonly language?: string;
  readonly steps: readonly InstallSteps[];
  /** `LPA:1$…`, what the QR code holds. */
  readonly activationCode?: string;
  readonly qrCodeHref?: string;
  /** Opens the installation on an iPhone with iOS 17.4 or later. */
  readonly appleHref?: string;
}

/** What is left of the partner's credit, by account. */
export interface Balance {
  readonly accounts: readonly {
    readonly name?: string;
    readonly amount: number;
    readonly currency: string;
  }[];
}

/** A phone or tablet that takes eSIMs. */
export interface Device {
  readonly system: string;
  readonly brand: string;
  readonly name: string;
}

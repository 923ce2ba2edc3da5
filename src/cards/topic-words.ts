import type { WaitReason } from '../usage/reply.ts';
import type { Line, Span } from './card.ts';

/** The topics that read something at Airalo beside usage. */
type DetailTopic = 'packages' | 'esim' | 'topups' | 'install' | 'balance' | 'devices';
/** Those of them that are about one eSIM. */
export type EsimTopic = Exclude<DetailTopic, 'balance' | 'devices'>;

/** How a package ends: not yet, by its date, or with its last megabyte. */
type PackageEnd = 'ends' | 'ended' | 'used-up';

/** One offer as the card tells it; prices as `Intl` writes them, absent for those who may not read them. */
interface OfferParts {
  readonly title: Span;
  /** Minutes of calls. */
  readonly minutes?: number;
  /** How many texts. */
  readonly messages?: number;
  /** What the partner pays, with its currency. */
  readonly netPrice?: string;
  /** What Airalo recommends to charge, with its currency. */
  readonly price?: string;
}

/** Words of everything that can be asked beside how much is left. */
export interface TopicWords {
  /** Titles; `masked` names the eSIM. */
  esimTitle(topic: EsimTopic, masked: string): string;
  readonly titles: Readonly<Record<DetailTopic, string>>;
  /** On the buttons of a usage card; at most 20 characters each. */
  readonly buttons: Readonly<Record<EsimTopic, string>>;
  /** A topic about an eSIM, and no eSIM was named. */
  needsIccid(example: Span): Line;
  /** Nothing is known and nothing is promised. `at` is `now` when the time has come. */
  askAgain(because: WaitReason, at: Span | 'now'): Line;
  readonly packages: {
    /** `left`: in the active ones together, MB; absent: not known of all of them. */
    headline(
      counts: { readonly active: number; readonly count: number },
      left?: number | 'unlimited',
    ): string;
    /** The name of one that was added later. */
    topUp(title: Span): Line;
    startedAt(at: Span): Line;
    end(kind: PackageEnd, at: Span): Line;
    /** Heads the column with both. */
    readonly dates: string;
    older(count: number): Line;
    /** First line where there is none. */
    readonly none: string;
    /** A package without a name. */
    readonly nameless: string;
  };
  readonly esim: {
    readonly labels: Readonly<
      Record<
        | 'package'
        | 'order'
        | 'ordered'
        | 'note'
        | 'brand'
        | 'validity'
        | 'data'
        | 'roaming'
        | 'apn'
        | 'withdrawn',
        string
      >
    >;
    days(count: number): string;
    readonly roamingOn: string;
    readonly unbranded: string;
    readonly sharingLink: string;
    /** After the link; `code` is what the page asks for. */
    accessCode(code: Span): Line;
    readonly notShared: Line;
    /** The link and the code open the eSIM. */
    readonly secret: Line;
  };
  readonly topups: {
    /** First line: how many there are. */
    headline(count: number): string;
    line(parts: OfferParts): Line;
    more(count: number): Line;
    readonly none: Line;
    readonly pricesHidden: Line;
    readonly noBuying: Line;
  };
  readonly install: {
    /** First line where there are a QR code and steps. */
    readonly headline: string;
    readonly qrCode: string;
    /** Of the picture, for those who do not see it. */
    qrAlt(masked: string): string;
    readonly appleLink: string;
    activationCode(code: Span): Line;
    readonly systems: Readonly<Record<'ios' | 'android', string>>;
    /** Behind the name of a phone. */
    readonly byQrCode: string;
    readonly byHand: string;
    readonly network: string;
    readonly none: Line;
    /** How to get them in the customer's language. */
    otherLanguages(example: Span): Line;
    readonly secret: Line;
  };
  readonly balance: {
    /** Of the only account. */
    is(amount: string): string;
    readonly account: string;
    /** First line where there is none. */
    readonly none: string;
    needsGroup(groupIds: readonly string[]): Line;
    /** Nobody may yet; `setting` names what the operator would set. */
    notSetUp(setting: Span): Line;
    readonly checkFailed: Line;
  };
  readonly devices: {
    /** First line where no model was named, and what to add. */
    readonly which: string;
    readonly askModel: (example: Span) => Line;
    /** Title, with how many models fit. */
    headline(count: number): string;
    none(asked: Span): Line;
    more(count: number): Line;
    /** Models sold in some countries take no eSIM although the list names them. */
    readonly caveat: Line;
  };
}

/** The limits Airalo has published, and none. */
export type LimitProfile =
  /** 2024 to mid 2025: one read per eSIM in 15 minutes. Beside it the five a second of today, so that no caller gets used to more. */
  | 'strict15'
  /** Since May 2026: ten a minute per eSIM, five a second per company, the body frozen for 20 minutes. */
  | 'current'
  /** Sandbox mode: five a second, the body frozen for an hour. */
  | 'sandbox'
  | 'off';

interface Rule {
  /** Calls for one ICCID; absent in profiles that bind the company alone. */
  readonly perEsim?: { readonly calls: number; readonly windowMs: number };
  /** Calls of all eSIMs together. */
  readonly perCompany?: { readonly calls: number; readonly windowMs: number };
  /** How long the server repeats its own answer. */
  readonly frozenMs: number;
}

const MINUTE_MS = 60_000;
const PER_COMPANY = { calls: 5, windowMs: 1_000 };
/** From Airalo's page on rate limits, as it stood at each time. */
const RULES: Readonly<Record<LimitProfile, Rule>> = {
  strict15: { perEsim: { calls: 1, windowMs: 15 * MINUTE_MS }, perCompany: PER_COMPANY, frozenMs: 0 },
  current: { perEsim: { calls: 10, windowMs: MINUTE_MS }, perCompany: PER_COMPANY, frozenMs: 20 * MINUTE_MS },
  sandbox: { perCompany: PER_COMPANY, frozenMs: 60 * MINUTE_MS },
  off: { frozenMs: 0 },
};

/**
 * Whether a call is allowed, and the figures for `X-RateLimit-*`. Without `limit` nothing bound it.
 */
interface Verdict {
  /** Epoch ms, the end of the window; absent when the call goes through. */
  readonly refusedUntil?: number;
  readonly limit?: number;
  /** Calls left in the window, this one counted. */
  readonly remaining?: number;
}

/** The counters of one simulated Airalo. */
export interface Limits {
  /** For so long a body is repeated unchanged after it was first given, in ms. */
  readonly frozenMs: number;
  /** Counts one call for usage; a refused one does not lengthen the window. */
  count(iccid: string): Verdict;
  /** Counts one call for anything else that is read, which the company's limit alone binds. */
  countOther(): Verdict;
  /** As if another system had just made every call this eSIM allows. */
  useUp(iccid: string): void;
}

/** How the limits of a profile are changed for a demo or a test. */
export interface LimitOptions {
  /** Shortens the window of `strict15`. */
  readonly windowMs?: number;
  /** `off` lets callers through that keep no pace on purpose. */
  readonly companyLimit?: 'enforced' | 'off';
}

/** Fixed windows that begin with the first call, as the framework behind Airalo's texts has them. */
export function createLimits(
  profile: LimitProfile,
  now: () => number,
  { windowMs, companyLimit = 'enforced' }: LimitOptions = {},
): Limits {
  const rule = RULES[profile];
  const perCompany = companyLimit === 'off' ? undefined : rule.perCompany;
  const perEsim = rule.perEsim && { ...rule.perEsim, windowMs: windowMs ?? rule.perEsim.windowMs };
  const windows = new Map<string, { endsAt: number; calls: number }>();
  function hit(key: string, limit: { calls: number; windowMs: number } | undefined): Verdict {
    if (!limit) return {};
    const open = windows.get(key);
    const window = open && open.endsAt > now() ? open : { endsAt: now() + limit.windowMs, calls: 0 };
    windows.set(key, window);
    if (window.calls >= limit.calls) return { refusedUntil: window.endsAt, limit: limit.calls, remaining: 0 };
    window.calls++;
    return { limit: limit.calls, remaining: limit.calls - window.calls };
  }
  return {
    frozenMs: rule.frozenMs,
    useUp(iccid) {
      if (perEsim) windows.set(`esim:${iccid}`, { endsAt: now() + perEsim.windowMs, calls: perEsim.calls });
    },
    countOther: () => hit('company', perCompany),
    count(iccid) {
      // A call that the company's limit refuses does not count against the eSIM.
      const company = hit('company', perCompany);
      return company.refusedUntil === undefined ? { ...company, ...hit(`esim:${iccid}`, perEsim) } : company;
    },
  };
}

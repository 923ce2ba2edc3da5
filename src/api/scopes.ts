/**
 * What a key may open. `details`: packages, orders, top-ups, and finding. `secrets`: what activates an eSIM or opens its page. `prices`: what Airalo asks of the
 * partner for a top-up.
 */
export const SCOPES = ['usage', 'details', 'secrets', 'prices'] as const;
/** See `SCOPES`. */
export type Scope = (typeof SCOPES)[number];

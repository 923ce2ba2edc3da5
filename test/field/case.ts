/** Where it comes from, what is given, and the eSIMs that are in it. */
export type Case<Given> = readonly [source: string, given: Given, iccids: readonly string[]];

/** Two eSIMs that the simulator knows. */
export const A = '8910000000001000019';
export const B = '8910000000001000035';

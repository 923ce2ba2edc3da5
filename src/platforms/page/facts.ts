import { ICCID_EXAMPLE } from '../../domain/iccid.ts';
import { COLLEAGUE, ROOMS, YOU } from './rooms.ts';
import type { PageEntry } from './timeline.ts';

/** What the page is told once. Plain JSON. */
export interface PageFacts {
  /** The eSIMs there are, their digits in full since they are nobody's, and what each shows. */
  readonly esims: readonly { readonly iccid: string; readonly shows: string }[];
  /** How long one eSIM may not be read again, seconds. */
  readonly windowSeconds: number;
  readonly languages: readonly string[];
}

/** With the rooms and people of the page, as its script reads them. */
export function factsJson(facts: PageFacts): string {
  return JSON.stringify({ ...facts, rooms: ROOMS, people: { you: YOU, colleague: COLLEAGUE } });
}

/** Something to try "Check eSIM usage" on. */
export const COLLEAGUE_MESSAGE: Omit<PageEntry, 'at'> = {
  id: 'colleague-1',
  room: ROOMS.support,
  author: 'colleague',
  isPrivate: false,
  text: `A customer writes: “My internet is very slow in Osaka, is my data gone? ${ICCID_EXAMPLE.replace(/(\d{4})(?=\d)/g, '$1 ')}”`,
};

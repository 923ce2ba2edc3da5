import { z } from 'zod';

const anyObject = z.record(z.string(), z.unknown());
/** An object of another company's, of which nothing is sure. */
export type ForeignObject = z.infer<typeof anyObject>;

/** Empty for what is no object. */
export function objectOf(value: unknown): ForeignObject {
  return anyObject.safeParse(value).data ?? {};
}

/** Empty for what is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Empty for what is no text. */
export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** One below the other; what is blank is left out. */
export function lines(texts: readonly string[]): string {
  return texts.filter((text) => text.trim() !== '').join('\n');
}

import { z } from 'zod';

/** A column of JSON text. One that cannot be read is `null`, so that a single damaged row does not stop the others. */
export const jsonColumn = z
  .string()
  .nullable()
  .transform((text): unknown => {
    try {
      return text === null ? null : JSON.parse(text);
    } catch {
      return null;
    }
  });

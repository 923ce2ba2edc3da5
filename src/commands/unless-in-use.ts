import { StoreError } from '../storage/ports.ts';

/** Exit code of a command that wants the store for itself while a bot, or another program, has it open. */
export const IN_USE = 4;

/** What `work` returns; undefined, told on standard error, when the store is in use. */
export async function unlessInUse<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'STORE_IN_USE') throw error;
    process.stderr.write(`${error.message}\nRemedy: ${error.remedy}\n`);
    return undefined;
  }
}

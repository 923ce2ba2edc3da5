import { StoreError } from '../storage/ports.ts';

/**
 * What `work` returns; undefined, told on standard error, when a bot, or another program, has the
 * store open. For commands that need the store alone; every other error is thrown on.
 */
export async function unlessInUse<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'STORE_IN_USE') throw error;
    process.stderr.write(`${error.message}\nRemedy: ${error.remedy}\n`);
    return undefined;
  }
}

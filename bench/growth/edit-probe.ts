/** The floor of ten thousand answers at once: the same edits sent to the same board by a bare loop, with no store and no promise behind them. */
import { request } from 'undici';

const [boardUrl = '', edits = '0', sideBySide = '1'] = process.argv.slice(2);
let next = 0;

async function worker(): Promise<void> {
  while (next < Number(edits)) {
    const body = JSON.stringify({ key: `terminal:m${next++}`, text: 'fresh' });
    const response = await request(boardUrl, { method: 'PUT', body });
    await response.body.dump();
  }
}
process.send?.({ ready: true });
process.once('message', async () => {
  await Promise.all(Array.from({ length: Number(sideBySide) }, worker));
  process.disconnect();
});

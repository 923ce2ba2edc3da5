import { describe, expect, it } from 'vitest';
import { byFirstOpenRoute, stepOf } from '../../src/platforms/chat/route-attempts.ts';
import type { Step } from '../../src/platforms/chat/seam.ts';

const tried: string[] = [];
const route = (name: string, step: Step) => async () => {
  tried.push(name);
  return step;
};
const closed = (why: string, remedy?: string): Step =>
  remedy === undefined ? { kind: 'next', why } : { kind: 'next', why, remedy };

describe('the routes of a promised answer', () => {
  it('are tried in their order until one decides', async () => {
    tried.length = 0;
    const outcome = await byFirstOpenRoute('final', [
      route('edit', closed('edit: gone')),
      route('url', stepOf({ kind: 'ok' }, 'url')),
      route('message', closed('never asked')),
    ]);
    expect(outcome).toEqual({ kind: 'delivered', route: 'url' });
    expect(tried).toEqual(['edit', 'url']);
  });

  it('wait for a platform that is down instead of taking the next', async () => {
    const down = stepOf({ kind: 'retry', error: 'HTTP 503', notBefore: 9 }, 'edit');
    const outcome = await byFirstOpenRoute('final', [route('edit', down), route('url', closed('never'))]);
    expect(outcome).toEqual({ kind: 'retry', error: 'HTTP 503', notBefore: 9 });
  });

  it('end with every reason, and with the remedy of a route before the general one', async () => {
    const broken = stepOf({ kind: 'operator', error: 'missing_scope', remedy: 'Add it' }, 'message');
    const attempts = [route('edit', closed('edit: gone')), route('message', broken)];
    expect(await byFirstOpenRoute('final', attempts, 'Let it in')).toEqual({
      kind: 'undeliverable',
      reason: 'No route is left: edit: gone, message: missing_scope',
      remedy: 'Add it',
    });
    expect(await byFirstOpenRoute('final', attempts.slice(0, 1), 'Let it in')).toMatchObject({
      remedy: 'Let it in',
    });
  });

  it('leave an interim word unsaid where it costs a message', async () => {
    expect(await byFirstOpenRoute('interim', [route('edit', closed('nothing to edit'))])).toEqual({
      kind: 'delivered',
      route: 'none needed',
    });
  });
});

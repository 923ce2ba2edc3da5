import { inArena } from '../arena.ts';
import { ESIMS_OF_AN_ASKER } from '../chats/chat.ts';
import type { Contender } from '../contenders/all.ts';
import { ackFigures, type Figures, mediansOf } from '../figures.ts';
import type { Scenario } from './scenario.ts';

const ESIMS = 500;
const TIMES = 5;

/**
 * Five hundred different eSIMs in one instant, asked for by fifty people: none is in a cache, each is a question of its own in the store, and
 * Airalo gives four a second. Only the acknowledgement counts, and for how long the process was deaf before the last of them. Medians of
 * five, in turns, each on a store that is empty; the longest stand of all five. The peers, which keep no pace, have no part in it.
 */
export const differentEsims: Scenario = {
  name: '500 different eSIMs in one instant',
  waits: false,
  async run(contenders) {
    const sides = contenders.filter(({ is }) => is !== 'a peer');
    const times = new Map(sides.map((contender) => [contender, [] as Once[]]));
    for (let time = 0; time < TIMES; time++)
      for (const [contender, figures] of times) figures.push(await once(contender));
    return new Map([...times].map(([contender, figures]) => [contender, together(figures)]));
  },
};

type Once = Pick<Figures, 'ackP50Ms' | 'ackP99Ms'> & { readonly loopDelayMs: number };

function once(contender: Contender): Promise<Once> {
  return inArena(contender, {}, async ({ simulator, corners: [corner] }) => {
    const iccids = simulator.addEsims(ESIMS);
    await corner.watchLoop();
    const asked = await Promise.all(
      iccids.map((iccid, index) => corner.ask(iccid, Math.floor(index / ESIMS_OF_AN_ASKER))),
    );
    const { loopDelayMs } = await corner.use();
    return { ...ackFigures(asked), loopDelayMs };
  });
}

function together(figures: readonly Once[]): Figures {
  return { ...mediansOf(figures), loopDelayMs: Math.max(...figures.map(({ loopDelayMs }) => loopDelayMs)) };
}

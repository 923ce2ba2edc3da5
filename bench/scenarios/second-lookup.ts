import { inArena } from '../arena.ts';
import { ackFigures, answerFigures, callFigures } from '../figures.ts';
import { MINUTE_MS, oneByOne } from './scenario.ts';

const ESIMS = 20;

/** Twenty eSIMs are read; six minutes later, by the calendar, they are asked about again. The first reading is all Airalo gives by then. */
export const secondLookup = oneByOne({ name: 'Second lookup at minute 6', waits: true }, (contender) =>
  inArena(contender, {}, async (arena) => {
    const [corner] = arena.corners;
    const iccids = arena.simulator.addEsims(ESIMS);
    for (const iccid of iccids) await corner.ask(iccid);
    await corner.answered(ESIMS);
    const before = corner.shown().length;
    await arena.turn(6 * MINUTE_MS);
    const asked = await Promise.all(iccids.map((iccid) => corner.ask(iccid)));
    await corner.answered(2 * ESIMS);
    if (contender.is === 'the floor') return ackFigures(asked);
    const shown = corner.shown().slice(before);
    return { ...callFigures(arena), ...ackFigures(asked), ...answerFigures(shown, ESIMS) };
  }),
);

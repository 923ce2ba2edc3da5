import { type Circuit, createCircuit } from '../circuit.ts';
import type { Clock } from '../clock.ts';
import { AiraloUnavailableError, TurnMissedError } from './errors.ts';

/** The reason of a failure for which nothing was asked. */
export const CIRCUIT_OPEN = 'CIRCUIT_OPEN';

/** The circuit of Airalo: only silence opens it, since a 404 or a 429 is an answer of a healthy one. */
export function createAiraloCircuit(parts: {
  readonly clock: Clock;
  readonly onOpen: (cause: AiraloUnavailableError) => void;
  readonly onClose: () => void;
}): Circuit {
  return createCircuit({
    ...parts,
    isFailure: (error) => error instanceof AiraloUnavailableError,
    isNothing: (error) => error instanceof TurnMissedError,
    refusal: (retryAt) =>
      new AiraloUnavailableError('Airalo is not asked for a while after many failures', {
        retryAt,
        reason: CIRCUIT_OPEN,
      }),
  });
}

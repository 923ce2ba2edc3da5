import type { ServerResponse } from 'node:http';
import { sendDamaged } from './answers.ts';
import { createFaultPlan, type Fault, type FaultPlan } from './faults.ts';

/** The planned faults as questions meet them. */
export interface Trouble extends Pick<FaultPlan, 'inject' | 'clear'> {
  /** Questions that hang now. */
  hanging(): number;
  /** Lets the hung questions go on to their usual answer. */
  release(): void;
  /** Nobody waits for the hung questions any more. */
  forget(): void;
  /** Waits as long as the question is made to hang. `answered`: nothing more may be written; else `fault` changes the answer. */
  meet(
    response: ServerResponse,
    ...question: Parameters<FaultPlan['take']>
  ): Promise<{ readonly answered: boolean; readonly fault: Fault | undefined }>;
}

/** See `Trouble`. */
export function createTrouble(): Trouble {
  const plan = createFaultPlan();
  let hanging: (() => void)[] = [];

  return {
    inject: plan.inject,
    clear: plan.clear,
    hanging: () => hanging.length,
    release() {
      for (const go of hanging.splice(0)) go();
    },
    forget() {
      hanging = [];
    },
    async meet(response, ...question) {
      const fault = plan.take(...question);
      if (fault?.kind === 'hang') await new Promise<void>((resolve) => hanging.push(resolve));
      return { answered: fault !== undefined && sendDamaged(fault, response), fault };
    },
  };
}

import type { AccessDecision } from '../../src/usage/access.ts';
import type { DeliveryContext, DeliveryOutcome, Platform, ReplyAddress } from '../../src/usage/platform.ts';
import type { Reply } from '../../src/usage/reply.ts';

export interface Delivery {
  readonly address: ReplyAddress;
  readonly reply: Reply;
  readonly stage: DeliveryContext['stage'];
  readonly attempt: number;
}

/** A platform that does what a test says next, and remembers what it was asked to send. */
export class ScriptedPlatform implements Platform {
  readonly name = 'terminal';
  readonly deliveries: Delivery[] = [];
  /** Taken one by one; then `delivered`. */
  readonly outcomes: DeliveryOutcome[] = [];
  access: AccessDecision = { kind: 'allowed' };
  /** Held back until resolved, to be caught in the middle of sending. */
  hold: Promise<void> = Promise.resolve();

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  health() {
    return { ready: true, detail: 'scripted' };
  }
  async mayReceive(): Promise<AccessDecision> {
    return this.access;
  }
  async deliver(address: ReplyAddress, reply: Reply, context: DeliveryContext): Promise<DeliveryOutcome> {
    this.deliveries.push({ address, reply, stage: context.stage, attempt: context.attempt });
    await this.hold;
    return this.outcomes.shift() ?? { kind: 'delivered', route: 'edit' };
  }
  final(): Delivery[] {
    return this.deliveries.filter((delivery) => delivery.stage === 'final');
  }
}

import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import type { Clock } from '../../clock.ts';

/** Told of each acknowledgement: whether it went out, and how long after Slack's word had come in (ms). */
export type AcknowledgementTold = (outcome: 'sent' | 'lost', tookMs: number) => void;

/**
 * Bolt's app that measures its acknowledgements, from the receiver's hand-over to the answer: Bolt's own work before a
 * listener runs counts too. Slack's docs: a person sees an error where none comes within three seconds.
 */
export class TimedApp extends App {
  readonly #clock: Clock;
  readonly #told: AcknowledgementTold;
  /** Waited for before each acknowledgement, with the body: what is acknowledged must not be lost. Never throws. */
  beforeAcknowledging: (body: unknown) => Promise<void> = async () => undefined;

  constructor(options: AppOptions, clock: Clock, told: AcknowledgementTold) {
    super(options);
    this.#clock = clock;
    this.#told = told;
  }

  override processEvent(event: ReceiverEvent): Promise<void> {
    const startedAt = this.#clock.now();
    const ack: ReceiverEvent['ack'] = async (response) => {
      // Over a socket the acknowledgement is a message, which fails when the socket has just closed.
      let outcome: 'sent' | 'lost' = 'lost';
      await this.beforeAcknowledging(event.body);
      try {
        await event.ack(response);
        outcome = 'sent';
      } finally {
        this.#told(outcome, this.#clock.now() - startedAt);
      }
    };
    return super.processEvent({ ...event, ack });
  }
}

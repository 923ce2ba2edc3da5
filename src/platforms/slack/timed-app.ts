import { Socket } from 'node:net';
import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { type AcknowledgementsFirst, createAcknowledgementsFirst } from '../chat/acknowledgements-first.ts';

type Acknowledgement = Parameters<ReceiverEvent['ack']>[0];

/** Told of each acknowledgement: whether it went out, and how long after Slack's word had come in (ms). */
export type AcknowledgementTold = (outcome: 'sent' | 'lost', tookMs: number) => void;

/**
 * Bolt's app that measures its acknowledgements, from the receiver's hand-over to the answer: Bolt's own work before a
 * listener runs counts too. Slack's docs: a person sees an error where none comes within three seconds.
 */
export class TimedApp extends App {
  readonly #clock: Clock;
  readonly #told: AcknowledgementTold;
  readonly #log: Log;
  readonly #unheard = new WeakSet<object>();
  readonly #first: AcknowledgementsFirst;
  /** Waited for before each acknowledgement, with the body: what is acknowledged must not be lost. Never throws. */
  beforeAcknowledging: (body: unknown) => Promise<void> = async () => undefined;

  constructor(options: AppOptions, clock: Clock, told: AcknowledgementTold, log: Log) {
    super(options);
    this.#clock = clock;
    this.#told = told;
    this.#log = log;
    this.#first = createAcknowledgementsFirst(clock);
  }

  /** Before an answer is worked on: see `AcknowledgementsFirst`. */
  afterAcknowledgements(): Promise<void> {
    return this.#first.quiet();
  }

  /** What was said in the acknowledgement of this body has not reached Slack. */
  isUnheard(body: object): boolean {
    return this.#unheard.has(body);
  }

  override processEvent(event: ReceiverEvent): Promise<void> {
    const startedAt = this.#clock.now();
    const acknowledged = this.#first.begin();
    const ack: ReceiverEvent['ack'] = async (response) => {
      await this.beforeAcknowledging(event.body);
      const outcome = await this.#send(event, response);
      this.#told(outcome, this.#clock.now() - startedAt);
      if (outcome === 'lost') this.#unheard.add(event.body);
      acknowledged();
    };
    // What no listener wants is never acknowledged.
    return super.processEvent({ ...event, ack }).finally(acknowledged);
  }

  /**
   * Never throws: what was asked is durable by now, or is answered in the acknowledgement itself, and goes on although Slack has not heard it.
   * Over a socket the acknowledgement is a message, which fails when the socket has just closed; over HTTP nothing fails, the connection is gone.
   */
  async #send({ ack, customProperties }: ReceiverEvent, response: Acknowledgement): Promise<'sent' | 'lost'> {
    const connection: unknown = customProperties?.connection;
    const isGone = connection instanceof Socket && !connection.writable;
    try {
      // In any case: of what was not acknowledged Bolt complains after three seconds.
      await ack(response);
      if (isGone) throw new Error('The connection has ended');
      return 'sent';
    } catch (error) {
      this.#log.warn({ err: error }, 'A question from Slack could not be acknowledged');
      return 'lost';
    }
  }
}

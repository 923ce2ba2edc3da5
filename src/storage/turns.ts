/** Of a connection, which runs one statement at a time: whose batch is next. What would only wait in the driver's line gathers company meanwhile. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** `begin` resolves when the turn is over; how it ends is told elsewhere. */
  take(begin: () => Promise<unknown>): void {
    this.#last = this.#last.then(begin).catch(() => undefined);
  }
}

/** Wakes whoever waits. A ring is not kept: take `next()` before looking whether there is something to do. */
export class Bell {
  #wake: () => void = () => undefined;
  #next = this.#arm();

  /** Resolves at the next ring. */
  next(): Promise<void> {
    return this.#next;
  }

  /**
   * The next wait is armed first: whoever is woken and waits again must not get the ring that woke
   * them.
   */
  ring(): void {
    const wake = this.#wake;
    this.#next = this.#arm();
    wake();
  }

  #arm(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

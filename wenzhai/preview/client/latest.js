// @ts-check
/**
 * Does one thing at a time, and of what came in meanwhile only the newest.
 */

/** @template T */
export class Latest {
  /** @type {T | undefined} */
  #waiting;
  #busy = false;

  /** @param {(item: T) => Promise<void>} work */
  constructor(work) {
    this.work = work;
  }

  /** @param {T} item */
  async put(item) {
    this.#waiting = item;
    if (this.#busy) return;
    this.#busy = true;
    for (let next; (next = this.#waiting);) {
      this.#waiting = undefined;
      await this.work(next).catch(reportError); // the next may do
    }
    this.#busy = false;
  }
}

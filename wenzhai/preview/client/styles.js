// @ts-check
/**
 * Exchanges style sheets without a moment in which neither the old nor the new one applies.
 */

/** Milliseconds after which sheets that do not load are waited for no longer. */
const PATIENCE = 3_000;

/**
 * @param {Node} node
 * @returns {node is HTMLLinkElement}
 */
export function isStylesheet(node) {
  return node instanceof HTMLLinkElement && node.relList.contains("stylesheet");
}

/** The style sheets that one patch exchanges: all together, once the new ones have loaded. */
export class StyleSwap {
  /** @type {{link: HTMLLinkElement, media: string | null, loaded: Promise<unknown>}[]} */
  #incoming = [];
  /** @type {HTMLLinkElement[]} */
  #outgoing = [];

  /**
   * Put one sheet in the place of another.
   *
   * @param {HTMLLinkElement} live
   * @param {HTMLLinkElement} fresh
   */
  swap(live, fresh) {
    this.#await(fresh);
    live.after(fresh);
    this.#outgoing.push(live);
  }

  /**
   * Await a sheet that was inserted.
   *
   * @param {HTMLLinkElement} fresh
   */
  add(fresh) {
    this.#await(fresh);
  }

  /**
   * Remove a sheet once those on their way in apply.
   *
   * @param {HTMLLinkElement} live
   */
  drop(live) {
    this.#outgoing.push(live);
  }

  /** Wait for the new sheets; then, at one stroke, apply them and remove the old. */
  async finish() {
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    if (this.#incoming.length) {
      await Promise.race([Promise.all(this.#incoming.map(({ loaded }) => loaded)), late]);
    }
    for (const { link, media } of this.#incoming) {
      if (media === null) link.removeAttribute("media");
      else link.media = media;
    }
    for (const link of this.#outgoing) link.remove();
  }

  /**
   * Let a sheet load without applying it: a sheet for a medium that is not there does just that.
   *
   * @param {HTMLLinkElement} link
   */
  #await(link) {
    const loaded = new Promise((resolve) => {
      link.addEventListener("load", resolve, { once: true });
      link.addEventListener("error", resolve, { once: true });
    });
    this.#incoming.push({ link, media: link.getAttribute("media"), loaded });
    link.media = "not all";
  }
}

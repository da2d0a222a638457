// @ts-check
/**
 * Alt-click on a block of the text opens its source in the editor.
 */

import { twinOf } from "./mirror.js";
import { OWN } from "./served.js";

/** Where the text of a page is; themes are free in what they put around it. */
const TEXT = "article, main";

/** @typedef {import("./mirror.js").Mirror} Mirror */
/** @typedef {{page: string, block: number | null} | {path: string, line: number}} Place */

/**
 * Ask for a source to be opened in the editor.
 *
 * @param {string} token
 * @param {Place} place
 * @returns {Promise<boolean>} whether it opened
 */
export async function openSource(token, place) {
  try {
    const response = await fetch(new URL("open", OWN), {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Wenzhai-Token": token },
      body: JSON.stringify(place),
    });
    return response.ok;
  } catch {
    return false;
  }
}

/** How many blocks the text of the page has; the server is asked only once somebody may click. */
export class Blocks {
  /** @type {Promise<number> | undefined} */
  #asked;
  /** @type {number | undefined} 0 where there are none that could be opened */
  known;

  /** @param {() => string} page */
  constructor(page) {
    this.page = page;
  }

  /** Note that the page is another one. */
  forget() {
    this.#asked = this.known = undefined;
  }

  /** @returns {Promise<number>} */
  count() {
    if (this.#asked) return this.#asked;
    const asked = countBlocks(this.page());
    this.#asked = asked;
    asked.then((count) => {
      if (this.#asked === asked) this.known = count;
    });
    return asked;
  }
}

/**
 * @param {string} page
 * @returns {Promise<number>} 0 where it has none that could be opened
 */
async function countBlocks(page) {
  try {
    const path = page.split("/").map(encodeURIComponent).join("/");
    const response = await fetch(new URL(`blocks/${path}`, OWN), { cache: "no-store" });
    const blocks = response.ok ? await response.json() : [];
    return blocks.some((/** @type {{line: number | null} | null} */ block) => block?.line)
      ? blocks.length
      : 0;
  } catch {
    return 0;
  }
}

/**
 * Tell whether a node may belong to a block of the text, as far as is known.
 *
 * @param {Mirror} mirror
 * @param {Node} node
 * @param {number | undefined} count of blocks
 */
export function mayHold(mirror, node, count) {
  if (count !== undefined) return blockAt(mirror, node, count) !== undefined;
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest(TEXT) !== null;
}

/**
 * Find which block of the text a node of the live page belongs to.
 *
 * @param {Mirror} mirror
 * @param {Node} node
 * @param {number} count of blocks
 * @returns {number | undefined} from 0; nothing outside the text
 */
export function blockAt(mirror, node, count) {
  if (!count) return undefined;
  const blocks = [...(findText(mirror.served, count)?.children ?? [])];
  const index = blocks.findIndex((block) => twinOf(mirror, block)?.contains(node));
  return index < 0 ? undefined : index;
}

/**
 * Find the element whose children are the blocks.
 *
 * @param {Document} served
 * @param {number} count of blocks
 */
function findText(served, count) {
  const fitting = [...served.querySelectorAll(`:is(${TEXT}) *`)].filter(
    (element) => element.childElementCount === count,
  );
  return fitting.find((element) => element.matches(".body")) ?? fitting[0];
}

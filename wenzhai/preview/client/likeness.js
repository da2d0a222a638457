// @ts-check
/**
 * Pairs nodes that are not equal: by kind, and among those of a kind by how much they share.
 */

import { sharedEnds } from "./texts.js";

/** @typedef {import("./subsequence.js").Match} Match */
/**
 * @typedef {object} Pair
 * @property {ChildNode | null} was
 * @property {ChildNode | null} now
 * @property {boolean} same both are equal
 * @property {boolean} [moved] the node stands out of order in the list it came from
 */

/** Cells of the largest table of likenesses; beyond, nodes of one kind are paired in order. */
const FEW = 2_500;
/** The same where it is made but once. */
export const MANY = 250_000;
const CONTROLS = new Set(["INPUT", "SELECT", "TEXTAREA", "BUTTON"]);

/**
 * Pair what has no equal, by kind and then likeness, keeping the order.
 *
 * @param {ChildNode[]} was
 * @param {ChildNode[]} now
 * @param {string[]} wasTexts
 * @param {string[]} nowTexts
 * @param {number} cells
 * @returns {Pair[]}
 */
export function pairByLikeness(was, now, wasTexts, nowTexts, cells = FEW) {
  const small = was.length * now.length <= cells;
  const likeness = (/** @type {number} */ i, /** @type {number} */ j) =>
    isAlike(was[i], now[j]) ? 1 + (small ? likenessOf(wasTexts[i], nowTexts[j]) : 0) : 0;
  const matches = small
    ? mostAlike(was.length, now.length, likeness)
    : inOrder(was.length, now.length, likeness);
  const pairs = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...matches, /** @type {Match} */ ([was.length, now.length])]) {
    pairs.push(...aloneAll(was.slice(i, a), now.slice(j, b)));
    if (a < was.length) pairs.push({ was: was[a], now: now[b], same: wasTexts[a] === nowTexts[b] });
    [i, j] = [a + 1, b + 1];
  }
  return pairs;
}

/**
 * Tell whether one node may be changed into the other: the same kind, and for what holds typed
 * text the same field.
 *
 * @param {ChildNode} a
 * @param {ChildNode} b
 */
export function isAlike(a, b) {
  if (a.nodeName !== b.nodeName) return false;
  if (!(a instanceof Element && b instanceof Element) || !CONTROLS.has(a.nodeName)) return true;
  return ["id", "name", "type"].every((name) => a.getAttribute(name) === b.getAttribute(name));
}

/**
 * Measure how much of two texts is the same at their ends, from 0 to 1.
 *
 * @param {string} a
 * @param {string} b
 */
function likenessOf(a, b) {
  const [head, tail] = sharedEnds(a, b);
  return (head + tail) / Math.max(a.length, b.length, 1);
}

/**
 * Choose matches, rising in both lists, with the largest sum of likeness.
 *
 * @param {number} rows
 * @param {number} columns
 * @param {(i: number, j: number) => number} likeness 0 where a pair is impossible
 * @returns {Match[]}
 */
function mostAlike(rows, columns, likeness) {
  const width = columns + 1;
  const sums = new Float64Array((rows + 1) * width);
  const own = new Float64Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const here = i * width + j;
      own[here] = likeness(i, j);
      const paired = own[here] ? own[here] + sums[here + width + 1] : 0;
      sums[here] = Math.max(paired, sums[here + width], sums[here + 1]);
    }
  }
  /** @type {Match[]} */
  const found = [];
  for (let i = 0, j = 0; i < rows && j < columns;) {
    const here = i * width + j;
    if (own[here] && sums[here] === own[here] + sums[here + width + 1]) found.push([i++, j++]);
    else if (sums[here + width] >= sums[here + 1]) i++;
    else j++;
  }
  return found;
}

/**
 * Pair each place with the next possible one: the way for lists too long to weigh.
 *
 * @param {number} rows
 * @param {number} columns
 * @param {(i: number, j: number) => number} likeness 0 where a pair is impossible
 * @returns {Match[]}
 */
function inOrder(rows, columns, likeness) {
  /** @type {Match[]} */
  const found = [];
  for (let i = 0, j = 0; i < rows && j < columns; i++, j++) {
    if (likeness(i, j)) found.push([i, j]);
  }
  return found;
}

/**
 * Leave all nodes of two lists without a partner.
 *
 * @param {ChildNode[]} was
 * @param {ChildNode[]} now
 * @returns {Pair[]}
 */
export function aloneAll(was, now) {
  return [
    ...was.map((node) => ({ was: node, now: null, same: false })),
    ...now.map((node) => ({ was: null, now: node, same: false })),
  ];
}

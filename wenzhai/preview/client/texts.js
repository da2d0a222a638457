// @ts-check
/**
 * Changes a text in the live page where it differs, so that a selection in it stays.
 */

import { commonPlaces } from "./subsequence.js";

/** @typedef {[number, number, string]} Edit where it begins, how much it takes out, what it puts in */

/**
 * @param {CharacterData} live
 * @param {string} text
 */
export function replaceText(live, text) {
  const selection = getSelection();
  const selected = selection?.rangeCount && selection.containsNode(live, true);
  const [head, tail] = sharedEnds(live.data, text);
  const [old, fresh] = [
    live.data.slice(head, -tail || undefined),
    text.slice(head, -tail || undefined),
  ];
  const edits = selected ? findEdits(old, fresh) : [/** @type {Edit} */ ([0, old.length, fresh])];
  for (const [start, count, piece] of edits.reverse()) live.replaceData(head + start, count, piece);
}

/**
 * Measure how much of two texts is the same at their beginning and at their end.
 *
 * @param {string} a
 * @param {string} b
 * @returns {[number, number]} code units
 */
export function sharedEnds(a, b) {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return [head, tail];
}

/**
 * Find edits that keep as many characters as possible.
 *
 * @param {string} old
 * @param {string} text
 * @returns {Edit[]} from beginning to end
 */
function findEdits(old, text) {
  const units = (/** @type {string} */ s) =>
    Array.from({ length: s.length }, (_, i) => s.charCodeAt(i));
  /** @type {Edit[]} */
  const edits = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...commonPlaces(units(old), units(text)), [old.length, text.length]]) {
    if (a > i || b > j) edits.push([i, a - i, text.slice(j, b)]);
    [i, j] = [a + 1, b + 1];
  }
  return edits;
}

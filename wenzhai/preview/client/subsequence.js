// @ts-check
/**
 * Finds what two sequences of numbers have in common, in order. Knows nothing of nodes.
 */

/** @typedef {[number, number]} Match a place in the first sequence and one in the second */

/** Cells of the largest table; longer sequences are first divided at numbers they have once. */
const TABLE_CELLS = 1_000_000;

/**
 * Find places of equal numbers, rising in both: a longest common subsequence where the table for
 * it is affordable, else one between anchors (numbers that each has once, as in patience diff).
 *
 * @param {number[]} a
 * @param {number[]} b
 * @returns {Match[]}
 */
export function commonPlaces(a, b) {
  if (a.length * b.length <= TABLE_CELLS) return longestCommon(a, b);
  const anchors = rising(uniqueMatches(a, b));
  if (!anchors.length) return [];
  /** @type {Match[]} */
  const found = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...anchors, /** @type {Match} */ ([a.length, b.length])]) {
    for (const [p, q] of commonPlaces(a.slice(i, x), b.slice(j, y))) found.push([i + p, j + q]);
    if (x < a.length) found.push([x, y]);
    [i, j] = [x + 1, y + 1];
  }
  return found;
}

/**
 * @param {number[]} a
 * @param {number[]} b
 * @returns {Match[]}
 */
function longestCommon(a, b) {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const here = i * width + j;
      lengths[here] =
        a[i] === b[j]
          ? lengths[here + width + 1] + 1
          : Math.max(lengths[here + width], lengths[here + 1]);
    }
  }
  /** @type {Match[]} */
  const found = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) found.push([i++, j++]);
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i++;
    else j++;
  }
  return found;
}

/**
 * @param {number[]} a
 * @param {number[]} b
 * @returns {Match[]} in the order of the first list
 */
function uniqueMatches(a, b) {
  const places = uniquePlaces(b);
  return [...uniquePlaces(a)].flatMap(([key, i]) => {
    const j = places.get(key);
    return j === undefined ? [] : [/** @type {Match} */ ([i, j])];
  });
}

/** @param {number[]} keys */
function uniquePlaces(keys) {
  /** @type {Map<number, number>} */
  const places = new Map();
  const twice = new Set();
  keys.forEach((key, i) => (places.has(key) ? twice.add(key) : places.set(key, i)));
  for (const key of twice) places.delete(key);
  return places;
}

/**
 * Keep the longest run of matches that rises in the second list too.
 *
 * @param {Match[]} matches
 * @returns {Match[]}
 */
function rising(matches) {
  /** @type {number[]} */
  const ends = []; // ends[n]: the match that ends a run of n + 1 lowest
  const before = matches.map((match, at) => {
    let low = ends.findLastIndex((end) => matches[end][1] < match[1]) + 1;
    ends[low] = at;
    return low ? ends[low - 1] : -1;
  });
  const run = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]) run.push(matches[at]);
  return run.reverse();
}

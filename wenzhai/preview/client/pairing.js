// @ts-check
/**
 * Pairs two lists of sibling nodes: which node of the one is which node of the other.
 *
 * Equal nodes are found first (common ends, then a longest common subsequence), what is left
 * between them is paired by likeness, and equal nodes that only changed places are found again.
 * Knows nothing of the live page.
 */

import { MANY, aloneAll, isAlike, pairByLikeness } from "./likeness.js";
import { commonPlaces } from "./subsequence.js";

/** @typedef {import("./likeness.js").Pair} Pair */
/** @typedef {import("./subsequence.js").Match} Match */

/**
 * Pair the nodes of two lists; those without a partner stand alone.
 *
 * The pairs follow the order of `now`. A pair may be out of order in `was`: its node moved.
 *
 * @param {ChildNode[]} was
 * @param {ChildNode[]} now
 * @returns {Pair[]}
 */
export function pairNodes(was, now) {
  return pairBetweenEnds(was, now, pairMiddle);
}

/**
 * Pair the nodes of two lists, the second of which holds more, or changed ones: as many as
 * possible, in order, each with the one most like it.
 *
 * @param {ChildNode[]} was
 * @param {ChildNode[]} now
 * @returns {Pair[]}
 */
export function pairAdded(was, now) {
  if (was.length * now.length > MANY) return pairNodes(was, now);
  return pairBetweenEnds(was, now, (a, b) => {
    return pairByLikeness(a, b, a.map(textOf), b.map(textOf), MANY);
  });
}

/**
 * @param {ChildNode[]} was
 * @param {ChildNode[]} now
 * @param {(was: ChildNode[], now: ChildNode[]) => Pair[]} pairRest
 * @returns {Pair[]}
 */
function pairBetweenEnds(was, now, pairRest) {
  const shorter = Math.min(was.length, now.length);
  let head = 0;
  while (head < shorter && isSame(was[head], now[head])) head++;
  let tail = 0;
  while (tail < shorter - head && isSame(was.at(-1 - tail), now.at(-1 - tail))) tail++;
  const wasEnd = was.length - tail;
  const nowEnd = now.length - tail;
  return [
    ...now.slice(0, head).map((node, i) => ({ was: was[i], now: node, same: true })),
    ...pairRest(was.slice(head, wasEnd), now.slice(head, nowEnd)),
    ...now.slice(nowEnd).map((node, i) => ({ was: was[wasEnd + i], now: node, same: true })),
  ];
}

/**
 * Tell whether two nodes are equal, contents of templates included (isEqualNode skips them).
 *
 * @param {Node | undefined} a
 * @param {Node | undefined} b
 * @returns {boolean}
 */
export function isSame(a, b) {
  if (!a || !b || !a.isEqualNode(b)) return false;
  const others = templatesIn(b);
  return templatesIn(a).every((template, i) => isSame(template.content, others[i].content));
}

/**
 * @param {Node} node
 * @returns {HTMLTemplateElement[]}
 */
function templatesIn(node) {
  const below = node instanceof Element || node instanceof DocumentFragment;
  const found = below ? [node, ...node.querySelectorAll("template")] : [];
  return found.filter((element) => element instanceof HTMLTemplateElement);
}

/**
 * @param {ChildNode[]} was
 * @param {ChildNode[]} now
 * @returns {Pair[]}
 */
function pairMiddle(was, now) {
  if (!was.length || !now.length) return aloneAll(was, now);
  if (was.length === 1 && now.length === 1 && isAlike(was[0], now[0])) {
    return [{ was: was[0], now: now[0], same: false }]; // no need to write out large parts
  }
  const wasTexts = was.map(textOf);
  const nowTexts = now.map(textOf);
  const [wasKeys, nowKeys] = intern(wasTexts, nowTexts);
  const pairs = [];
  let [i, j] = [0, 0];
  /** @type {Match[]} */
  const places = [...commonPlaces(wasKeys, nowKeys), [was.length, now.length]];
  for (const [a, b] of places) {
    const texts = [wasTexts.slice(i, a), nowTexts.slice(j, b)];
    pairs.push(...pairByLikeness(was.slice(i, a), now.slice(j, b), texts[0], texts[1]));
    if (a < was.length) pairs.push({ was: was[a], now: now[b], same: true });
    [i, j] = [a + 1, b + 1];
  }
  return rejoinMoved(pairs);
}

/** @param {ChildNode} node */
function textOf(node) {
  return node instanceof Element ? node.outerHTML : `${node.nodeName} ${node.nodeValue}`;
}

/**
 * Number texts, so that equal ones have equal numbers.
 *
 * @param {string[][]} lists
 */
function intern(...lists) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  const numberOf = (/** @type {string} */ text) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  return lists.map((list) => list.map(numberOf));
}

/**
 * Join a node that is gone from one place with an equal one that is new in another.
 *
 * @param {Pair[]} pairs
 * @returns {Pair[]}
 */
function rejoinMoved(pairs) {
  /** @type {Map<string, ChildNode[]>} */
  const gone = new Map();
  for (const { was, now } of pairs) {
    if (!(was instanceof Element) || now) continue;
    gone.set(textOf(was), [...(gone.get(textOf(was)) ?? []), was]);
  }
  const rejoined = new Set();
  const joined = pairs.map((pair) => {
    const was = pair.was || !pair.now ? undefined : gone.get(textOf(pair.now))?.shift();
    if (!was) return pair;
    rejoined.add(was);
    return { was, now: pair.now, same: true, moved: true };
  });
  return joined.filter((pair) => pair.now || !rejoined.has(pair.was));
}

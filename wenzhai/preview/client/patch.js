// @ts-check
/**
 * Brings what an edit changed into the live page, and leaves all else of it alone.
 *
 * The page as it was served is compared with the page as it is now, never with the live page: what
 * readers and scripts did to that (open details, typed text, rendered maths) is no difference and
 * so is not touched. Where the live page no longer has what was served, the smallest part that has
 * is replaced as a whole.
 */

import { patchAttributes } from "./attributes.js";
import { copyToLive, isOpaque, isUntouched, twinOf } from "./mirror.js";
import { pairNodes } from "./pairing.js";
import { StyleSwap, isStylesheet } from "./styles.js";
import { replaceText } from "./texts.js";

/** @typedef {import("./mirror.js").Mirror} Mirror */
/** @typedef {import("./pairing.js").Pair} Pair */

/**
 * @typedef {object} Changes
 * @property {Set<Node>} inserted live nodes that are new
 * @property {Set<Element>} touched live elements whose own text or attributes changed
 * @property {StyleSwap} styles style sheets on their way in and out
 */

/** The page cannot be patched; only loading it anew shows what is true. */
export class Unpatchable extends Error {}

/**
 * Change the live page as the served one changed. Afterwards, ``mirror.served`` equals ``now``.
 *
 * @param {Mirror} mirror
 * @param {Document} now the page as it is served now; taken apart
 * @returns {Changes}
 */
export function patchPage(mirror, now) {
  /** @type {Changes} */
  const changes = { inserted: new Set(), touched: new Set(), styles: new StyleSwap() };
  if (!patchChildren(mirror, mirror.served, now, changes)) {
    throw new Unpatchable("the live page no longer has the frame that was served");
  }
  return changes;
}

/**
 * @param {Mirror} mirror
 * @param {ChildNode} was
 * @param {ChildNode} now
 * @param {Changes} changes
 * @returns {boolean} false: the live page disagrees, the node has to be replaced
 */
function patchNode(mirror, was, now, changes) {
  const live = twinOf(mirror, was);
  if (!(was instanceof Element && now instanceof Element)) {
    return patchText(was, now, live, changes);
  }
  if (!(live instanceof Element) || isOpaque(was)) return false;
  if (isStylesheet(was) && isStylesheet(now)) return swapStylesheet(mirror, was, now, changes);
  if (patchAttributes(was, now, live)) changes.touched.add(live);
  return patchChildren(mirror, was, now, changes);
}

/**
 * Change a text where it differs, so that a selection around the place stays.
 *
 * @param {ChildNode} was
 * @param {ChildNode} now
 * @param {Node | undefined} live
 * @param {Changes} changes
 */
function patchText(was, now, live, changes) {
  const [old, text] = [was.nodeValue ?? "", now.nodeValue ?? ""];
  const untouched = live && isUntouched(was, live);
  if (!untouched && (old + text).trim()) return false;
  if (untouched) {
    replaceText(/** @type {CharacterData} */ (live), text);
    if (live.parentElement && live instanceof Text) changes.touched.add(live.parentElement);
  }
  was.nodeValue = text;
  return true;
}

/**
 * @param {Mirror} mirror
 * @param {HTMLLinkElement} was
 * @param {HTMLLinkElement} now
 * @param {Changes} changes
 */
function swapStylesheet(mirror, was, now, changes) {
  const live = /** @type {HTMLLinkElement} */ (twinOf(mirror, was));
  changes.styles.swap(live, copyToLive(mirror, now, live.ownerDocument));
  was.replaceWith(now);
  return true;
}

/**
 * @param {Mirror} mirror
 * @param {Node} was
 * @param {Node} now
 * @param {Changes} changes
 * @returns {boolean} false: the live children disagree, their parent has to be replaced
 */
function patchChildren(mirror, was, now, changes) {
  const pairs = pairNodes([...was.childNodes], [...now.childNodes]);
  for (const pair of pairs) {
    if (pair.moved) pair.was?.remove();
    else if (pair.was && !pair.now && !remove(mirror, pair.was, changes)) return false;
  }
  /** @type {ChildNode | null} */
  let next = null;
  for (const pair of pairs.filter(({ now: node }) => node).reverse()) {
    if (!settle(mirror, was, pair, next, changes)) return false;
    next = next ? next.previousSibling : was.lastChild;
  }
  return true;
}

/**
 * Bring one child into its new form and place; ``next`` and all after it are settled.
 *
 * @param {Mirror} mirror
 * @param {Node} parent served
 * @param {Pair} pair
 * @param {ChildNode | null} next the served child before which it belongs
 * @param {Changes} changes
 */
function settle(mirror, parent, { was, now, same, moved }, next, changes) {
  if (!now) return true;
  if (!was) return insert(mirror, parent, now, next, changes);
  if (moved) return move(mirror, parent, was, next);
  if (same || patchNode(mirror, was, now, changes)) return true;
  return replace(mirror, was, now, changes);
}

/**
 * @param {Mirror} mirror
 * @param {ChildNode} was
 * @param {Changes} changes
 */
function remove(mirror, was, changes) {
  const live = /** @type {ChildNode | undefined} */ (twinOf(mirror, was));
  was.remove();
  if (!live) return isBlank(was); // else a script put something in its place
  if (isStylesheet(live)) changes.styles.drop(live);
  else live.remove();
  return true;
}

/** @param {Node} node */
function isBlank(node) {
  return !(node instanceof Element) && !(node instanceof Text && node.data.trim());
}

/**
 * @param {Mirror} mirror
 * @param {Node} parent
 * @param {ChildNode} now
 * @param {ChildNode | null} next
 * @param {Changes} changes
 */
function insert(mirror, parent, now, next, changes) {
  const place = findPlace(mirror, parent, next);
  if (!place) return false;
  const copy = copyToLive(mirror, now, /** @type {Document} */ (place.parent.ownerDocument));
  if (isStylesheet(copy)) changes.styles.add(copy);
  place.parent.insertBefore(copy, place.before);
  parent.insertBefore(now, next);
  changes.inserted.add(copy);
  return true;
}

/**
 * @param {Mirror} mirror
 * @param {Node} parent
 * @param {ChildNode} was
 * @param {ChildNode | null} next
 */
function move(mirror, parent, was, next) {
  const live = twinOf(mirror, was);
  const place = live && findPlace(mirror, parent, next);
  parent.insertBefore(was, next);
  if (!place) return false;
  const { parent: target, before } = place;
  // Where moveBefore is known, what moves keeps its state: frames are not loaded again.
  /** @type {any} */ (target)["moveBefore" in target ? "moveBefore" : "insertBefore"](live, before);
  return true;
}

/**
 * @param {Mirror} mirror
 * @param {ChildNode} was
 * @param {ChildNode} now
 * @param {Changes} changes
 */
function replace(mirror, was, now, changes) {
  const live = /** @type {ChildNode | undefined} */ (twinOf(mirror, was));
  if (!live || isFrame(was)) return false;
  const copy = copyToLive(mirror, now, /** @type {Document} */ (live.ownerDocument));
  live.replaceWith(copy);
  was.replaceWith(now);
  changes.inserted.add(copy);
  return true;
}

/** @param {Node} node an element of which a page has one, which scripts hold on to */
function isFrame(node) {
  return ["HTML", "HEAD", "BODY"].includes(node.nodeName);
}

/**
 * Find where in the live page a child belongs, whatever scripts have put around its neighbours.
 *
 * @param {Mirror} mirror
 * @param {Node} parent served
 * @param {ChildNode | null} next served
 * @returns {{parent: Node, before: Node | null} | undefined} nothing where the live page disagrees
 */
function findPlace(mirror, parent, next) {
  const live = twinOf(mirror, parent);
  if (!live) return undefined;
  for (let node = next; node; node = node.nextSibling) {
    const before = childHolding(live, twinOf(mirror, node));
    if (before) return { parent: live, before };
  }
  for (
    let node = next ? next.previousSibling : parent.lastChild;
    node;
    node = node.previousSibling
  ) {
    const after = childHolding(live, twinOf(mirror, node));
    if (after) return { parent: live, before: after.nextSibling };
  }
  return { parent: live, before: live.firstChild };
}

/**
 * @param {Node} parent
 * @param {Node | undefined} node
 * @returns {Node | null} the child of ``parent`` that is or holds ``node``
 */
function childHolding(parent, node) {
  if (!node || !parent.contains(node)) return null;
  for (let child = node; child !== parent; child = /** @type {Node} */ (child.parentNode)) {
    if (child.parentNode === parent) return child;
  }
  return null;
}

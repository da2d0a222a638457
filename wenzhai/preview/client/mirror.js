// @ts-check
/**
 * Keeps the page as it was served beside the live one, and knows which live node came of which
 * served node. Scripts and readers change the live page; the served one stays what it was.
 */

import { pairAdded } from "./pairing.js";

/**
 * @typedef {object} Mirror
 * @property {Document} served the page as it was served, never shown
 * @property {WeakMap<Node, Node>} twins served node to live node
 */

/** @typedef {Map<Node, ChildNode[]>} Shape the children that nodes of the live page once had */

/**
 * Note the children of every node of the live page, before scripts move any.
 *
 * @param {Document} live
 * @returns {Shape}
 */
export function noteShape(live) {
  /** @type {Shape} */
  const shape = new Map();
  const walker = live.createTreeWalker(live);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const siblings = shape.get(/** @type {Node} */ (node.parentNode));
    if (siblings) siblings.push(/** @type {ChildNode} */ (node));
    else shape.set(/** @type {Node} */ (node.parentNode), [/** @type {ChildNode} */ (node)]);
  }
  return shape;
}

/**
 * Parse a page without running or loading any of it.
 *
 * @param {string} html
 */
export function parsePage(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/**
 * Find for each served node the live node that it became.
 *
 * @param {Document} served
 * @param {Document} live
 * @param {Shape} shape the live page as it was found
 * @returns {Mirror}
 */
export function makeMirror(served, live, shape) {
  /** @type {Mirror} */
  const mirror = { served, twins: new WeakMap() };
  const childrenOf = (/** @type {Node} */ node) => shape.get(node) ?? [];
  pairChildren(mirror, served, live, childrenOf);
  return mirror;
}

/**
 * Give the live node that came of a served one, if it still is in the page.
 *
 * @param {Mirror} mirror
 * @param {Node} served
 */
export function twinOf(mirror, served) {
  const twin = mirror.twins.get(served);
  return twin?.isConnected ? twin : undefined;
}

/**
 * Make a live copy of a served node.
 *
 * @template {Node} T
 * @param {Mirror} mirror
 * @param {T} served
 * @param {Document} live
 * @returns {T}
 */
export function copyToLive(mirror, served, live) {
  const copy = live.importNode(served, true);
  linkEqual(mirror, served, copy);
  return copy;
}

/**
 * @param {Mirror} mirror
 * @param {Node} served
 * @param {Node} live
 * @param {(node: Node) => ChildNode[]} childrenOf
 */
function pairChildren(mirror, served, live, childrenOf) {
  mirror.twins.set(served, live);
  if (isOpaque(served)) return;
  const [was, now] = [servedChildren(served), childrenOf(live)];
  for (const [a, b] of matchKinds(was, now) ?? matchLike(was, now)) {
    if (a instanceof Element || isUntouched(a, b)) pairChildren(mirror, a, b, childrenOf);
  }
}

/**
 * Pair two lists place by place, if their kinds agree.
 *
 * @param {ChildNode[]} was
 * @param {ChildNode[]} now
 * @returns {[ChildNode, ChildNode][] | undefined}
 */
function matchKinds(was, now) {
  const agree = was.length === now.length && was.every((a, i) => a.nodeName === now[i].nodeName);
  return agree ? was.map((a, i) => [a, now[i]]) : undefined;
}

/**
 * Pair two lists where scripts have added or removed nodes.
 *
 * @param {ChildNode[]} was
 * @param {ChildNode[]} now
 * @returns {[ChildNode, ChildNode][]}
 */
function matchLike(was, now) {
  return pairAdded(was, now).flatMap((pair) =>
    pair.was && pair.now ? [/** @type {[ChildNode, ChildNode]} */ ([pair.was, pair.now])] : [],
  );
}

/**
 * Give the served children that the parser leaves in the live page.
 *
 * @param {Node} served
 */
function servedChildren(served) {
  return [...served.childNodes].filter((node) => !isShadowRoot(node));
}

/** @param {Node} node a template that the parser turns into a shadow root */
function isShadowRoot(node) {
  return node instanceof HTMLTemplateElement && node.hasAttribute("shadowrootmode");
}

/**
 * Tell whether a live node without children still says what was served.
 *
 * @param {Node} served
 * @param {Node} live
 */
export function isUntouched(served, live) {
  return served.nodeValue === live.nodeValue;
}

/**
 * Tell whether the live page keeps the inside of an element in another form: with scripting,
 * noscript holds one text; a template holds a fragment.
 *
 * @param {Node} served
 */
export function isOpaque(served) {
  return served instanceof Element && ["noscript", "template"].includes(served.localName);
}

/**
 * @param {Mirror} mirror
 * @param {Node} served
 * @param {Node} copy
 */
function linkEqual(mirror, served, copy) {
  mirror.twins.set(served, copy);
  if (served instanceof Element && served.localName === "noscript") {
    copy.textContent = served.innerHTML;
  } else {
    served.childNodes.forEach((child, i) => linkEqual(mirror, child, copy.childNodes[i]));
  }
}

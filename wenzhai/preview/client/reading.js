// @ts-check
/**
 * Keeps the reading position: what stood first in the window stands there after a change too.
 */

import { HOST } from "./stage.js";

/** Pixels between the places where the window is probed for something to hold on to. */
const STEP = 12;
/** How many elements to hold on to, in case the change removes some. */
const ENOUGH = 8;

/**
 * Do a change so that the first visible element it leaves moves by no pixel.
 *
 * At the very top nothing is held: what is inserted there should be seen.
 *
 * @template T
 * @param {() => T} change
 * @returns {T}
 */
export function holdPosition(change) {
  if (scrollY <= 0) return change();
  const anchors = visibleElements().map((element) => ({ element, top: topOf(element) }));
  const restore = pauseAnchoring();
  try {
    return change();
  } finally {
    const anchor = anchors.find(({ element }) => element.isConnected && element.checkVisibility());
    const shift = anchor ? topOf(anchor.element) - anchor.top : 0;
    if (shift) scrollBy({ top: shift, behavior: "instant" });
    restore();
  }
}

/** @param {Element} element */
function topOf(element) {
  return element.getBoundingClientRect().top;
}

/**
 * Find elements in the window, those that begin in it first, from top to bottom.
 *
 * @returns {Element[]}
 */
function visibleElements() {
  /** @type {Set<Element>} */
  const found = new Set();
  for (let y = 1; y < innerHeight && found.size < ENOUGH; y += STEP) {
    const element = elementAt(innerWidth / 2, y);
    if (element && scrollsAlong(element)) found.add(element);
  }
  const [inside, astride] = [[...found].filter(begins), [...found].filter((e) => !begins(e))];
  return [...inside, ...astride];
}

/**
 * Give the element of the page at a point of the window, also beneath what the preview shows.
 *
 * @param {number} x
 * @param {number} y
 */
function elementAt(x, y) {
  const top = document.elementFromPoint(x, y);
  return top?.localName === HOST ? document.elementsFromPoint(x, y)[1] : top;
}

/** @param {Element} element */
function begins(element) {
  return topOf(element) >= 0;
}

/**
 * Tell whether an element moves with the page: no fixed or sticky bar, no box scrolled by itself.
 *
 * @param {Element} element
 */
function scrollsAlong(element) {
  if (element === document.body || element === document.documentElement) return false;
  for (
    let e = /** @type {Element | null} */ (element);
    e && e !== document.body;
    e = e.parentElement
  ) {
    const { position, overflowY } = getComputedStyle(e);
    const scrolls = /auto|scroll/.test(overflowY) && e.scrollHeight > e.clientHeight;
    if (scrolls || position === "fixed" || position === "sticky") return false;
  }
  return true;
}

/**
 * Keep the browser from correcting the position too; what comes after the change is its again.
 *
 * @returns {() => void}
 */
function pauseAnchoring() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { overflow-anchor: none !important }");
  document.adoptedStyleSheets.push(sheet);
  const drop = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
  return () => requestAnimationFrame(() => requestAnimationFrame(drop));
}

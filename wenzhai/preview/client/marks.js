// @ts-check
/**
 * Marks changed blocks for a moment. The marks are animations, so nothing of them is in the page.
 */

/** The name by which tests and tools find these animations. */
export const MARK = "wenzhai-changed";
const MILLISECONDS = 1_600;
/** More nodes than this changed together are a new look, not an edit. */
const TOO_MANY = 60;
const COLOUR = "rgb(255 205 60 / 0.45)";
const LIT = { backgroundColor: COLOUR, boxShadow: `0 0 0 4px ${COLOUR}` };

/**
 * Give the blocks that hold changed nodes, in the order of the page, each once.
 *
 * @param {Node[]} nodes
 * @returns {Element[]} none where so much changed that it cannot be pointed at
 */
export function blocksOf(nodes) {
  if (nodes.length > TOO_MANY) return [];
  const blocks = new Set(nodes.map(blockOf).filter((block) => block !== null));
  return [...blocks].sort((a, b) =>
    a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
}

/**
 * Light blocks up and let them fade; without motion, where the reader asks for that.
 *
 * @param {Element[]} blocks
 */
export function mark(blocks) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const block of blocks) {
    const frames = still ? [LIT, LIT] : [LIT, { ...LIT, offset: 0.2 }, {}];
    block.animate(frames, { id: MARK, duration: MILLISECONDS, easing: "ease-out" });
  }
}

/**
 * @param {Node} node
 * @returns {Element | null} nothing for what is not shown, and for the page as a whole
 */
function blockOf(node) {
  if (!node.isConnected || (node instanceof Text && !node.data.trim())) return null;
  let element = node instanceof Element ? node : node.parentElement;
  while (element && /^(inline|contents|ruby)/.test(getComputedStyle(element).display)) {
    element = element.parentElement;
  }
  if (!element || !document.body?.contains(element) || element === document.body) return null;
  return element.checkVisibility() ? element : null;
}

// @ts-check
/**
 * Goes to an article that was saved, and there to the first block that changed.
 */

import { pairNodes } from "./pairing.js";
import { blocksOf, mark } from "./marks.js";
import { parsePage, twinOf } from "./mirror.js";
import { askVersion } from "./served.js";

/** @typedef {import("./mirror.js").Mirror} Mirror */

/** Parts around the text: a count of words changes there with every edit. */
const AROUND = "header, footer, nav, aside";
/** What the next page has to know, kept for as long as the tab is. */
const KEY = "wenzhai-preview";

/** @typedef {{seen: Record<string, string>, going?: {page: string, before?: string}}} Memory */

/**
 * Note which version of a page this tab has shown.
 *
 * @param {string} page
 * @param {string} version
 */
export function rememberVersion(page, version) {
  const memory = recall();
  memory.seen[page] = version;
  keep(memory);
}

/**
 * Go to a page that was saved.
 *
 * @param {{page: string, address: string, before?: string}} saved
 */
export function goTo({ page, address, before }) {
  const memory = recall();
  keep({ ...memory, going: { page, before: before ?? memory.seen[page] } });
  location.assign(address);
}

/**
 * Give the version that a page had before it was gone to, once.
 *
 * @param {string} page
 * @returns {string | undefined}
 */
export function takeGoing(page) {
  const { going, ...memory } = recall();
  if (going) keep(memory);
  return going?.page === page ? going.before : undefined;
}

/**
 * Scroll to the first block that differs from a version before, and mark those that do.
 *
 * @param {Mirror} mirror
 * @param {string} before
 */
export async function showChanges(mirror, before) {
  const html = await askVersion(before);
  if (!html) return;
  const changed = [...differences(parsePage(html), mirror.served)];
  const live = changed.map((node) => twinOf(mirror, node)).filter((node) => node !== undefined);
  const blocks = blocksOf(live);
  const first = blocks.find((block) => !block.closest(AROUND)) ?? blocks[0];
  first?.scrollIntoView({ block: "center", behavior: "instant" });
  mark(blocks);
}

/**
 * Walk through the nodes of a page that an earlier version has not, or not so.
 *
 * @param {Node} was
 * @param {Node} now
 * @returns {Generator<Node>}
 */
function* differences(was, now) {
  for (const pair of pairNodes([...was.childNodes], [...now.childNodes])) {
    if (!pair.now || pair.same) continue;
    const inside = pair.was ? [...differences(pair.was, pair.now)] : [];
    yield* inside.length ? inside : [pair.now];
  }
}

/** @returns {Memory} */
function recall() {
  try {
    return { seen: {}, ...JSON.parse(sessionStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { seen: {} }; // storage may be forbidden
  }
}

/** @param {Memory} memory */
function keep(memory) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // then pages are gone to, and shown from their beginning
  }
}

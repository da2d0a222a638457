// @ts-check
/**
 * Brings a new version of the page into the live one, and tells the page's own scripts.
 */

import { blocksOf, mark } from "./marks.js";
import { parsePage } from "./mirror.js";
import { patchPage } from "./patch.js";
import { holdPosition } from "./reading.js";
import { needsLoad } from "./reload.js";

/** The event that the page's scripts may listen to, on the document, to treat new nodes. */
export const UPDATE = "wenzhai:update";

/**
 * Patch the live page.
 *
 * @param {import("./mirror.js").Mirror} mirror
 * @param {string} html the page as it is served now
 * @returns {Promise<boolean>} false: the page has to be loaded anew
 */
export async function updatePage(mirror, html) {
  const now = parsePage(html);
  if (needsLoad(mirror.served, now)) return false;
  let changes;
  try {
    changes = holdPosition(() => patchPage(mirror, now));
  } catch (error) {
    console.warn("wenzhai: this change needs the page to be loaded anew:", error);
    return false;
  }
  const inserted = [...changes.inserted].filter((node) => node.isConnected);
  const touched = [...changes.touched].filter((node) => node.isConnected);
  document.dispatchEvent(new CustomEvent(UPDATE, { detail: { inserted, touched } }));
  mark(blocksOf([...inserted, ...touched]));
  await changes.styles.finish();
  return true;
}

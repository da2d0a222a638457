// @ts-check
/**
 * Says which differences between two versions of a page no patch can bring in: what runs or is
 * decided only while a page loads.
 */

/** What a script's type may be for it to run (HTML, 4.12.1); all else holds data. */
const RUNS =
  /^(|module|importmap|speculationrules|(application|text)\/(x-)?(java|ecma|j|live)script[\d.]*)$/i;
const ONCE = [
  "script",
  "base",
  "template[shadowrootmode]",
  "meta[http-equiv='content-security-policy' i]",
].join();

/**
 * @param {Document} was
 * @param {Document} now
 */
export function needsLoad(was, now) {
  const [old, fresh] = [loadedOnce(was), loadedOnce(now)];
  return old.length !== fresh.length || old.some((text, i) => text !== fresh[i]);
}

/**
 * @param {Document} page
 * @returns {string[]}
 */
function loadedOnce(page) {
  const elements = [...page.querySelectorAll(ONCE)].filter(isEffective);
  return [page.compatMode, ...elements.map((element) => element.outerHTML)];
}

/** @param {Element} element */
function isEffective(element) {
  return !(element instanceof HTMLScriptElement) || RUNS.test(element.type.trim());
}

/** Where the version is kept for which this tab was loaded anew. */
const KEY = "wenzhai-preview-loaded";

/**
 * Load the page anew for a version; if that was done already and did not help, leave it.
 *
 * @param {string} version
 */
export function reloadFor(version) {
  try {
    if (sessionStorage.getItem(KEY) === version) return;
    sessionStorage.setItem(KEY, version);
  } catch {
    // storage may be forbidden
  }
  location.reload();
}

/** Note that the page was patched, so that it may be loaded for any version again. */
export function forgetReload() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // nothing was noted then
  }
}

// @ts-check
/**
 * What the server put into a page for the preview: one script element, with what it says.
 */

/**
 * @typedef {object} Served
 * @property {string} page the output shown
 * @property {string} version the digest of its bytes
 * @property {string} token
 * @property {boolean} follow
 */

/** Where the preview's own addresses begin. */
export const OWN = new URL(".", import.meta.url);
/** Milliseconds after which a request is given up. */
const PATIENCE = 5_000;

/**
 * Take the preview's script element out of the live page, which then is the page that was built.
 *
 * @param {Document} live
 * @returns {Served | undefined}
 */
export function takeServed(live) {
  const element = findScript(live);
  if (!element) return undefined;
  const served = readScript(element);
  const { previousSibling: before, nextSibling: after } = element;
  element.remove();
  if (before instanceof Text && after instanceof Text) {
    before.appendData(after.data);
    after.remove();
  }
  return served;
}

/**
 * Ask what is served at an address now.
 *
 * @param {string | URL} address
 * @returns {Promise<Served | undefined>} nothing where no preview answers
 */
export async function askServed(address) {
  const html = await askText(address);
  const page = new DOMParser().parseFromString(html ?? "", "text/html");
  const element = findScript(page);
  return element ? readScript(element) : undefined;
}

/**
 * Ask for a version of a page as it was built.
 *
 * @param {string} version
 * @returns {Promise<string | undefined>} nothing where the server has forgotten it
 */
export async function askVersion(version) {
  return askText(new URL(`version/${version}`, OWN), true);
}

/**
 * @param {string | URL} address
 * @param {boolean} [strictly] whether an error page is no answer
 */
async function askText(address, strictly = false) {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(address, { cache: "no-store", signal });
    return strictly && !response.ok ? undefined : await response.text();
  } catch {
    return undefined; // nobody answers; who asked tries again
  }
}

/** @param {Document} page */
function findScript(page) {
  const selector = "script[data-token][src$='_preview/client.js']";
  return page.querySelector(/** @type {"script"} */ (selector));
}

/**
 * @param {HTMLScriptElement} element
 * @returns {Served}
 */
function readScript({ dataset: { page = "", version = "", token = "", follow } }) {
  return { page, version, token, follow: follow === "true" };
}

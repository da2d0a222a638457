// @ts-check
/**
 * The notes that the preview shows, and when.
 */

import { dropNote, showNote } from "./notes.js";

/** @typedef {import("./words.js").Words} Words */
/** @typedef {{address: string, title: string}} Place */

/** Milliseconds before a lost connection is worth a note; a restart takes less. */
const WORRY = 2_500;
/** Milliseconds for which the hint stays. */
const HINT = 12_000;
const HINTED = "wenzhai-preview-hinted";

/**
 * Offer to go to another page that was saved.
 *
 * @param {Place} saved
 * @param {Words} words
 */
export function offer({ address, title }, words) {
  const links = [{ title: words.go, href: address }];
  showNote("elsewhere", { text: words.saved(title), links }, words);
}

/**
 * Say that the page is gone, and which are like it.
 *
 * @param {Place[]} near
 * @param {Words} words
 */
export function mourn(near, words) {
  const links = near.map(({ address, title }) => ({ title: title || address, href: address }));
  const text = near.length ? `${words.gone} ${words.near}` : words.gone;
  showNote("gone", { text, links }, words);
}

/** Say no more that the page is gone. */
export function rejoice() {
  dropNote("gone");
}

/** @param {Words} words */
export function regret(words) {
  showNote("editor", { text: words.unopened }, words);
}

/**
 * Make what is to be told whether the server is there.
 *
 * @param {Words} words
 * @returns {(there: boolean) => void}
 */
export function makeWatch(words) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return (there) => {
    if (there) {
      clearTimeout(timer);
      timer = undefined;
      dropNote("lost");
    } else {
      timer ??= setTimeout(() => showNote("lost", { text: words.lost }, words), WORRY);
    }
  };
}

/**
 * Tell once in this browser how to open the source.
 *
 * @param {Words} words
 * @param {() => Promise<boolean>} canOpen whether there is one to open from this page
 */
export async function hintOnce(words, canOpen) {
  try {
    if (localStorage.getItem(HINTED) || !(await canOpen())) return;
    localStorage.setItem(HINTED, "1");
  } catch {
    return; // better never than on every page
  }
  showNote("hint", { text: words.hint, milliseconds: HINT }, words);
}

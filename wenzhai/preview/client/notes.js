// @ts-check
/**
 * Small notes in a corner: reached by keyboard, closed by a button or Esc, never in the way.
 */

import { hidePart, make, showPart } from "./stage.js";

/** @typedef {{title: string, href: string}} Link */

/**
 * @typedef {object} Note
 * @property {string} text
 * @property {Link[]} [links]
 * @property {number} [milliseconds] how long it stays if nobody turns to it
 */

const list = make("div", { className: "notes", role: "status" });
/** @type {Map<string, HTMLElement>} */
const shown = new Map();

/**
 * Show a note in place of the one with the same key.
 *
 * @param {string} key
 * @param {Note} note
 * @param {import("./words.js").Words} words
 */
export function showNote(key, { text, links = [], milliseconds }, words) {
  dropNote(key);
  const close = make("button", { type: "button", ariaLabel: words.close, textContent: "×" });
  const rows = links.map(({ title, href }) => make("li", {}, make("a", { href }, title)));
  const said = make("div", { className: "said" }, make("p", {}, text));
  if (rows.length) said.append(make("ul", {}, ...rows));
  const note = make("div", { className: "note" }, said, close);
  close.addEventListener("click", () => dropNote(key));
  note.addEventListener("keydown", ({ key: pressed }) => pressed === "Escape" && dropNote(key));
  if (milliseconds)
    setTimeout(() => note.matches(":hover, :focus-within") || drop(key, note), milliseconds);
  shown.set(key, note);
  list.append(note);
  showPart(list);
}

/**
 * Take a note away, if it is there.
 *
 * @param {string} key
 */
export function dropNote(key) {
  const note = shown.get(key);
  if (note) drop(key, note);
}

/**
 * @param {string} key
 * @param {HTMLElement} note
 */
function drop(key, note) {
  note.remove();
  if (shown.get(key) === note) shown.delete(key);
  if (!shown.size) hidePart(list);
}

// @ts-check
/**
 * The one element by which the preview shows itself: a shadow root, which the page's styles and
 * scripts do not reach and which does not reach them. It is in the page only while it shows
 * something.
 */

import { STYLE } from "./look.js";

/** The host's name; no element of HTML, so no rule of a page is meant for it. */
export const HOST = "wenzhai-preview";

const host = document.createElement(HOST);
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet(); // made by script, so that a strict style-src allows it
sheet.replaceSync(STYLE);
root.adoptedStyleSheets = [sheet];

/**
 * Show a part, or show it anew.
 *
 * @param {HTMLElement} part
 */
export function showPart(part) {
  if (part.parentNode !== root) root.append(part);
  if (!host.isConnected) document.documentElement.append(host);
}

/**
 * Take a part away.
 *
 * @param {HTMLElement} part
 */
export function hidePart(part) {
  part.remove();
  if (!root.childElementCount) host.remove();
}

/**
 * Make an element; texts become text, never markup.
 *
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {Partial<HTMLElementTagNameMap[N]>} properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[N]}
 */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

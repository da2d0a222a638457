// @ts-check
/**
 * Keeps an open page true while its author edits: the browser's half of the live preview.
 *
 * The server puts this script at the end of each page and tells it over a socket what happens; it
 * patches the page, or shows what is wrong. Built pages have none of it.
 */

import { Connection } from "./connection.js";
import { goTo, showChanges, takeGoing } from "./follow.js";
import { Latest } from "./latest.js";
import { Overlay } from "./overlay.js";
import { hintOnce, makeWatch, mourn, offer, regret, rejoice, withdraw } from "./says.js";
import { takeServed } from "./served.js";
import { Shown } from "./shown.js";
import { Blocks, blockAt, mayHold, openSource } from "./source.js";
import { UPDATE } from "./update.js";
import { languageFor, wordsFor } from "./words.js";

/** @typedef {import("./source.js").Place} Place */
/** @typedef {import("./words.js").Words} Words */

const served = takeServed(document);
if (served) start(new Shown(served), languageFor(document.documentElement.lang));

/**
 * @param {Shown} shown
 * @param {import("./words.js").Language} language
 */
function start(shown, language) {
  const words = wordsFor(language);
  const open = async (/** @type {Place} */ place) => {
    if (!(await openSource(shown.served.token, place))) regret(words);
  };
  const overlay = new Overlay(words, (path, line) => open({ path, line }));
  listen(shown, overlay, language);
  openBlocks(shown, open, words);
  arrive(shown);
}

/**
 * Connect, and do what the server says.
 *
 * @param {Shown} shown
 * @param {Overlay} overlay
 * @param {import("./words.js").Language} language
 */
function listen(shown, overlay, language) {
  const { served } = shown;
  const words = wordsFor(language);
  const hello = () => ({ type: "open", page: served.page, version: served.version, language });
  const updates = new Latest((/** @type {() => Promise<void>} */ update) => update());
  /** @type {Record<string, (message: any) => unknown>} */
  const deeds = {
    page: (message) => {
      rejoice();
      updates.put(async () => {
        // The page may have moved since: the server tells what is at the new address.
        if (message.page === served.page) await shown.become(message);
      });
    },
    moved: ({ address }) => {
      rejoice();
      updates.put(() => shown.moveTo(address).then(() => connection.send(hello())));
    },
    gone: ({ near }) => mourn(near, words),
    problems: ({ problems }) => overlay.show(problems),
    here: () => withdraw(),
    elsewhere: (message) => (served.follow ? goTo(message) : offer(message, words)),
  };
  const connection = new Connection({
    token: () => served.token,
    hello,
    hear: (message) => deeds[message.type]?.(message),
    renew: () => shown.renew(),
    notice: makeWatch(words),
  });
  connection.start();
}

/**
 * Let alt-clicks on the text open its source; all other clicks are the page's.
 *
 * @param {Shown} shown
 * @param {(place: Place) => void} open
 * @param {Words} words
 */
async function openBlocks(shown, open, words) {
  const mirror = await shown.mirror;
  if (!mirror) return;
  const blocks = new Blocks(() => shown.served.page);
  hintOnce(words, async () => (await blocks.count()) > 0);
  document.addEventListener(UPDATE, () => blocks.forget());
  document.addEventListener("keydown", ({ key }) => key === "Alt" && blocks.count());
  const click = async (/** @type {MouseEvent} */ event) => {
    const node = /** @type {Node} */ (event.composedPath()[0]);
    if (!asksForSource(event) || !mayHold(mirror, node, blocks.known)) return;
    event.preventDefault();
    event.stopPropagation();
    const block = blockAt(mirror, node, await blocks.count());
    if (block !== undefined) open({ page: shown.served.page, block });
  };
  document.addEventListener("click", click, true);
}

/** @param {MouseEvent} event */
function asksForSource({ altKey, ctrlKey, metaKey, shiftKey }) {
  const selects = !(getSelection()?.isCollapsed ?? true);
  return altKey && !(ctrlKey || metaKey || shiftKey || selects);
}

/**
 * Where the preview went to this page by itself, show what changed.
 *
 * @param {Shown} shown
 */
async function arrive(shown) {
  const before = takeGoing(shown.served.page);
  const mirror = await shown.mirror;
  if (mirror && before && before !== shown.served.version) await showChanges(mirror, before);
}

// @ts-check
/**
 * The page that a tab shows: which version it is, and how it becomes the next one.
 */

import { rememberVersion } from "./follow.js";
import { makeMirror, noteShape, parsePage } from "./mirror.js";
import { forgetReload, reloadFor } from "./reload.js";
import { askServed, askVersion } from "./served.js";
import { updatePage } from "./update.js";

/** @typedef {import("./mirror.js").Mirror} Mirror */
/** @typedef {import("./served.js").Served} Served */

export class Shown {
  /** @type {Promise<Mirror | undefined>} nothing where the server has forgotten the version */
  mirror;

  /** @param {Served} served */
  constructor(served) {
    this.served = served;
    const shape = noteShape(document);
    this.mirror = askVersion(served.version).then((html) => {
      return html === undefined ? undefined : makeMirror(parsePage(html), document, shape);
    });
    rememberVersion(served.page, served.version);
  }

  /**
   * Show another version; load the page anew where it cannot be patched.
   *
   * @param {{version: string, html: string}} next
   */
  async become({ version, html }) {
    const mirror = await this.mirror;
    if (!mirror || !(await updatePage(mirror, html))) return reloadFor(version);
    forgetReload();
    this.served.version = version;
    rememberVersion(this.served.page, version);
  }

  /**
   * Show the page at the address to which it moved; its place and what was done to it stay.
   *
   * @param {string} address
   */
  async moveTo(address) {
    const next = await askServed(address);
    const html = next && (await askVersion(next.version));
    if (!next || html === undefined) return location.replace(address);
    history.replaceState(history.state, "", address + location.hash);
    Object.assign(this.served, { page: next.page });
    await this.become({ version: next.version, html });
  }

  /**
   * Take over what a restarted server says of itself.
   *
   * @returns {Promise<boolean>} whether there is a server
   */
  async renew() {
    const now = await askServed(location.href);
    if (now) Object.assign(this.served, { token: now.token, follow: now.follow });
    return now !== undefined;
  }
}

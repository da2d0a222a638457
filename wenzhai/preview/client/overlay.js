// @ts-check
/**
 * Shows all problems there are. Errors cover the page, which stays what it was beneath; warnings
 * are only counted in a corner until somebody asks for them.
 */

import { hidePart, make, showPart } from "./stage.js";

/**
 * @typedef {object} Problem
 * @property {string} code
 * @property {string} severity error or warning
 * @property {string} path
 * @property {number} line from 1; 0 is none
 * @property {number} column in code points, from 1; 0 is none
 * @property {string} message
 * @property {string} cause
 * @property {string} hint
 * @property {{line: number, text: string, caret: boolean}[]} frame
 */

/** @typedef {import("./words.js").Words} Words */
/** @typedef {(path: string, line: number) => void} OpenSource */

export class Overlay {
  /** @type {Problem[]} */
  #problems = [];
  #errors = "";
  #overlay = make("div", { className: "overlay" });
  #badge = make("button", { type: "button" });

  /**
   * @param {Words} words
   * @param {OpenSource} openSource
   */
  constructor(words, openSource) {
    this.words = words;
    this.openSource = openSource;
    this.#badge.addEventListener("click", () => this.#open());
  }

  /**
   * Show these problems and no others; errors that are new show themselves.
   *
   * @param {Problem[]} problems
   */
  show(problems) {
    const errors = problems.filter(isError);
    const known = this.#errors;
    this.#problems = problems;
    this.#errors = JSON.stringify(errors.map(({ code, path, message }) => [code, path, message]));
    const opens = errors.length && (this.#errors !== known || this.#overlay.isConnected);
    if (opens) this.#open();
    else this.#minimise();
  }

  #open() {
    hidePart(this.#badge);
    this.#overlay.replaceChildren(this.#sheet());
    showPart(this.#overlay);
    document.addEventListener("keydown", this.#leave, true);
  }

  #minimise() {
    hidePart(this.#overlay);
    document.removeEventListener("keydown", this.#leave, true);
    this.#badge.textContent = this.#count();
    this.#badge.className = this.#problems.some(isError) ? "badge bad" : "badge";
    if (this.#problems.length) showPart(this.#badge);
    else hidePart(this.#badge);
  }

  #leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    this.#minimise();
  };

  #count() {
    const errors = this.#problems.filter(isError).length;
    return this.words.problems(errors, this.#problems.length - errors);
  }

  #sheet() {
    const { words } = this;
    const close = make("button", { type: "button", textContent: words.minimise });
    close.addEventListener("click", () => this.#minimise());
    const stale = this.#problems.some(isError) ? words.stale : "";
    return make(
      "section",
      { className: "sheet", role: "alert", ariaLabel: words.preview },
      make("header", {}, make("h2", {}, this.#count()), close),
      make("p", { className: "stale" }, stale),
      ...this.#problems.map((problem) => this.#problem(problem)),
    );
  }

  /** @param {Problem} problem */
  #problem(problem) {
    const { words } = this;
    const kind = `${isError(problem) ? words.error : words.warning} ${problem.code}`;
    return make(
      "article",
      { className: `problem ${isError(problem) ? "error" : "warning"}` },
      make("p", {}, this.#place(problem), " ", make("span", { className: "kind" }, kind)),
      make("p", { className: "said" }, problem.message),
      ...labelled(words.cause, problem.message.includes(problem.cause) ? "" : problem.cause),
      ...(problem.frame.length ? [makeFrame(problem)] : []),
      ...labelled(words.fix, problem.hint),
    );
  }

  /** @param {Problem} problem */
  #place({ path, line, column }) {
    const place = [path, line, column].filter(Boolean).join(":");
    const title = this.words.openAt(place);
    const button = make("button", { type: "button", className: "place", title }, place);
    button.addEventListener("click", () => this.openSource(path, line));
    return button;
  }
}

/** @param {Problem} problem */
function isError({ severity }) {
  return severity === "error";
}

/**
 * @param {string} label
 * @param {string} text
 */
function labelled(label, text) {
  return text ? [make("p", {}, make("span", { className: "label" }, `${label} `), text)] : [];
}

/**
 * Show the lines around the place, the place itself under a caret.
 *
 * @param {Problem} problem
 */
function makeFrame({ frame, column }) {
  const rows = frame.flatMap(({ line, text, caret }) => {
    const row = makeRow(String(line), caret ? "row wrong" : "row", text);
    return caret && column ? [row, makeCaret(text, column)] : [row];
  });
  return make("pre", {}, ...rows);
}

/**
 * @param {string} number
 * @param {string} className
 * @param {(Node | string)[]} children
 */
function makeRow(number, className, ...children) {
  return make("div", { className }, make("span", { className: "number" }, number), ...children);
}

/**
 * Point at a column; the text before it keeps the place, however wide its characters are.
 *
 * @param {string} text
 * @param {number} column
 */
function makeCaret(text, column) {
  const before = [...text].slice(0, column - 1).join("");
  const pad = make("span", { className: "pad", ariaHidden: "true" }, before);
  return makeRow("", "row", pad, make("span", { className: "caret" }, "^"));
}

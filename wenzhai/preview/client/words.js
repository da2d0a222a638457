// @ts-check
/**
 * What the preview says, in the language of the page.
 */

const ZH = {
  preview: "预览",
  saved: (/** @type {string} */ title) => `刚保存了《${title}》`,
  go: "去看",
  close: "关闭",
  gone: "这个页面现在没有了；它一回来，这里就会出现。",
  near: "相近的页面：",
  hint: "按住 Alt 点正文里的一段，就在编辑器里打开它。",
  unopened: "编辑器没有打开。",
  lost: "预览断开了，正在重连；这一页可能不是最新的。",
  problems: (/** @type {number} */ errors, /** @type {number} */ warnings) =>
    [errors && `${errors} 个错误`, warnings && `${warnings} 个警告`].filter(Boolean).join("，"),
  stale: "改好之前，下面的页面可能还是出错以前的样子。",
  minimise: "收起（Esc）",
  error: "错误",
  warning: "警告",
  cause: "原因",
  fix: "改法",
  openAt: (/** @type {string} */ place) => `在编辑器里打开 ${place}`,
};

/** @typedef {typeof ZH} Words */

/** @type {Words} */
const EN = {
  preview: "Preview",
  saved: (title) => `“${title}” was saved`,
  go: "Go there",
  close: "Close",
  gone: "This page is no longer there; it shows here as soon as it is back.",
  near: "Pages like it:",
  hint: "Hold Alt and click a block of the text to open it in your editor.",
  unopened: "The editor did not open.",
  lost: "The preview is disconnected and trying again; this page may be out of date.",
  problems: (errors, warnings) =>
    [
      errors && `${errors} ${errors === 1 ? "error" : "errors"}`,
      warnings && `${warnings} ${warnings === 1 ? "warning" : "warnings"}`,
    ]
      .filter(Boolean)
      .join(", "),
  stale: "Until they are mended, the page below may be as it was before the errors.",
  minimise: "Minimise (Esc)",
  error: "error",
  warning: "warning",
  cause: "Cause",
  fix: "Hint",
  openAt: (place) => `Open ${place} in the editor`,
};

/** @typedef {"zh" | "en"} Language */

/**
 * Choose the language for a page: English, unless it is Chinese or does not say.
 *
 * @param {string} lang the lang attribute of its html element
 * @returns {Language}
 */
export function languageFor(lang) {
  return /^(zh|$)/i.test(lang) ? "zh" : "en";
}

/** @param {Language} language */
export function wordsFor(language) {
  return language === "zh" ? ZH : EN;
}

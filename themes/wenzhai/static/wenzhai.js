// What the pages do beyond being read: they work without it.
// Loaded before the page is shown, so that a chosen colour scheme never flashes.
(() => {
  "use strict";
  const KEY = "wenzhai-theme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const system = () => (dark.matches ? "dark" : "light");
  const remember = (theme) => {
    // Storage may be forbidden; the choice then lasts as long as the page.
    try {
      if (theme === system()) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch {}
  };
  try {
    const theme = localStorage.getItem(KEY);
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  } catch {}

  const showToggle = () => {
    const button = document.querySelector(".toggle");
    if (button) button.hidden = false;
  };
  const toggle = (event) => {
    if (!event.target.closest(".toggle")) return;
    const theme = (root.dataset.theme || system()) === "dark" ? "light" : "dark";
    root.dataset.theme = theme;
    remember(theme);
  };

  // A server gives a folder's index.html; a file manager shows the folder.
  const linkFiles = () => {
    for (const link of document.querySelectorAll("a[href]")) {
      const [, path, rest] = /^([^?#]*)(.*)$/.exec(link.getAttribute("href"));
      if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(path)) continue;
      if (/(^|\/)\.{0,2}$/.test(path) && path) {
        link.setAttribute("href", path.replace(/\/?$/, "/index.html") + rest);
      }
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    showToggle();
    if (location.protocol === "file:") linkFiles();
  });
  document.addEventListener("click", toggle);
  // In the live preview: new nodes came into the page.
  document.addEventListener("wenzhai:update", showToggle);
})();

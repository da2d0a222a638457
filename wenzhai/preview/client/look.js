// @ts-check
/**
 * The look of what the preview shows of itself.
 */

export const STYLE = `
:host { all: initial; color-scheme: light dark; }
* { box-sizing: border-box; }
.notes, .badge, .overlay {
  --ground: #fffdf7; --text: #23201a; --soft: #655e51; --line: #ddd5c3;
  --link: #0b57a4; --bad: #b3261e; --warn: #8a5a00; --code: #f4f0e5; --wrong: #fae4e0;
  position: fixed; z-index: 2147483647;
  font: 15px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; color: var(--text);
}
.notes { right: 16px; bottom: 16px; display: grid; gap: 8px; width: min(24rem, calc(100vw - 32px)); }
.note, .badge, .sheet {
  background: var(--ground); border: 1px solid var(--line); border-radius: 8px;
  box-shadow: 0 4px 20px rgb(0 0 0 / 0.2);
}
.note { display: flex; gap: 12px; align-items: start; padding: 10px 8px 10px 14px; }
.note p, .note ul { margin: 0; padding: 0; list-style: none; }
.note .said { flex: 1; overflow-wrap: anywhere; }
a, .place { color: var(--link); }
button { font: inherit; color: inherit; cursor: pointer; background: none; border: 0; padding: 0 6px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.badge { left: 16px; bottom: 16px; padding: 6px 14px; font-weight: 600; color: var(--warn); }
.badge.bad, .error .kind { color: var(--bad); }
.overlay { inset: 0; padding: 4vh 16px; overflow: auto; overscroll-behavior: contain;
  background: rgb(0 0 0 / 0.35); }
.sheet { max-width: 60rem; margin: 0 auto; padding: 18px 24px; border-top: 4px solid var(--bad); }
.sheet header { display: flex; gap: 12px; align-items: baseline; }
.sheet h2 { flex: 1; margin: 0; font-size: 18px; }
.sheet header button { color: var(--soft); }
.stale { margin: 2px 0 0; color: var(--soft); }
.problem { margin-top: 16px; padding-top: 14px; border-top: 1px solid var(--line); }
.problem p { margin: 4px 0; overflow-wrap: anywhere; }
.kind { font-weight: 600; color: var(--warn); }
.place { padding: 0; text-decoration: underline; text-align: start; font-family: ui-monospace, monospace; }
.said { font-weight: 600; }
.note .said { font-weight: 400; }
.label { color: var(--soft); }
pre {
  margin: 8px 0; padding: 8px 0; overflow: auto; border-radius: 6px; background: var(--code);
  font: 13px/1.6 ui-monospace, "Noto Sans Mono CJK SC", monospace; tab-size: 4;
}
.row { display: flex; white-space: pre; padding-right: 12px; }
.row.wrong { background: var(--wrong); }
.number { flex: none; width: 4em; padding-right: 1em; text-align: right; color: var(--soft); user-select: none; }
.pad { visibility: hidden; }
.caret { color: var(--bad); font-weight: 700; }
@media (prefers-color-scheme: dark) {
  .notes, .badge, .overlay {
    --ground: #24211c; --text: #ece6d9; --soft: #b0a794; --line: #4a4438;
    --link: #8ab8f0; --bad: #ff9d94; --warn: #f0bf5c; --code: #2e2a24; --wrong: #4a2b27;
  }
}
`;

/**
 * The element's styles. Colours are named by their role and decided here for light and dark; a page overrides a role
 * by setting the custom property on the element, and everything else through `::part`.
 */

export const css = `
:host {
  --accent: var(--samara-accent, light-dark(#0b5d4e, #6fd3bd));
  --on-accent: var(--samara-on-accent, light-dark(#fff, #06231d));
  --text: var(--samara-text, light-dark(#1c2321, #e9efed));
  --muted: var(--samara-muted, light-dark(#55605d, #a3b0ac));
  --surface: var(--samara-surface, light-dark(#fff, #171d1b));
  --raised: var(--samara-raised, light-dark(#eef4f2, #232c29));
  --line: var(--samara-line, light-dark(#c9d3d0, #3a4643));
  --mark: var(--samara-mark, light-dark(#ffe9a3, #5b4708));
  --mark-text: var(--samara-mark-text, light-dark(#33270a, #ffeeb8));
  --radius: var(--samara-radius, 12px);
  --shadow: var(--samara-shadow, 0 12px 32px light-dark(#0f1f1b26, #000a));
  display: block;
  position: relative;
  color: var(--text); font: 1rem/1.5 var(--samara-font, system-ui, sans-serif);
  text-align: start;
}
:host([hidden]), [hidden] { display: none !important; }
:host([mode=modal]) { display: inline-block; }
:host([theme=light]) { color-scheme: light; }
:host([theme=dark]) { color-scheme: dark; }
* { box-sizing: border-box; }
.head { display: flex; align-items: center; gap: 8px; }
.field {
  position: relative; flex: 1; min-width: 0; display: flex; align-items: center; gap: 10px; min-height: 48px;
  padding-inline: 14px 6px; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius);
  overflow: hidden;
}
.field:focus-within { border-color: var(--accent); outline: 2px solid var(--accent); outline-offset: -1px; }
svg { flex: none; width: 20px; height: 20px; fill: none; stroke: var(--muted); stroke-width: 2; stroke-linecap: round; }
.input {
  flex: 1; min-width: 0; align-self: stretch; padding: 0; border: 0; outline: 0; background: none; color: inherit;
  font: inherit; font-size: max(16px, 1rem); appearance: none;
}
.input::placeholder { color: var(--muted); opacity: 1; }
.input::-webkit-search-cancel-button { display: none; }
button { font: inherit; color: inherit; cursor: pointer; }
.sort, .facet, .suggestion, .button, .more, .trigger { border: 1px solid var(--line); border-radius: 8px; background: var(--surface); }
.facet:hover, .suggestion:hover, .button:hover, .more:hover, .trigger:hover { border-color: var(--accent); }
.clear, .close {
  flex: none; display: grid; place-items: center; min-width: 36px; height: 36px; padding: 0; border: 0; border-radius: 8px; background: none;
}
.close { padding-inline: 8px; color: var(--muted); font-size: .875rem; }
.clear:hover, .close:hover { background: var(--raised); }
button:focus-visible, a:focus-visible, select:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.busy .field::after {
  content: ""; position: absolute; inset-block-end: 0; inset-inline-start: 0; width: 30%; height: 2px;
  background: var(--accent); animation: busy 1.1s ease-in-out infinite alternate;
}
@keyframes busy { to { inset-inline-start: 70%; } }
.panel { margin-block-start: 8px; border-radius: var(--radius); }
:host(:not([mode])) .panel, :host([mode=inline]) .panel, dialog { background: var(--surface); border: 1px solid var(--line); }
:host(:not([mode])) .panel, :host([mode=inline]) .panel {
  position: absolute; z-index: 30; inset-inline: 0; max-height: min(70vh, 640px); overflow-y: auto; overscroll-behavior: contain;
  padding: 8px; box-shadow: var(--shadow);
}
.notice { display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 8px 12px; }
.link { min-height: 24px; padding: 0; border: 0; background: none; color: var(--accent); text-decoration: underline; }
.bar { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 8px; padding: 4px 12px; color: var(--muted); font-size: .875rem; }
.sort { min-height: 32px; padding: 2px 6px; color: var(--text); font: inherit; }
.narrow, .suggestions { padding: 4px 12px 8px; }
.facets, .suggestions { display: flex; flex-wrap: wrap; gap: 6px; padding-block: 2px; }
.facet, .suggestion {
  display: inline-flex; gap: 8px; align-items: baseline; max-width: 100%; padding: 4px 12px;
  border-radius: 99px; font-size: .875rem; overflow-wrap: anywhere;
}
.suggestion { border-color: transparent; background: var(--raised); color: var(--accent); }
.facet[aria-pressed=true] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.number { color: var(--muted); }
.facet[aria-pressed=true] .number { color: inherit; }
.quiet { color: var(--muted); font-size: .875rem; overflow-wrap: anywhere; }
.hit {
  display: block; padding: 12px; border-radius: calc(var(--radius) - 2px); color: inherit; text-decoration: none;
  overflow-wrap: anywhere;
}
.hit:hover { background: var(--raised); }
.section, .fold, .recent {
  display: block; margin-inline-start: 20px; padding: 8px 12px; border-inline-start: 2px solid var(--line); color: inherit;
  text-decoration: none; overflow-wrap: anywhere;
}
.recent { margin: 0; border: 0; border-radius: 8px; cursor: pointer; }
.fold { min-height: 24px; color: var(--muted); font-size: .875rem; cursor: pointer; }
.section { border-start-end-radius: 8px; border-end-end-radius: 8px; }
.section:hover, .fold:hover, .recent:hover { background: var(--raised); }
.section-title { color: var(--accent); font-weight: 600; font-size: .9375rem; }
[role=option] { scroll-margin-block: 8px; }
[role=option][aria-selected=true] { background: var(--raised); outline: 2px solid var(--accent); outline-offset: -2px; }
.title { color: var(--accent); font-weight: 600; font-size: 1.0625rem; line-height: 1.35; }
.hit[href]:hover .title { text-decoration: underline; }
.input, .title, .section-title, .snippet { text-align: -webkit-match-parent; text-align: match-parent; }
.origin { display: flex; flex-wrap: wrap; gap: 0 12px; margin-block-start: 2px; color: var(--muted); font-size: .875rem; }
.source, .strong { font-weight: 600; }
.snippet { margin-block-start: 4px; font-size: .9375rem; line-height: 1.55; }
mark { background: var(--mark); color: var(--mark-text); border-radius: 3px; padding-inline: 1px; }
.message { padding: 20px 12px; }
.message p { margin: 0 0 8px; }
.button, .more { min-height: 40px; padding: 6px 16px; }
.more { display: block; width: calc(100% - 24px); margin: 8px 12px; }
.status, .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
dialog {
  position: fixed; inset: 0; width: min(680px, 100vw - 32px); height: fit-content; max-height: min(84vh, 760px); margin: 8vh auto auto; padding: 12px;
  overflow: hidden; color: inherit; border-radius: calc(var(--radius) + 4px); box-shadow: var(--shadow);
}
dialog::backdrop { background: #0008; }
dialog[open], dialog .search { display: flex; flex-direction: column; min-height: 0; }
dialog .panel { overflow-y: auto; overscroll-behavior: contain; min-height: 0; margin-block-end: -12px; padding-block-end: 12px; }
@media (max-width: 36rem) {
  dialog { width: 100vw; max-width: none; height: 100dvh; max-height: none; margin: 0; border: 0; border-radius: 0; }
}
.trigger {
  display: inline-flex; align-items: center; gap: 10px; min-height: 40px; padding: 6px 14px; border-radius: var(--radius); color: var(--muted);
}
kbd { padding: 0 6px; border: 1px solid var(--line); border-radius: 5px; font: inherit; font-size: .8125rem; }
@media (prefers-reduced-motion: reduce) { .busy .field::after { animation: none; width: 100%; } }
@media (forced-colors: active) {
  svg { stroke: currentColor; }
  [role=option][aria-selected=true] { outline-color: Highlight; }
  .facet[aria-pressed=true] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  mark { forced-color-adjust: none; background: Mark; color: MarkText; }
}
`;

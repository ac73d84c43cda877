/**
 * Marks, on the page of a hit, the words that were searched for. Optional, and for pages other than the search's own:
 *
 *     <script src="samara-highlight.js" defer></script>
 *
 * together with `<samara-search highlight="words">`, which adds the words to the links of hits as a parameter of that
 * name. `data-param` on this script's tag names another one. Nothing of the page is changed: the marks are a custom
 * highlight, which `::highlight(samara)` styles, and browsers without those only scroll, by the text fragment.
 */
(() => {
  /** Ranges that are marked at most; a page may hold any number. */
  const LIMIT = 1000;

  const param = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.dataset.param ?? 'words';
  const words = new URLSearchParams(location.search)
    .getAll(param)
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word && word.length <= 100)
    .slice(0, 16);
  if (!words.length || !('highlights' in CSS)) return;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync('::highlight(samara) { background-color: Mark; color: MarkText; }');
  // First, so that the page's own styles win.
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];

  const highlight = new Highlight();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node && highlight.size < LIMIT; node = texts.nextNode()) {
    if (node.parentElement?.closest('script, style, noscript, template, textarea')) continue;
    mark(/** @type {Text} */ (node));
  }
  CSS.highlights.set('samara', highlight);

  /** @param {Text} node */
  function mark(node) {
    const text = node.data.toLowerCase();
    // Where lower case is longer than the text itself, offsets would be wrong.
    if (text.length !== node.data.length) return;
    for (const word of words) {
      for (let at = text.indexOf(word); at >= 0 && highlight.size < LIMIT; at = text.indexOf(word, at + word.length)) {
        if (!isWhole(text, at, at + word.length)) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        highlight.add(range);
      }
    }
  }

  /**
   * Whether a word ends where a letter does not go on. Scripts without spaces have no such ends.
   * @param {string} text
   * @param {number} start
   * @param {number} end
   */
  function isWhole(text, start, end) {
    const spaced = /[\p{L}\p{N}]/u;
    const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
    /** @param {string} inner @param {string} outer */
    const goesOn = (inner, outer) => spaced.test(inner) && spaced.test(outer) && !unspaced.test(inner);
    return !goesOn(text[start], text[start - 1] ?? '') && !goesOn(text[end - 1], text[end] ?? '');
  }
})();

/**
 * Marks the words of a search on the page of its result: the counterpart of Pagefind's script of this name.
 *
 * Whether a page is changed is its own decision: it loads this module and makes a `new PagefindHighlight({ highlightParam })`.
 */

/**
 * @typedef {object} MarkOptions
 * @property {string} [className] of the marks; empty for none
 * @property {string[]} [exclude] selectors of elements in which nothing is marked
 * @property {string} [element] tag of the marks, `mark` unless told
 * @property {'partially' | 'exactly'} [accuracy] whether a part of a word is marked, as it is unless told
 * @property {boolean} [caseSensitive]
 */

/**
 * @typedef {object} Options
 * @property {string | Element | Iterable<Element> | null} [markContext] where words are marked; what pages mark as their body
 *   unless told, or else all of the page
 * @property {string} [highlightParam] parameter of the address that has the words
 * @property {MarkOptions} [markOptions]
 * @property {boolean} [addStyles] whether marks get a colour
 */

const BODY = '[data-pagefind-body], [data-samara-body]';
const IGNORED = ['[data-pagefind-ignore]', '[data-pagefind-ignore] *', '[data-samara-ignore]', '[data-samara-ignore] *'];
/** What shows no text of its own, or would lose what was typed into it. */
const UNTOUCHED = 'script, style, noscript, template, textarea, select, svg, canvas, title';
/** Longer texts in an address are no words of a search; of more words, or more marks, nobody finds the one that matters. */
const LONGEST = 200;
const MOST_WORDS = 32;
const MOST_MARKS = 2000;

export default class PagefindHighlight {
  /** @param {Options} [options] */
  constructor({ markContext = null, highlightParam = 'pagefind-highlight', markOptions, addStyles = true } = {}) {
    this.markContext = markContext;
    this.highlightParam = highlightParam;
    this.markOptions = { ...markOptions };
    this.markOptions.className ??= markOptions ? 'pagefind__highlight' : 'pagefind-highlight';
    this.markOptions.exclude ??= IGNORED;
    this.addStyles = addStyles;
    this.highlight();
  }

  /** Marks the words that the page's address has. */
  highlight() {
    const words = new URLSearchParams(location.search).getAll(this.highlightParam).map((word) => word.trim());
    const usable = words.filter((word) => word && word.length <= LONGEST).slice(0, MOST_WORDS);
    if (!usable.length) return;
    const { className } = this.markOptions;
    if (this.addStyles && className) addStyle(className);
    const texts = [...this.#contexts()].flatMap((context) => textsIn(context, this.markOptions.exclude ?? []));
    let marks = 0;
    for (const text of new Set(texts)) {
      if (marks >= MOST_MARKS) return;
      marks += markWords(text, usable, this.markOptions);
    }
  }

  /** @returns {Iterable<Element>} */
  #contexts() {
    const given = this.markContext;
    if (typeof given === 'string') return document.querySelectorAll(given);
    if (given instanceof Element) return [given];
    if (given) return given;
    const marked = document.querySelectorAll(BODY);
    return marked.length ? marked : [document.body];
  }
}

Object.assign(globalThis, { PagefindHighlight });

/** @param {string} className */
function addStyle(className) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:where(.${CSS.escape(className)}) { background-color: Mark; color: MarkText; }`);
  // First, so that the page's own styles win.
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
}

/**
 * @param {Element} context
 * @param {string[]} exclude
 * @returns {Text[]}
 */
function textsIn(context, exclude) {
  const left = [UNTOUCHED, ...[exclude].flat()].join(', ');
  const walker = document.createTreeWalker(context, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement && !node.parentElement.closest(left)) texts.push(/** @type {Text} */ (node));
  }
  return texts;
}

/**
 * @param {Text} node
 * @param {string[]} words
 * @param {MarkOptions} options
 * @returns {number} of marks
 */
function markWords(node, words, { className, element = 'mark', accuracy = 'partially', caseSensitive = false }) {
  const letter = accuracy === 'exactly' ? '[\\p{L}\\p{N}]' : '';
  const letters = [...new Set(node.data)];
  const plain = caseSensitive ? bare : (/** @type {string} */ one) => bare(one).toLowerCase();
  const either = [...words].sort((one, other) => other.length - one.length).map((word) => pattern(word, letters, plain));
  const source = letter ? `(?<!${letter})(?:${either.join('|')})(?!${letter})` : either.join('|');
  const found = [...node.data.matchAll(new RegExp(source, caseSensitive ? 'gu' : 'giu'))];
  // From the end, so that what stands before keeps its place.
  for (const { 0: text, index } of found.toReversed()) {
    const rest = node.splitText(index);
    rest.splitText(text.length);
    const mark = document.createElement(element);
    if (className) mark.className = className;
    mark.dataset.markjs = 'true';
    rest.replaceWith(mark);
    mark.append(rest);
  }
  return found.length;
}

/** @param {string} letter */
function bare(letter) {
  return letter.normalize('NFD').replace(/\p{M}/gu, '') || letter;
}

/**
 * A word as a pattern, in which a letter stands for all that differ from it in accents alone, and a space for any.
 * @param {string} word
 * @param {string[]} letters of the text
 * @param {(letter: string) => string} plain what is the same of letters that are taken for one another
 */
function pattern(word, letters, plain) {
  return [...word.normalize('NFC')].map((letter) => {
    if (/\s/.test(letter)) return '\\s+';
    const same = letters.filter((one) => plain(one) === plain(letter));
    const escaped = [...new Set([letter, bare(letter), ...same])].map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'));
    return `(?:${escaped.join('|')})\\p{M}*`;
  }).join('').replace(/(\\s\+)+/g, '\\s+');
}

/**
 * `<samara-search>`: a search box for a page. Joins the rooms beside this file; each of them knows one thing.
 *
 * Importing this file registers nothing; `auto.js` does.
 */

import { Search } from '../api.js';
import { Combobox } from './combobox.js';
import { Panel } from './panel.js';
import { borrowSearcher } from './shared.js';
import { css } from './styles.js';
import { language, texts } from './texts.js';
import { createView } from './view.js';

/** @type {CSSStyleSheet | undefined} */
let sheet;
let instances = 0;

// Workers and servers that render pages load this file too, and have no elements.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? Object);

/**
 * @fires samara-ready when the index is open; `detail` is its `info()`
 * @fires samara-search when an answer is shown; `detail` is `{ query, answer }`
 * @fires samara-select when a hit is chosen; `detail` is `{ hit, query }`; cancel it to stay on the page
 * @fires samara-error when the search fails; `detail` is the error with its `code`
 */
export class SamaraSearch extends Base {
  static observedAttributes = ['src', 'mode', 'placeholder', 'label', 'lang'];
  /** Interface texts by language; a page may add to them. */
  static texts = texts;

  #prefix = `samara-${++instances}`;
  #view = createView(this.#prefix);
  #panel;
  /** @type {Combobox | undefined} */
  #combobox;
  /** @type {AbortController | undefined} */
  #life;
  /** @type {ReturnType<typeof borrowSearcher> | undefined} */
  #borrowed;
  /** @type {AbortController | undefined} */
  #asked;
  #query = '';
  #literal = false;
  #shown = 0;
  #ready = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    root.adoptedStyleSheets = [sheet];
    root.append(this.#view.search);
    this.#panel = new Panel(this.#view, this.#prefix, {
      instead: () => {
        this.#literal = true;
        this.#search();
        this.#view.input.focus();
      },
      retry: () => {
        this.#search();
        this.#view.input.focus();
      },
    });
  }

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const { input, clear, list, more } = this.#view;
    this.#combobox = new Combobox(input, list, {
      submit: () => this.#submit(),
      escape: (event) => this.#escape(event),
      reopen: () => !this.#isOpen() && this.#panel.filled && this.#open(),
    }, signal);
    const warm = () => this.#warm();
    this.addEventListener('pointerenter', warm, { signal });
    input.addEventListener('focus', () => (warm(), this.#panel.filled && this.#open()), { signal });
    input.addEventListener('input', (event) => !(/** @type {InputEvent} */ (event).isComposing) && this.#typed(), { signal });
    input.addEventListener('compositionend', () => this.#typed(), { signal });
    clear.addEventListener('click', () => (this.value = '', input.focus()), { signal });
    more.addEventListener('click', () => this.#more(), { signal });
    list.addEventListener('click', (event) => this.#select(event), { signal });
    this.addEventListener('focusout', ({ relatedTarget }) => relatedTarget && !this.#holds(/** @type {Node} */ (relatedTarget)) && this.#close(), { signal });
    document.addEventListener('pointerdown', (event) => !event.composedPath().includes(this) && this.#close(), { signal });
    this.#label();
    if (this.#query) this.#search();
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#asked?.abort();
    this.#borrowed?.release();
    this.#borrowed = undefined;
    this.#ready = false;
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (!this.#life) return;
    this.#label();
    if (name === 'src') {
      this.#borrowed?.release();
      this.#borrowed = undefined;
      this.#ready = false;
      if (this.#query.trim()) this.#search();
    }
  }

  /**
   * Focuses the box, also from within the element's own children, where `delegatesFocus` does nothing.
   * @param {FocusOptions} [options]
   */
  focus(options) {
    this.#view.input.focus(options);
  }

  /** What stands in the box. */
  get value() {
    return this.#view.input.value;
  }

  set value(text) {
    this.#view.input.value = text;
    this.#typed();
  }

  /** Hits shown at first, and added by "Show more". */
  get limit() {
    const limit = Number(this.getAttribute('limit'));
    return Number.isInteger(limit) && limit > 0 ? Math.min(limit, 100) : 10;
  }

  set limit(limit) {
    this.setAttribute('limit', String(limit));
  }

  /** Address that results' relative links start from; the page's own unless told. */
  get base() {
    const base = this.getAttribute('base') ?? '';
    return URL.canParse(base, document.baseURI) ? new URL(base, document.baseURI).href : document.baseURI;
  }

  set base(base) {
    this.setAttribute('base', base);
  }

  get #language() {
    const near = /** @type {HTMLElement | null} */ (this.closest('[lang]'))?.lang;
    return language(near || document.documentElement.lang || navigator.language || 'en');
  }

  #label() {
    const { input, clear, list, search } = this.#view;
    const words = this.#language;
    search.lang = words.tag;
    search.dir = words.direction;
    input.placeholder = this.getAttribute('placeholder') ?? words.say('search');
    input.setAttribute('aria-label', this.getAttribute('label') ?? this.getAttribute('placeholder') ?? words.say('search'));
    clear.setAttribute('aria-label', words.say('clear'));
    list.setAttribute('aria-label', words.say('results'));
  }

  get #searcher() {
    this.#borrowed ??= borrowSearcher(this.getAttribute('src') ?? '');
    return this.#borrowed.searcher;
  }

  /** Loads the index at the first sign that somebody wants to search. A failure is shown once there is a query. */
  async #warm() {
    if (this.#ready || !this.isConnected) return;
    this.#ready = true;
    try {
      await this.#searcher.ready();
      this.#tell('samara-ready', await new Search(this.#searcher).info());
    } catch {
      this.#ready = false;
    }
  }

  #typed() {
    this.#view.clear.hidden = !this.value;
    if (this.value === this.#query) return;
    this.#literal = false;
    this.#search();
  }

  async #search() {
    const query = this.#query = this.value;
    this.#asked?.abort();
    this.#combobox?.reset();
    if (!query.trim() || !this.isConnected) {
      this.#panel.rest();
      this.#combobox?.refresh();
      return this.#close();
    }
    const { signal } = this.#asked = new AbortController();
    const words = this.#language;
    this.#panel.busy(words);
    if (this.#combobox) this.#combobox.busy = true;
    this.#warm();
    try {
      const answer = await this.#ask(query, 0, signal);
      if (signal.aborted) return;
      this.#panel.answer(answer, { query, base: this.base, language: words });
      this.#shown = answer.hits.length;
      this.#tell('samara-search', { query, answer });
    } catch (error) {
      if (signal.aborted) return;
      this.#panel.error(error, words);
      this.#tell('samara-error', error);
    }
    this.#open();
    this.#combobox?.refresh();
  }

  async #more() {
    const { signal } = this.#asked = new AbortController();
    const setting = { base: this.base, language: this.#language };
    try {
      const answer = await this.#ask(this.#query, this.#shown, signal);
      if (signal.aborted) return;
      this.#panel.append(answer, setting);
      this.#shown += answer.hits.length;
      this.#combobox?.refresh(true);
      this.#view.input.focus();
    } catch (error) {
      if (signal.aborted) return;
      this.#panel.error(error, setting.language);
      this.#tell('samara-error', error);
    }
  }

  /**
   * @param {string} query
   * @param {number} offset
   * @param {AbortSignal} signal
   */
  #ask(query, offset, signal) {
    const options = { limit: this.limit, offset, signal, ...(this.#literal ? { correct: false } : {}) };
    return new Search(this.#searcher).query(query, options);
  }

  /** @param {MouseEvent} event */
  #select(event) {
    const hit = this.#panel.hitOf(event.target);
    if (hit && !this.#tell('samara-select', { hit, query: this.#query }, true)) event.preventDefault();
  }

  /** Enter without an active option: there is no page of results to go to, so the first one is offered. */
  #submit() {
    if (this.#isOpen() || (this.#panel.filled && this.#open())) this.#combobox?.first();
  }

  /** @param {KeyboardEvent} event */
  #escape(event) {
    if (!this.value && !this.#isOpen()) return;
    event.preventDefault();
    if (this.value) this.value = '';
    else this.#close();
  }

  /** @param {Node} node */
  #holds(node) {
    return node === this || this.contains(node) || Boolean(this.shadowRoot?.contains(node));
  }

  #isOpen() {
    return !this.#view.panel.hidden;
  }

  #open() {
    this.#view.panel.hidden = !this.#panel.filled;
    this.#combobox?.expand(!this.#view.panel.hidden && !this.#view.list.hidden);
    return true;
  }

  /** Results that stand in the page stay; those that lie over it go. */
  #close() {
    if (this.getAttribute('mode') === 'page' && this.#panel.filled) return;
    this.#view.panel.hidden = true;
    this.#combobox?.expand(false);
  }

  /**
   * @param {string} type
   * @param {unknown} detail
   * @param {boolean} [cancelable]
   * @returns {boolean} false if it was cancelled
   */
  #tell(type, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(type, { detail, cancelable, bubbles: true, composed: true }));
  }
}

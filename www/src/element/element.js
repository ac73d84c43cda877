/**
 * `<samara-search>`: a search box for a page. Joins the rooms beside this file; each of them knows one thing.
 *
 * Importing this file registers nothing; `auto.js` does.
 */

import { site } from '../api/place.js';
import { Address } from './address.js';
import { Asking } from './asking.js';
import { adoptProperties, MIRRORED, mirrorAttributes, parseFilters } from './attributes.js';
import { Combobox } from './combobox.js';
import { takeOverForm } from './form.js';
import { Modal } from './modal.js';
import { keepOffline } from './offline.js';
import { Panel } from './panel.js';
import { forget, recentSearches, remember } from './recent.js';
import { listenForShortcuts } from './shortcuts.js';
import { css } from './styles.js';
import { fetchLanguage, language, texts } from './texts.js';
import { createView } from './view.js';

/** @type {CSSStyleSheet | undefined} */
let sheet;
let instances = 0;

// Workers and servers that render pages load this file too, and have no elements.
const Base = /** @type {new () => HTMLElement & import('./attributes.js').Mirrored} */ (
  globalThis.HTMLElement ?? Object
);

/** Attributes a change of which is, as far as the rooms are concerned, a move to another place. */
const MOVING = ['mode', 'shortcuts', 'param', 'src', 'offline'];

/**
 * Modes: `inline` (the results lie over the page), `page` (they are part of it), `modal` (all in a dialog).
 *
 * @fires samara-ready when the index is open; `detail` is its `info()`
 * @fires samara-search when an answer is shown; `detail` is `{ query, answer }`
 * @fires samara-select when a hit is chosen; `detail` is `{ hit, query }`; cancel it to stay on the page
 * @fires samara-error when the search fails; `detail` is the error with its `code`
 */
export class SamaraSearch extends Base {
  static observedAttributes = ['mode', 'lang', 'filters', ...MIRRORED];
  /** Interface texts by language; a page may add to them. */
  static texts = texts;

  #prefix = `samara-${++instances}`;
  #view = createView(this.#prefix);
  #panel;
  #asking;
  #modal;
  /** @type {Combobox | undefined} */
  #combobox;
  /** @type {Address | undefined} */
  #address;
  /** @type {AbortController | undefined} */
  #life;
  /** @type {import('./form.js').OldForm | undefined} */
  #form;
  /** Whether the person turned to something else, so that an answer on its way must not open the list again. */
  #left = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    root.adoptedStyleSheets = [sheet];
    root.append(this.#view.search);
    this.#modal = new Modal(this.#view.search, this.#view.input);
    this.#panel = new Panel(this.#view, this.#prefix, {
      instead: () => (this.#asking.literally(), this.focus()),
      retry: () => (this.#asking.again(), this.focus()),
      toggle: (field, value) => this.#asking.toggle(field, value),
      sort: (sort) => this.#asking.sortBy(sort),
      widen: () => this.#asking.widen(),
      take: (query) => ((this.value = query), this.focus()),
      forget: () => (forget(), this.#rest(), this.focus()),
    });
    this.#asking = new Asking(this, this.#panel, {
      began: () => this.#combobox && (this.#combobox.busy = true),
      ended: () => (this.#left || this.#show(), this.#combobox?.refresh()),
      added: () => (this.#combobox?.refresh(true), this.focus()),
      rested: () => (this.#rest(), this.#combobox?.refresh()),
    });
  }

  connectedCallback() {
    this.#life = new AbortController();
    adoptProperties(this, ['value', 'mode', 'filters', ...MIRRORED]);
    this.#listen(this.#life.signal);
    if (document.readyState === 'loading')
      document.addEventListener('DOMContentLoaded', () => this.#adoptForm(), { signal: this.#life.signal });
    this.#adoptForm();
    this.#describe();
    const offline = this.getAttribute('offline');
    if (offline !== null) keepOffline(offline);
    const linked = this.#address?.read();
    if (linked && !this.value) {
      this.value = linked;
      if (this.mode === 'modal') this.open();
    } else if (this.value) {
      this.#asking.again();
    }
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#life = undefined;
    this.#asking.end();
    if (this.#modal.dialog.isConnected) this.#modal.disconnect(/** @type {ShadowRoot} */ (this.shadowRoot));
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (!this.#life || before === now) return;
    if (MOVING.includes(name)) {
      this.disconnectedCallback();
      this.connectedCallback();
    } else {
      this.#retell();
    }
  }

  /** Says everything anew, after a change of language or of what is asked. */
  #retell() {
    this.#describe();
    if (this.#life && this.value.trim()) this.#asking.again();
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { input, clear, close, list, more, panel } = this.#view;
    this.#combobox = new Combobox(
      input,
      list,
      {
        submit: () => this.#submit(),
        escape: (event) => this.#escape(event),
        reopen: () => this.#reopen(),
      },
      signal,
    );
    this.#address = new Address(this.#param, (query) => query !== this.value && (this.value = query), signal);
    if (this.mode === 'modal') this.#modal.connect(/** @type {ShadowRoot} */ (this.shadowRoot), signal);
    listenForShortcuts(this.#shortcuts, () => this.open(), signal);
    /** @type {(target: EventTarget, type: string, run: (event: any) => unknown) => void} */
    const on = (target, type, run) => target.addEventListener(type, run, { signal });
    on(this, 'pointerenter', () => this.#asking.warm());
    on(input, 'focus', () => this.#focused());
    on(input, 'input', (event) => !event.isComposing && this.#typed());
    on(input, 'compositionend', () => this.#typed());
    // A page with shortcuts of its own takes the element, as which it sees this input, for no text field.
    on(input, 'keydown', (event) => event.ctrlKey || event.metaKey || event.altKey || event.stopPropagation());
    on(clear, 'click', () => ((this.value = ''), this.focus()));
    on(close, 'click', () => this.close());
    on(more, 'click', () => this.#asking.more());
    on(list, 'click', (event) => this.#select(event));
    // From what stands among the results, back to the box; a dialog closes by itself.
    on(panel, 'keydown', ({ key }) => key === 'Escape' && this.mode === 'inline' && (this.focus(), this.#leave()));
    // However a dialog is closed, keys that wait for the answer go with it.
    on(this.#modal.dialog, 'close', () => this.#combobox?.reset());
    on(this, 'focusout', ({ relatedTarget }) => relatedTarget && !this.#holds(relatedTarget) && this.#leave());
    on(document, 'pointerdown', (event) => !event.composedPath().includes(this) && this.#leave());
    // What was shown before a move is still shown.
    this.#combobox.expand(!panel.hidden && !list.hidden);
  }

  #adoptForm() {
    if (this.#form || !this.#life) return;
    const { input, old, head } = this.#view;
    const waits = takeOverForm(
      this,
      input,
      (form) => {
        this.#form = form;
        old.hidden = true;
        head.hidden = false;
        this.#describe();
        setTimeout(() => this.#typed());
      },
      this.#life.signal,
    );
    old.hidden = !waits;
    head.hidden = waits;
  }

  /** What stands in the box. */
  get value() {
    return this.#view.input.value;
  }

  set value(text) {
    this.#view.input.value = text;
    this.#typed();
  }

  get mode() {
    const mode = this.getAttribute('mode');
    return mode === 'modal' || mode === 'page' ? mode : 'inline';
  }

  set mode(mode) {
    this.setAttribute('mode', mode);
  }

  /** Field → admitted values: what the page narrows all answers to. */
  get filters() {
    return parseFilters(this.getAttribute('filters'));
  }

  set filters(filters) {
    this.setAttribute('filters', JSON.stringify(filters));
  }

  /** Address that results' relative links start from: the attribute `base`, or the site's root where the script knows it, or the page's own. */
  get baseAddress() {
    const base = this.base || site;
    return URL.canParse(base, document.baseURI) ? new URL(base, document.baseURI).href : document.baseURI;
  }

  /** The interface in the language of the element, or of what it stands in. */
  get language() {
    return language(this.#tag);
  }

  get #tag() {
    const near = /** @type {HTMLElement | null} */ (this.closest('[lang]'))?.lang;
    return near || document.documentElement.lang || navigator.language || 'en';
  }

  /** Whether results are shown; in modal mode, whether the dialog is. */
  get isOpen() {
    return this.mode === 'modal' ? this.#modal.isOpen : !this.#view.panel.hidden;
  }

  /** Opens the dialog; in the other modes, goes to the box. */
  open() {
    if (this.mode === 'modal') this.#modal.open();
    else this.focus();
  }

  /** Closes the dialog, or the results that lie over the page. */
  close() {
    if (this.mode === 'modal') this.#modal.close();
    else this.#leave();
  }

  /**
   * Focuses the box, also from within the element's own children, where `delegatesFocus` does nothing.
   * @param {FocusOptions} [options]
   */
  focus(options) {
    this.#view.input.focus(options);
  }

  get #shortcuts() {
    const shortcuts = this.getAttribute('shortcuts');
    if (shortcuts === null) return this.mode === 'modal' ? '/ mod+k' : '';
    return shortcuts === 'off' ? '' : shortcuts;
  }

  /** Name of the address's parameter; results that are part of the page are also part of its address. */
  get #param() {
    return this.getAttribute('param') ?? (this.mode === 'page' ? this.#form?.name || 'q' : '');
  }

  #describe() {
    const { input, clear, close, list, search, words: suggestions } = this.#view;
    const words = this.language;
    fetchLanguage(this.#tag, () => this.#retell());
    const name =
      this.getAttribute('label') ?? (this.#form?.label || this.getAttribute('placeholder') || words.say('search'));
    search.lang = words.tag;
    search.dir = words.direction;
    input.placeholder = this.getAttribute('placeholder') ?? (this.#form?.placeholder || words.say('search'));
    input.setAttribute('aria-label', name);
    clear.setAttribute('aria-label', words.say('clear'));
    close.textContent = words.say('close');
    close.hidden = this.mode !== 'modal';
    list.setAttribute('aria-label', words.say('results'));
    suggestions.setAttribute('aria-label', words.say('suggestions'));
    this.#modal.describe(name, this.#shortcuts);
  }

  #focused() {
    this.#left = false;
    this.#asking.warm();
    if (!this.value.trim()) this.#rest();
    else if (this.#panel.filled) this.#show();
  }

  #typed() {
    this.#view.clear.hidden = !this.value;
    if (this.value === this.#asking.query) return;
    this.#left = false;
    this.#combobox?.reset();
    this.#asking.typed(this.value);
    this.#address?.write(this.value.trim());
  }

  /** @param {MouseEvent} event */
  #select(event) {
    const hit = this.#panel.hitOf(event.target);
    if (!hit) return;
    const chosen = new CustomEvent('samara-select', {
      detail: { hit, query: this.value },
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    if (!this.dispatchEvent(chosen)) event.preventDefault();
    remember(this.value, this.recent);
    // Who opens a hit beside this page goes on choosing; a hit within this page is not to be covered by the list.
    if (!(event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey)) this.#leave();
  }

  /** Enter without an active option: on to the page of results; where there is none, the first hit is offered. */
  #submit() {
    if (this.value.trim() && this.#form?.submit(this.value)) return remember(this.value, this.recent);
    if (this.#panel.filled) this.#show();
    this.#combobox?.first();
  }

  /** @param {KeyboardEvent} event */
  #escape(event) {
    if (!this.value && !this.isOpen) return;
    event.preventDefault();
    if (this.value) this.value = '';
    else this.close();
  }

  /** @param {Node} node */
  #holds(node) {
    return this.contains(node) || Boolean(this.shadowRoot?.contains(node));
  }

  #show() {
    const { panel, list } = this.#view;
    panel.hidden = !this.#panel.filled;
    this.#combobox?.expand(!panel.hidden && !list.hidden);
  }

  /** An arrow key was pressed: the list is wanted, also the one that is on its way. */
  #reopen() {
    this.#left = false;
    if (!this.isOpen && this.#panel.filled) this.#show();
  }

  /** The box is empty: recent searches, or nothing. */
  #rest() {
    this.#panel.rest(recentSearches(this.recent), this.language);
    if (this.#panel.filled && this.shadowRoot?.activeElement === this.#view.input) this.#show();
    else this.#hide();
  }

  #leave() {
    this.#left = this.mode === 'inline';
    // Keys that wait for the answer must not open a hit behind the back of whoever went on to something else.
    this.#combobox?.reset();
    this.#hide();
  }

  /** Results that are part of the page or the dialog stay as long as there is a query; those over the page go. */
  #hide() {
    if (this.mode !== 'inline' && this.value.trim()) return;
    this.#view.panel.hidden = true;
    this.#combobox?.expand(false);
  }
}

mirrorAttributes(SamaraSearch);

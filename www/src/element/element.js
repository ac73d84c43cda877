/**
 * `<samara-search>`: a search box for a page. This is what every page pays for: the box, its dialog, its shortcuts and
 * the form that it takes over. What searches and shows results is a session, which follows at the first intent.
 *
 * Importing this file registers nothing; `auto.js` does.
 */

import { site } from '../api/place.js';
import { loadSecond } from '../second/load.js';
import { adoptProperties, MIRRORED, mirrorAttributes, parseFilters } from './attributes.js';
import { css } from './box.css.js';
import { takeOverForm } from './form.js';
import { Modal } from './modal.js';
import { ownTexts, tongueOf } from './names.js';
import { keepOffline } from './offline.js';
import { listenForShortcuts } from './shortcuts.js';
import { createView } from './view.js';

/** @type {CSSStyleSheet | undefined} */
let sheet;
let instances = 0;

// Workers and servers that render pages load this file too, and have no elements.
const Base = /** @type {new () => HTMLElement & import('./attributes.js').Mirrored} */ (
  globalThis.HTMLElement ?? Object
);

/** Attributes a change of which is a move to another place. */
const MOVING = ['mode', 'shortcuts', 'param', 'src', 'offline', 'preload', 'history'];

/** Keys that are kept for the session while it is on its way. */
const KEPT = ['ArrowDown', 'ArrowUp', 'Enter'];

/** Milliseconds before the box shows that the session is on its way. */
const PATIENCE = 250;

/**
 * Modes: `inline` (the results lie over the page), `page` (they are part of it), `modal` (all in a dialog).
 *
 * @fires samara-ready when the index is open; `detail` is its `info()`
 * @fires samara-search when an answer is shown; `detail` is `{ query, answer }`
 * @fires samara-settled when a search rests, once for all its prefixes; `detail` is `{ query, total, ms, corrected }`
 * @fires samara-select when a hit is chosen; `detail` is `{ hit, query, url, section, index }`; cancel it to stay on the page
 * @fires samara-error when the search fails; `detail` is the error with its `code`
 */
export class SamaraSearch extends Base {
  static observedAttributes = ['mode', 'lang', 'filters', ...MIRRORED];
  /** Interface texts by language; a page may add to them. */
  static texts = ownTexts;

  #prefix = `samara-${++instances}`;
  #view = createView(this.#prefix);
  #modal = new Modal(this.#view.search, this.#view.input);
  /** @type {AbortController | undefined} */
  #life;
  /** @type {import('./form.js').OldForm | undefined} */
  #form;
  /** @type {import('./session.js').Session | undefined} */
  #session;
  /** @type {Promise<import('./session.js').Session | undefined> | undefined} */
  #starting;
  /** Keys that were pressed while the session was on its way. @type {KeyboardEvent[]} */
  #keys = [];
  /** Whether the person turned to something else in the meantime. */
  #left = false;
  /** The last press within the element, which `document` hears of, too. @type {Event | undefined} */
  #pressed;

  /**
   * Makes the node of a hit in place of the element's own; what it returns stands inside of the hit's link.
   * @type {((hit: import('../api/search.js').Hit) => Node) | null}
   */
  renderHit = null;

  /**
   * Goes to a hit in place of the browser, for routers; not called for other sites, new tabs and windows.
   * @type {((url: string, hit: import('../api/search.js').Hit) => void) | null}
   */
  navigate = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    root.adoptedStyleSheets = [sheet];
    root.append(this.#view.search);
  }

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    adoptProperties(this, ['value', 'mode', 'filters', 'renderHit', 'navigate', ...MIRRORED]);
    this.#listen(signal);
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', () => this.#adoptForm(), { signal });
    }
    this.#adoptForm();
    this.describe();
    this.#session?.connect(signal);
    if (this.hasAttribute('offline')) keepOffline(this.offline);
    if (this.value || this.#isLinked || (this.browse && this.mode === 'page')) this.start();
    if (this.preload === 'idle') (globalThis.requestIdleCallback ?? setTimeout)(() => this.start());
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#life = undefined;
    if (this.#modal.dialog.isConnected) this.#modal.disconnect(this.#root);
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
      this.describe();
      this.#session?.changed(name);
    }
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { input, clear, close } = this.#view;
    if (this.mode === 'modal') this.#modal.connect(this.#root, this.history, signal);
    listenForShortcuts(this.#shortcuts, () => this.open(), signal);
    /** @type {(target: EventTarget, type: string, run: (event: any) => void) => void} */
    const on = (target, type, run) => target.addEventListener(type, run, { signal });
    on(this, 'pointerenter', () => this.#hovered());
    // Of a press within a closed root, the document does not hear where it was.
    const press = (/** @type {Event} */ event) => {
      this.#pressed = event;
      this.start();
    };
    this.addEventListener('pointerdown', press, { signal, capture: true });
    on(document, 'pointerdown', (event) => event !== this.#pressed && this.#leave());
    on(this, 'focusout', ({ relatedTarget }) => relatedTarget && !this.#holds(relatedTarget) && this.#leave());
    // However a dialog is closed, keys that wait for the answer go with it.
    on(this.#modal.dialog, 'close', () => this.#leave());
    on(input, 'focus', () => this.#focused());
    // Also in mid-composition: keyboards on screens compose every word, and a syllable of Korean until the next begins.
    on(input, 'input', () => this.#typed());
    on(input, 'keydown', (event) => this.#key(event));
    on(clear, 'click', () => this.#clear());
    on(close, 'click', () => this.#modal.dismiss());
    on(globalThis, 'popstate', () => this.#isLinked && this.start());
    // The page may change its language in place.
    const observer = new MutationObserver(() => this.describe());
    observer.observe(document.documentElement, { attributeFilter: ['lang'] });
    signal.addEventListener('abort', () => observer.disconnect());
  }

  #adoptForm() {
    if (this.#form || !this.#life) return;
    const { input, old, head } = this.#view;
    /** @param {import('./form.js').OldForm} form */
    const adopt = (form) => {
      this.#form = form;
      old.hidden = true;
      head.hidden = false;
      this.describe();
      setTimeout(() => this.#typed());
    };
    const waits = takeOverForm(this, input, adopt, this.#life.signal);
    old.hidden = !waits;
    head.hidden = waits;
  }

  /**
   * Loads what searches and shows results, and has the index opened.
   * @returns {Promise<import('./session.js').Session | undefined>} nothing where it cannot be had, which the element then shows
   */
  start() {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async #start() {
    const { search, panel, status } = this.#view;
    const timer = setTimeout(() => search.classList.add('busy'), PATIENCE);
    try {
      const { Session } = await loadSecond();
      this.#session = new Session(this, this.#prefix, this.#view, this.#modal, () => this.#form);
      panel.hidden = true;
      if (this.#life) this.#session.connect(this.#life.signal, this.#left, this.#keys);
      this.describe();
    } catch (error) {
      this.#starting = undefined;
      // Texts in other languages are part of what is missing.
      panel.textContent = status.textContent = error instanceof Error ? error.message : String(error);
      panel.hidden = false;
      this.dispatchEvent(new CustomEvent('samara-error', { detail: error, bubbles: true, composed: true }));
    } finally {
      this.#keys = [];
      clearTimeout(timer);
      search.classList.remove('busy');
    }
    return this.#session;
  }

  get #root() {
    return /** @type {ShadowRoot} */ (this.shadowRoot);
  }

  /** Whether the address holds a query. */
  get #isLinked() {
    return Boolean(this.paramName && new URLSearchParams(location.search).get(this.paramName));
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

  /**
   * The engine that the element asks, for other questions of the page.
   * @returns {Promise<import('../api/search.js').Search>} rejected where it cannot be had
   */
  get search() {
    return loadSecond().then(({ open }) => open(this.src));
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
   * Focuses the box.
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

  /** @ignore The shortcuts in force. */
  get keyList() {
    return this.#shortcuts.split(/\s+/).filter(Boolean);
  }

  /** @ignore Name of the address's parameter; results that are part of the page are also part of its address. */
  get paramName() {
    return this.getAttribute('param') ?? (this.mode === 'page' ? this.#form?.name || 'q' : '');
  }

  /** @ignore Language tag of the element, or of what it stands in. */
  get tag() {
    const near = /** @type {HTMLElement | null} */ (this.closest('[lang]'))?.lang;
    return near || document.documentElement.lang || navigator.language || 'en';
  }

  /** @ignore Says what the box says anew. */
  describe() {
    if (!this.#life) return;
    const { input, clear, close, search } = this.#view;
    const tongue = tongueOf(this.tag);
    const own = this.getAttribute('placeholder');
    const name = this.getAttribute('label') ?? (this.#form?.label || own || tongue.search);
    search.lang = tongue.tag;
    search.dir = tongue.direction;
    input.placeholder = own ?? (this.#form?.placeholder || tongue.search);
    input.setAttribute('aria-label', name);
    clear.ariaLabel ??= 'Clear';
    close.textContent ||= 'Close';
    close.hidden = this.mode !== 'modal';
    this.#modal.describe(name, this.#shortcuts);
    this.#session?.describe();
  }

  #leave() {
    this.#keys = [];
    this.#left = true;
    this.#session?.leave();
  }

  /** @param {Node} node */
  #holds(node) {
    return this.contains(node) || this.#root.contains(node);
  }

  #hovered() {
    if (this.preload === 'hover') this.start();
  }

  #focused() {
    this.#left = false;
    this.start();
    this.#session?.focused();
  }

  #typed() {
    this.#view.clear.hidden = !this.value;
    this.#left = false;
    if (!this.#session && this.value && this.#life) this.start();
    this.#session?.typed(this.value);
  }

  #clear() {
    this.value = '';
    this.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // A page with shortcuts of its own takes the element, as which it sees this input, for no text field.
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    // Keys belong to the input method while it composes; 229 is how some browsers say so for the closing key.
    if (event.isComposing || event.keyCode === 229) return;
    if (this.#session) return this.#session.key(event);
    if (KEPT.includes(event.key) && this.value && !event.altKey) {
      event.preventDefault();
      if (event.key === 'Enter' && !this.#keys.length && this.#form?.submit(this.value)) return;
      this.#left = false;
      this.#keys.push(event);
      this.start();
    }
  }
}

mirrorAttributes(SamaraSearch);

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
import { adopt, create, faultNodes, listensUntil, tell } from './dom.js';
import { takeOverForm } from './form.js';
import { Modal } from './modal.js';
import { ownTexts, tongueOf } from './names.js';
import { keepOffline } from './offline.js';
import { listenForShortcuts } from './shortcuts.js';
import { createView } from './view.js';

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

/** Milliseconds after a session could not be had in which keys do not ask for it again. */
const PAUSE = 5000;

/**
 * A search box: on its own, around a plain search form, or in a dialog.
 *
 * @tag samara-search
 *
 * @attr {"inline" | "page" | "modal"} mode - results lie over the page, are part of it, or all stands in a dialog
 * @attr {string} lang - language of the interface; that of what the element stands in unless told
 * @attr {string} filters - JSON of field and admitted values: what every answer is narrowed to
 *
 * @fires {CustomEvent<Info>} samara-ready - the index is open; `detail` is its `info()`
 * @fires {CustomEvent<{ query: string, answer: Answer }>} samara-search - an answer is shown; `detail` is `{ query, answer }`
 * @fires {CustomEvent<{ query: string, total: number, ms: number, corrected?: { from: string, to: string } }>} samara-settled - a search rests, once for all its prefixes; `detail` is `{ query, total, ms, corrected }`
 * @fires {CustomEvent<{ hit: Hit, query: string, url: string, section?: SectionHit, index: number }>} samara-select - a hit is chosen; `detail` is `{ hit, query, url, section, index }`; cancel it to stay on the page
 * @fires {CustomEvent<Error & { code?: string }>} samara-error - the search failed; `detail` is the error with its `code`
 *
 * @slot - a plain search form, which the element takes over, and a `<template>` for hits
 * @slot trigger - stands in for the button of modal mode
 * @slot hint - between the box and the results
 * @slot empty - shown when nothing was found
 * @slot footer - below the results
 *
 * @csspart field - the box with its icon and button
 * @csspart input - the input
 * @csspart clear - empties the box
 * @csspart close - closes the dialog
 * @csspart trigger - the button of modal mode
 * @csspart keys - the shortcut on that button
 * @csspart dialog - the dialog of modal mode
 * @csspart panel - all that is below the box
 * @csspart suggestions - the completions
 * @csspart suggestion - one completion
 * @csspart opening - says that the search is being loaded
 * @csspart notice - what the query was corrected to, what else may have been meant, and what was not used
 * @csspart instead - searches for something else, as its text says
 * @csspart bar - number of results, and order
 * @csspart count - number of results
 * @csspart sort - order of results
 * @csspart facets - the values of one field
 * @csspart facet - one value to narrow by, as a chip
 * @csspart check - one value to narrow by, as a box to tick
 * @csspart select - the values of one field as a list to unfold
 * @csspart date - an end of a span of dates
 * @csspart unfold - shows the other values of a field
 * @csspart list - the listbox
 * @csspart group-title - the value by which the hits below it are grouped
 * @csspart hit - a document
 * @csspart image - its picture
 * @csspart title - its title
 * @csspart origin - its source and date
 * @csspart snippet - a passage
 * @csspart mark - a word that was found
 * @csspart section - a section of the document above
 * @csspart section-title - its title
 * @csspart fold - shows what is folded away
 * @csspart recent - a recent search
 * @csspart forget - forgets recent searches
 * @csspart message - nothing found, or a fault
 * @csspart widen - searches without filters
 * @csspart retry - tries again
 * @csspart more - adds results
 * @csspart hints - which keys do what in the dialog
 * @csspart single-key - whether a single key opens the search
 *
 * @cssprop --samara-accent - links, the focus and what is chosen
 * @cssprop --samara-on-accent - text on the accent
 * @cssprop --samara-text - text
 * @cssprop --samara-muted - text of less weight, icons
 * @cssprop --samara-surface - behind the box and the list
 * @cssprop --samara-raised - behind the active option
 * @cssprop --samara-line - lines and borders
 * @cssprop --samara-mark - behind words that were found
 * @cssprop --samara-mark-text - words that were found
 * @cssprop --samara-radius - radius of corners, a length
 * @cssprop --samara-shadow - shadow of the list and the dialog
 * @cssprop --samara-font - family of fonts
 * @cssprop --samara-size - size of text; that of what the element stands in unless told, and 16 pixels at least
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
  /** @type {Promise<import('./session.js').Session | undefined>} */
  #starting = Promise.resolve(undefined);
  /** Time from which on an intent to search asks for the session. */
  #due = 0;
  /** Whether it could not be had, which the panel says. */
  #failed = false;
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
    adopt(root, css);
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
    if (this.#session) this.#connect(this.#session);
    if (this.hasAttribute('offline')) keepOffline(this.offline);
    if (this.#isWanted) this.start();
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
    if (this.mode === 'modal') this.#modal.connect(this.#root, signal);
    listenForShortcuts(this.#shortcuts, () => this.open(), signal);
    const on = listensUntil(signal);
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
   * Loads what searches and shows results, and has the index opened; what failed just now is not tried again at once.
   * @returns {Promise<import('./session.js').Session | undefined>} nothing where it cannot be had, which the element then shows
   */
  start() {
    if (Date.now() > this.#due) {
      this.#due = Infinity;
      this.#starting = this.#start();
    }
    this.#showFailure();
    return this.#starting;
  }

  async #start() {
    const { search } = this.#view;
    this.#failed = false;
    const timer = setTimeout(() => search.classList.add('busy'), PATIENCE);
    try {
      const { Session } = await loadSecond(this.src);
      await this.#connect(new Session(this, this.#prefix, this.#view, this.#modal, () => this.#form));
    } catch (error) {
      this.#due = Date.now() + PAUSE;
      this.#fail();
      // What to mend is for whoever made the page.
      console.error(error);
      tell(this, 'samara-error', error);
    } finally {
      this.#keys = [];
      clearTimeout(timer);
      search.classList.remove('busy');
    }
    return this.#session;
  }

  /** Says that there is no search, as the session would, and offers to try again. */
  #fail() {
    const { panel, status } = this.#view;
    const { failed, search } = tongueOf(this.languageTag());
    const again = () => {
      if (this.#failed) this.#due = 0;
      panel.hidden = true;
      this.start();
      this.focus();
    };
    const over = this.mode === 'inline' && 'message over';
    panel.replaceChildren(
      create('div', { part: 'message', class: over }, ...faultNodes(failed, false, `↻ ${search}`, again)),
    );
    status.textContent = failed;
    this.#failed = true;
    this.#showFailure();
  }

  #showFailure() {
    if (this.#failed) this.#view.panel.hidden = !this.#isWanted;
  }

  /**
   * @param {import('./session.js').Session} session
   * @returns {Promise<void>}
   */
  async #connect(session) {
    const signal = this.#life?.signal;
    if (signal) await session.prepare(signal);
    // The element was moved, or taken away, in the meantime; a session that is known goes along by itself.
    if (signal !== this.#life?.signal) return this.#session ? undefined : this.#connect(session);
    // What stood there was that the session could not be had.
    if (!this.#session) this.#view.panel.hidden = true;
    this.#session = session;
    if (signal) session.connect(signal, this.#left, this.#keys);
    this.#keys = [];
    this.describe();
  }

  get #root() {
    return /** @type {ShadowRoot} */ (this.shadowRoot);
  }

  /** Whether the address holds a query. */
  get #isLinked() {
    return this.paramName() && new URLSearchParams(location.search).get(this.paramName());
  }

  /** Whether there is something to search for. */
  get #isWanted() {
    return this.value || this.#isLinked || (this.browse && this.mode === 'page');
  }

  /** What stands in the box. @type {string} */
  get value() {
    return this.#view.input.value;
  }

  set value(text) {
    this.#view.input.value = text;
    this.#typed();
  }

  /** Where results are shown. @type {'inline' | 'page' | 'modal'} */
  get mode() {
    const mode = this.getAttribute('mode');
    return mode === 'modal' || mode === 'page' ? mode : 'inline';
  }

  set mode(mode) {
    this.setAttribute('mode', mode);
  }

  /** Field → admitted values: what the page narrows all answers to. @type {Record<string, string[]>} */
  get filters() {
    return parseFilters(this.getAttribute('filters'));
  }

  set filters(filters) {
    this.setAttribute('filters', JSON.stringify(filters));
  }

  /** Address that results' relative links start from: the attribute `base`, or the site's root where the script knows it, or the page's own. @type {string} */
  get baseAddress() {
    const base = this.base || site;
    return URL.canParse(base, document.baseURI) ? new URL(base, document.baseURI).href : document.baseURI;
  }

  /**
   * The engine that the element asks, for other questions of the page.
   * @type {Promise<import('../api/search.js').Search>}
   */
  get search() {
    return loadSecond(this.src).then(({ open }) => open(this.src));
  }

  /** Whether results are shown; in modal mode, whether the dialog is. @type {boolean} */
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
  keyList() {
    return this.#shortcuts.split(/\s+/).filter(Boolean);
  }

  /** @ignore Name of the address's parameter; results that are part of the page are also part of its address. */
  paramName() {
    return this.getAttribute('param') ?? (this.mode === 'page' ? this.#form?.name || 'q' : '');
  }

  /** @ignore Language tag of the element, or of what it stands in. */
  languageTag() {
    const near = /** @type {HTMLElement | null} */ (this.closest('[lang]'))?.lang;
    return near || document.documentElement.lang || navigator.language || 'en';
  }

  /** @ignore Says what the box says anew. */
  describe() {
    if (!this.#life) return;
    const { input, clear, close, search } = this.#view;
    const tongue = tongueOf(this.languageTag());
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
    if (this.#failed && this.mode === 'inline') this.#view.panel.hidden = true;
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
    this.#showFailure();
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
    if (event.key === 'Escape') this.#leave();
    if (KEPT.includes(event.key) && this.value && !event.altKey) {
      event.preventDefault();
      if (event.key === 'Enter' && !this.#keys.length && this.#form?.submit(this.value)) return;
      this.#left = false;
      if (!this.#failed) this.#keys.push(event);
      this.start();
    }
  }
}

mirrorAttributes(SamaraSearch);

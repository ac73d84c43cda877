/**
 * A session of searching: what an element does from the first intent on. Joins the rooms beside this file; each of them
 * knows one thing.
 */

import { Asking } from './asking.js';
import { Combobox } from './combobox.js';
import { adopt, listensUntil, tell } from './dom.js';
import { Extras } from './extras.js';
import { Floating } from './floating.js';
import { safeLink } from './link.js';
import { Panel } from './panel.js';
import { css } from './results.css.js';
import { fetchLanguage, language } from './texts.js';

/** Attributes that change what is asked for. */
const ASKING = ['limit', 'filters', 'sort', 'facets', 'suggestions', 'browse'];

/** Attributes that change how it is shown. */
const SHOWING = ['lang', 'base', 'highlight', 'group', 'image', 'timing'];

/** Pixels that a pointer may move between press and release of a click; further is a drag, which selects text. */
const DRAG = 6;

export class Session {
  #host;
  #box;
  #modal;
  #form;
  #panel;
  #asking;
  #floating;
  #extras;
  /** @type {Combobox | undefined} */
  #combobox;
  /** @type {import('./address.js').Address | undefined} */
  #address;
  /** Whether the person turned to something else, so that an answer on its way must not open the list again. */
  #left = false;
  /** The last press on a hit. @type {PointerEvent | undefined} */
  #pressed;
  #tag = '';

  /**
   * @param {import('./element.js').SamaraSearch} host
   * @param {string} prefix of ids
   * @param {import('./view.js').View} box
   * @param {import('./modal.js').Modal} modal
   * @param {() => import('./form.js').OldForm | undefined} form
   */
  constructor(host, prefix, box, modal, form) {
    this.#host = host;
    this.#box = box;
    this.#modal = modal;
    this.#form = form;
    this.#extras = new Extras(host);
    adopt(/** @type {ShadowRoot} */ (host.shadowRoot), css);
    this.#panel = new Panel(box, prefix, this.#acts());
    this.#asking = new Asking(host, this.#panel, this.#extras, this.#turns());
    this.#floating = new Floating(box.panel, box.field);
  }

  /** What the buttons in the panel are for. @returns {import('./panel.js').Acts} */
  #acts() {
    const asking = () => this.#asking;
    const host = this.#host;
    return {
      instead() {
        asking().literally();
        host.focus();
      },
      retry() {
        asking().again();
        host.focus();
      },
      take(query) {
        host.value = query;
        host.focus();
      },
      forget: () => {
        this.#extras.third?.forget();
        this.#rest();
        host.focus();
      },
      toggle: (field, value) => asking().toggle(field, value),
      set: (field, condition) => asking().set(field, condition),
      unfold: (field) => asking().unfold(field),
      sort: (sort) => asking().sortBy(sort),
      widen: () => asking().widen(),
      slow: () => this.#appear(),
    };
  }

  /** What comes of asking. */
  #turns() {
    return {
      began: () => {
        if (this.#combobox) this.#combobox.busy = true;
      },
      listed: () => this.#appear(),
      ended: () => {
        this.#appear();
        this.#combobox?.refresh();
        if (this.#host.first && this.#asking.query.trim()) this.#combobox?.first();
      },
      added: () => this.#combobox?.refresh(true),
      rested: () => {
        this.#rest();
        this.#combobox?.refresh();
      },
      narrowed: () => this.#address?.write(this.#asking.asked),
    };
  }

  /**
   * Has the index opened, and loads what else the element asks for. To be awaited before `connect`.
   * @param {AbortSignal} signal ends it
   */
  async prepare(signal) {
    signal.addEventListener('abort', () => {
      this.#asking.end();
      this.#floating.hide();
      this.#tag = '';
    });
    this.#asking.begin();
    await this.#extras.prepare();
  }

  /**
   * Takes up the work where the element is in a page.
   * @param {AbortSignal} signal ends it
   * @param {boolean} [left] whether the person turned to something else already
   * @param {KeyboardEvent[]} [keys] that were pressed before
   */
  connect(signal, left = false, keys = []) {
    const host = this.#host;
    this.#left = left && host.mode === 'inline';
    const { input, panel } = this.#box;
    const { list, more } = this.#panel.view;
    this.#combobox = new Combobox(
      input,
      list,
      {
        submit: () => this.#submit(),
        escape: (event) => this.#escape(event),
        reopen: () => this.#reopen(),
        page: (step) => this.#page(step),
      },
      signal,
    );
    const { third } = this.#extras;
    // Where the platform itself asks dialogs to close, Back does so on devices where people expect it.
    const marks = host.history && host.mode === 'modal' && !('CloseWatcher' in globalThis);
    this.#modal.entry = third && marks ? new third.DialogEntry(this.#modal, signal) : undefined;
    this.#address = third && new third.Address(host.paramName(), (asked) => this.#moved(asked), signal);
    const on = listensUntil(signal);
    on(more, 'click', () => this.#more());
    on(list, 'click', (event) => this.#select(event));
    on(panel, 'keydown', (event) => this.#keyInPanel(event));
    on(list, 'pointerdown', (event) => {
      this.#pressed = event;
    });
    this.describe();
    this.#resume();
    // What was shown before a move is still shown.
    this.#combobox.expand(!panel.hidden && !list.hidden);
    if (this.#isFocused && !left) this.focused();
    for (const key of keys) this.key(key);
  }

  /** Shows what the address asks for, or what stands in the box. */
  #resume() {
    const linked = this.#address?.read();
    if (linked?.query && !this.#host.value) {
      if (this.#host.mode === 'modal') this.#host.open();
      this.#moved(linked);
    } else if (linked && this.#asking.isWanted && !this.#host.value) {
      this.#asking.take(linked);
    } else {
      this.#asking.query = this.#host.value;
      this.#asking.again();
      // Typed while this script was on its way.
      if (this.#isFocused && this.#host.value) this.#address?.write(this.#asking.asked);
    }
  }

  /** Says what the interface says, in the language of the element. */
  describe() {
    const tag = this.#host.languageTag();
    fetchLanguage(tag, () => this.#retell());
    if (tag !== this.#tag) this.#retell();
  }

  #retell() {
    const tag = this.#host.languageTag();
    const words = language(tag);
    const { clear, close } = this.#box;
    this.#tag = tag;
    clear.ariaLabel = words.say('clear');
    close.textContent = words.say('close');
    this.#panel.describe(words);
    this.#hint(words);
    this.#asking.redraw();
  }

  /** @param {import('./texts.js').Language} words */
  async #hint(words) {
    if (this.#host.mode === 'modal') await this.#extras.load();
    this.#extras.third?.hintKeys(this.#host, this.#box.search, words);
  }

  /** @param {string} name of an attribute that changed */
  changed(name) {
    if (ASKING.includes(name)) this.#asking.again();
    else if (SHOWING.includes(name)) this.#asking.redraw();
  }

  /** @param {string} text that stands in the box now */
  typed(text) {
    if (text === this.#asking.query) return;
    this.#left = false;
    this.#combobox?.reset();
    this.#asking.typed(text);
    this.#address?.write(this.#asking.asked);
  }

  /** The box has got the focus. */
  focused() {
    this.#left = false;
    if (!this.#asking.isWanted) this.#rest();
    else if (this.#panel.filled) this.#show();
  }

  /** @param {KeyboardEvent} event of the box, which does not compose */
  key(event) {
    this.#combobox?.key(event);
  }

  /** The person turned to something else. */
  leave() {
    this.#left = this.#host.mode === 'inline';
    // Keys that wait for the answer must not open a hit behind the back of whoever went on to something else.
    this.#combobox?.reset();
    this.#asking.settle();
    this.#hide();
  }

  /** Back or Forward led to another search. @param {import('./address.js').Asked} asked */
  #moved(asked) {
    this.#asking.query = asked.query;
    this.#host.value = asked.query;
    this.#asking.take(asked);
  }

  async #more() {
    const { more } = this.#panel.view;
    const root = /** @type {ShadowRoot} */ (this.#host.shadowRoot);
    const focused = root.activeElement === more;
    await this.#asking.more();
    if (focused && more.hidden) this.#host.focus({ preventScroll: true });
  }

  /** @param {MouseEvent} event */
  #select(event) {
    const link = /** @type {Element} */ (event.target).closest('a');
    const chosen = link && this.#panel.chosen(link);
    if (!chosen || event.defaultPrevented) return;
    if (this.#isDrag(event)) return event.preventDefault();
    if (!link.href) return;
    const { hit, section, index } = chosen;
    const url = safeLink(chosen.url, this.#asking.base);
    const detail = { hit, query: this.#host.value, url, section, index };
    this.#asking.settle();
    if (!tell(this.#host, 'samara-select', detail)) event.preventDefault();
    this.#extras.third?.remember(this.#host.value, this.#host.recent);
    this.#address?.flush();
    // Who opens a hit beside this page goes on choosing; a hit within this page is not to be covered by the list.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    this.leave();
    if (this.#host.navigate && link.origin === location.origin) {
      event.preventDefault();
      this.#modal.close();
      // Text fragments are the browser's own business.
      this.#host.navigate(link.href.replace(/#?:~:.*$/, ''), hit);
    } else if (this.#host.mode === 'modal') {
      this.#modal.close();
      this.#modal.entry?.leaveFor(event, link.href);
    }
  }

  /** Whether a click ends a drag over a passage, which selected text. @param {MouseEvent} event */
  #isDrag({ clientX, clientY, detail }) {
    const from = this.#pressed;
    return Boolean(detail && from && Math.hypot(clientX - from.clientX, clientY - from.clientY) > DRAG);
  }

  /** Enter without an active option: on to the page of results; where there is none, the first hit is offered. */
  #submit() {
    const { value, recent } = this.#host;
    if (value.trim() && this.#form()?.submit(value)) return this.#extras.third?.remember(value, recent);
    if (this.#panel.filled) this.#show();
    this.#combobox?.first();
  }

  /** What is open closes first, then what was typed goes. @param {KeyboardEvent} event */
  #escape(event) {
    const host = this.#host;
    const closable = host.mode !== 'page' && host.isOpen;
    if (!closable && !host.value) return;
    event.preventDefault();
    if (host.mode === 'modal') this.#modal.dismiss();
    else if (closable) this.leave();
    else host.value = '';
  }

  /** @param {KeyboardEvent} event of a button or a hit */
  #keyInPanel(event) {
    const { mode } = this.#host;
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (event.defaultPrevented || ctrlKey || metaKey || altKey) return;
    const types = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (key === 'Escape' && mode === 'inline') {
      event.preventDefault();
      this.#host.focus();
      this.leave();
    } else if (types || !(target instanceof Element) || !target.closest('[role="option"]')) {
      return;
    } else if (key === 'ArrowDown' || key === 'ArrowUp') {
      this.#host.focus({ preventScroll: true });
      this.key(event);
    } else if (key.length === 1 && key !== ' ') {
      // Typing goes on in the box, also from a hit that was pressed to select its text.
      this.#host.focus();
    }
  }

  /** @param {1 | -1} step */
  #page(step) {
    const { panel } = this.#box;
    if (panel.hidden || panel.scrollHeight <= panel.clientHeight || this.#host.mode === 'page') return false;
    panel.scrollBy({ top: step * 0.9 * panel.clientHeight, behavior: 'instant' });
    return true;
  }

  get #isFocused() {
    return this.#host.shadowRoot?.activeElement === this.#box.input;
  }

  #appear() {
    if (!this.#left) this.#show();
  }

  #show() {
    const { panel } = this.#box;
    panel.hidden = !this.#panel.filled;
    if (panel.hidden || this.#host.mode !== 'inline') this.#floating.hide();
    else this.#floating.show();
    this.#combobox?.expand(!panel.hidden && !this.#panel.view.list.hidden);
  }

  /** An arrow key was pressed: the list is wanted, also the one that is on its way. */
  #reopen() {
    this.#left = false;
    if (!this.#host.isOpen && this.#panel.filled) this.#show();
  }

  /** The box is empty: recent searches, or nothing. */
  #rest() {
    const { third } = this.#extras;
    const recent = third?.recentNodes(this.#host, this.#box.input.id) ?? [];
    this.#panel.rest(recent, language(this.#host.languageTag()));
    if (this.#panel.filled && this.#isFocused) this.#show();
    else this.#hide();
  }

  /** Results that are part of the page or the dialog stay as long as there is a query; those over the page go. */
  #hide() {
    if (this.#host.mode !== 'inline' && this.#asking.isWanted) return;
    this.#floating.hide();
    this.#box.panel.hidden = true;
    this.#combobox?.expand(false);
  }
}

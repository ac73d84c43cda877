/** The modal mode: the search in a native dialog, opened by a button or a shortcut. */

import { create, icon, LENS, listensUntil } from './dom.js';
import { matchesShortcut, shortcutLabel } from './shortcuts.js';

export class Modal {
  #search;
  #input;
  /** Whether the press that a click ends began on the backdrop. */
  #pressed = false;
  /** Whether a script closes the dialog, and not a person who stays on the page. */
  #quiet = false;
  #shortcuts = '';
  /** An entry of the history that stands for the open dialog, where the page wants one. @type {import('./entry.js').DialogEntry | undefined} */
  entry;

  dialog = create('dialog', { part: 'dialog' });
  #label = create('span');
  #keys = create('kbd', { part: 'keys' });
  #trigger = create(
    'slot',
    { name: 'trigger' },
    create(
      'button',
      { type: 'button', part: 'trigger', 'aria-haspopup': 'dialog' },
      icon(LENS),
      this.#label,
      this.#keys,
    ),
  );

  /**
   * @param {HTMLElement} search everything that the dialog shows
   * @param {HTMLInputElement} input that gets the focus
   */
  constructor(search, input) {
    this.#search = search;
    this.#input = input;
  }

  /**
   * Puts the dialog and its button into the root, and the search into the dialog.
   * @param {ShadowRoot} root
   * @param {AbortSignal} signal
   */
  connect(root, signal) {
    this.dialog.append(this.#search);
    root.append(this.#trigger, this.dialog);
    const on = listensUntil(signal);
    on(this.#trigger, 'click', () => this.open());
    on(this.dialog, 'pointerdown', (event) => {
      this.#pressed = this.#isBackdrop(event);
    });
    on(this.dialog, 'click', (event) => {
      if (this.#pressed && this.#isBackdrop(event)) this.dismiss();
      this.#pressed = false;
    });
    on(this.dialog, 'close', () => {
      if (!this.#quiet) this.entry?.dismissed();
      this.#quiet = false;
    });
    on(this.dialog, 'keydown', (event) => this.#key(event));
    const view = globalThis.visualViewport ?? globalThis;
    on(view, 'resize', () => this.#fit());
    on(view, 'scroll', () => this.#fit());
    signal.addEventListener('abort', () => this.close());
  }

  /** Takes both out again. @param {ShadowRoot} root */
  disconnect(root) {
    this.#trigger.remove();
    this.dialog.remove();
    root.append(this.#search);
  }

  /**
   * @param {string} text
   * @param {string} shortcuts
   */
  describe(text, shortcuts) {
    this.#shortcuts = shortcuts;
    // A press on a text that is replaced before it is released is no click in every browser.
    if (this.#label.textContent !== text) this.#label.textContent = text;
    this.dialog.setAttribute('aria-label', text);
    const keys = shortcutLabel(shortcuts);
    if (this.#keys.textContent !== keys) this.#keys.textContent = keys;
    this.#keys.hidden = !shortcuts;
  }

  get isOpen() {
    return this.dialog.open;
  }

  open() {
    if (this.dialog.open || !this.dialog.isConnected) return;
    this.#fit();
    this.dialog.showModal();
    this.#input.focus();
    this.#input.select();
    this.entry?.opened();
  }

  /** Closes it and leaves the history alone, since whoever calls this may be going elsewhere. */
  close() {
    if (!this.dialog.open) return;
    this.#quiet = true;
    this.dismiss();
  }

  /** Closes it for a person, who stays on the page. */
  dismiss() {
    if (!this.dialog.open) return;
    this.dialog.close();
    // A hidden box keeps the focus for a moment, in which keys would be taken for text.
    this.#input.blur();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const keys = this.#shortcuts.split(/\s+/).filter((shortcut) => shortcut.startsWith('mod+'));
    if (event.defaultPrevented || event.repeat || !keys.some((shortcut) => matchesShortcut(shortcut, event))) return;
    event.preventDefault();
    event.stopPropagation();
    this.dismiss();
  }

  /**
   * Whether a press is on the backdrop, which belongs to the dialog itself, and not on its border or padding.
   * @param {MouseEvent} event
   */
  #isBackdrop({ target, clientX, clientY }) {
    const { left, right, top, bottom } = this.dialog.getBoundingClientRect();
    return target === this.dialog && !(clientX >= left && clientX <= right && clientY >= top && clientY <= bottom);
  }

  /** Tells the styles what a keyboard on the screen leaves free. */
  #fit() {
    const { height = innerHeight, offsetTop = 0 } = globalThis.visualViewport ?? {};
    this.dialog.style.setProperty('--view-height', `${Math.round(height)}px`);
    this.dialog.style.setProperty('--view-top', `${Math.round(offsetTop)}px`);
  }
}

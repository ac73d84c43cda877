/** The modal mode: the search in a native dialog, opened by a button or a shortcut, closed by Esc, Back or its button. */

import { create, icon, LENS } from './dom.js';
import { shortcutLabel } from './shortcuts.js';

export class Modal {
  #search;
  #input;
  /** A pushed entry of the history, so that Back closes the dialog rather than leaves the page. */
  #entry = false;

  dialog = create('dialog', { part: 'dialog' });
  label = create('span');
  keys = create('kbd', { part: 'keys' });
  trigger = create(
    'slot',
    { name: 'trigger' },
    create('button', { type: 'button', part: 'trigger', 'aria-haspopup': 'dialog' }, icon(LENS), this.label, this.keys),
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
    root.append(this.trigger, this.dialog);
    this.trigger.addEventListener('click', () => this.open(), { signal });
    this.dialog.addEventListener('close', () => this.#leave(), { signal });
    // The backdrop belongs to the dialog itself; everything else lies within its content.
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.close(), { signal });
    const gone = () => {
      this.#entry = false;
      this.close();
    };
    addEventListener('popstate', gone, { signal });
    // Whoever takes the element away may be going elsewhere, so that nothing goes back then.
    signal.addEventListener('abort', gone);
  }

  /** Takes both out again. @param {ShadowRoot} root */
  disconnect(root) {
    this.trigger.remove();
    this.dialog.remove();
    root.append(this.#search);
  }

  /**
   * @param {string} text
   * @param {string} shortcuts
   */
  describe(text, shortcuts) {
    this.label.textContent = text;
    this.dialog.setAttribute('aria-label', text);
    this.keys.textContent = shortcutLabel(shortcuts);
    this.keys.hidden = !shortcuts;
  }

  get isOpen() {
    return this.dialog.open;
  }

  open() {
    if (this.dialog.open || !this.dialog.isConnected) return;
    this.dialog.showModal();
    this.#input.focus();
    this.#input.select();
    try {
      history.pushState(history.state, '');
      this.#entry = true;
    } catch {
      // Some pages, such as those opened from a disk or in a sandbox, may not touch the history.
    }
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }

  #leave() {
    if (this.#entry) history.back();
    this.#entry = false;
  }
}

/**
 * The combobox: keys of the input, the active option of the listbox, and the ARIA attributes that tell of both.
 * Focus stays in the input; options are named by `aria-activedescendant`.
 */

export class Combobox {
  #input;
  #list;
  #on;
  /** @type {HTMLElement | undefined} */
  #active;
  #pending = 0;
  /** @type {KeyboardEvent | undefined} */
  #entered;
  #busy = false;

  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} list with `role="listbox"` and an id, in the same root as the input
   * @param {{ submit(event: KeyboardEvent): void, escape(event: KeyboardEvent): void, reopen(): void }} on
   *   submit: Enter without an active option; reopen: an arrow key asks for the list, which may be closed
   * @param {AbortSignal} signal ends all listening
   */
  constructor(input, list, on, signal) {
    this.#input = input;
    this.#list = list;
    this.#on = on;
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-haspopup', 'listbox');
    input.setAttribute('aria-controls', list.id);
    input.setAttribute('aria-expanded', 'false');
    input.addEventListener('keydown', (event) => this.#key(event), { signal });
    // The press must not take the focus from the input; the click that follows still opens the link.
    list.addEventListener('mousedown', (event) => event.button === 0 && event.preventDefault(), { signal });
    // An option that gave way to others hands its place to the first of them.
    list.addEventListener(
      'unfold',
      (event) => {
        if (this.#active && !this.#active.isConnected) this.#activate(/** @type {HTMLElement} */ (event.target));
      },
      { signal },
    );
  }

  /** Whether results are on their way: keys pressed now count once they are there. */
  set busy(/** @type {boolean} */ busy) {
    this.#busy = busy;
  }

  /** Tells whether the list is shown. @param {boolean} open */
  expand(open) {
    this.#input.setAttribute('aria-expanded', String(open));
    if (!open) this.#activate(undefined);
  }

  /**
   * To be called when the list holds other options.
   * @param {boolean} [keep] options were only added: the active one stays
   */
  refresh(keep = false) {
    this.#busy = false;
    if (!keep || !this.#active?.isConnected) this.#activate(undefined);
    for (; this.#pending > 0; this.#pending--) this.#move(1);
    for (; this.#pending < 0; this.#pending++) this.#move(-1);
    if (this.#entered) this.#enter(this.#entered);
    this.#entered = undefined;
  }

  /** Forgets keys that were pressed while results were awaited, and the active option. */
  reset() {
    this.#pending = 0;
    this.#entered = undefined;
    this.#activate(undefined);
  }

  /** Makes the first option active. @returns {boolean} whether there is one */
  first() {
    this.#activate(this.#options()[0]);
    return Boolean(this.#active);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // Keys belong to the input method while it composes; 229 is how some browsers say so for the closing key.
    if (event.isComposing || event.keyCode === 229) return;
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (plain && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.#on.reopen();
      if (this.#busy) this.#pending += step;
      else this.#move(step);
    } else if (event.key === 'Enter' && !event.altKey) {
      event.preventDefault();
      if (this.#busy) this.#entered = event;
      else this.#enter(event);
    } else if (event.key === 'Escape') {
      this.#on.escape(event);
    }
  }

  /**
   * Follows the active option as a click with the same modifiers would.
   * @param {KeyboardEvent} event
   */
  #enter(event) {
    const { ctrlKey, metaKey, shiftKey } = event;
    if (!this.#active) return this.#on.submit(event);
    this.#active.dispatchEvent(
      new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, ctrlKey, metaKey, shiftKey }),
    );
  }

  /** @returns {HTMLElement[]} */
  #options() {
    return [.../** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll('[role="option"]'))];
  }

  /** Steps through the options; from the ends it goes on at the other end. @param {1 | -1} step */
  #move(step) {
    const options = this.#options();
    if (!options.length) return;
    const at = this.#active ? options.indexOf(this.#active) : step > 0 ? -1 : 0;
    this.#activate(options[(at + step + options.length) % options.length]);
  }

  /** @param {HTMLElement | undefined} option */
  #activate(option) {
    if (this.#active !== option) {
      this.#active?.setAttribute('aria-selected', 'false');
      this.#active = option;
    }
    if (!option) return this.#input.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    this.#input.setAttribute('aria-activedescendant', option.id);
    // At once, also where the page scrolls smoothly: a held arrow key would run ahead, and motion may not be wanted.
    option.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }
}

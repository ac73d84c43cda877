/**
 * An entry of the history for a dialog, so that Back closes it rather than leaves the page. Only for pages that ask, and
 * for browsers whose platform does not do so itself: routers keep books of their own about entries. The entry is known by a
 * mark in its state. Nothing goes back but from an entry that bears it, and nobody has to stop at one whose dialog is
 * closed.
 */

/** Name of the mark in the state of the dialog's entry. */
const MARK = 'samaraDialog';

/** Name of the mark in the state of the entry beneath, which a person was led back to past that one. */
const BENEATH = 'samaraBeneath';

export class DialogEntry {
  #modal;
  /** A step back that is under way, and closes nothing. @type {Promise<unknown> | undefined} */
  #step;
  /** The dialog's entry that a person is being led past. */
  #passed = 0;
  /** What the entry that was current before says it is beneath of. */
  #beneath = stateOf()[BENEATH];

  /**
   * @param {import('./modal.js').Modal} modal
   * @param {AbortSignal} signal
   */
  constructor(modal, signal) {
    this.#modal = modal;
    addEventListener('popstate', () => this.#moved(), { signal });
    if (modal.isOpen) this.opened();
  }

  /** Adds an entry, unless the current one is left over from a dialog that was closed by a script, or by a reload. */
  async opened() {
    await this.#step;
    if (stateOf()[MARK]) return;
    const { [BENEATH]: _, ...state } = stateOf();
    attempt(() => history.pushState({ ...state, [MARK]: Date.now() }, ''));
  }

  /** Leaves the entry again, after a person closed the dialog. */
  async dismissed() {
    await this.#step;
    if (!stateOf()[MARK]) return;
    this.#step = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
    history.back();
    await this.#step;
    this.#step = undefined;
  }

  /**
   * A person goes on to a hit, which takes the place of the entry, unless a router of the page goes there in its own way.
   * @param {MouseEvent} event a click on a link
   * @param {string} address of the link
   */
  leaveFor(event, address) {
    if (!stateOf()[MARK]) return;
    const replace = (/** @type {Event} */ late) => {
      if (late !== event || late.defaultPrevented) return;
      late.preventDefault();
      // A page that comes back may still bear the mark.
      const { [MARK]: _, ...state } = stateOf();
      history.replaceState(state, '');
      location.replace(address);
    };
    // The last to hear of it: routers listen to the document.
    addEventListener('click', replace, { once: true });
  }

  /** Back or Forward led to another entry. */
  #moved() {
    const { [MARK]: mark, [BENEATH]: beneath, ...state } = stateOf();
    const before = this.#beneath;
    this.#beneath = beneath;
    if (this.#step) return;
    if (!mark) {
      // The dialog goes with its entry.
      this.#modal.close();
      if (this.#passed) attempt(() => history.replaceState({ ...state, [BENEATH]: this.#passed }, ''));
      if (this.#passed) this.#beneath = this.#passed;
      this.#passed = 0;
    } else if (!this.#modal.isOpen) {
      // The page went on from a closed dialog: who comes back, or comes from beneath, is not to stop here.
      const forward = before === mark;
      this.#passed = forward ? 0 : mark;
      history.go(forward ? 1 : -1);
    }
  }
}

/** @returns {Record<string, any>} what the current entry knows */
function stateOf() {
  return history.state ?? {};
}

/** @param {() => void} change of the history, which pages opened from a disk or in a sandbox may not touch */
function attempt(change) {
  try {
    change();
  } catch {
    // Then there is no entry.
  }
}

/**
 * An entry of the history for a dialog, so that Back closes it rather than leaves the page. Only for pages that ask:
 * routers keep books of their own about entries. The entry is known by a mark in its state, and nothing ever goes back
 * but from an entry that bears it.
 */

/** Name of the mark in `history.state`. */
const MARK = 'samaraDialog';

export class HistoryMark {
  /** A step back that is under way. @type {Promise<unknown> | undefined} */
  #step;

  /** Whether the current entry is one of a dialog. */
  get isCurrent() {
    return Boolean(/** @type {Record<string, unknown> | null} */ (history.state)?.[MARK]);
  }

  /** Adds an entry, unless the current one is left over from a dialog that was closed by a script, or by a reload. */
  async push() {
    await this.#step;
    if (this.isCurrent) return;
    try {
      history.pushState({ ...history.state, [MARK]: true }, '');
    } catch {
      // Some pages, such as those opened from a disk or in a sandbox, may not touch the history.
    }
  }

  /** Leaves the entry again, after a person closed the dialog. */
  async stepBack() {
    await this.#step;
    if (!this.isCurrent) return;
    this.#step = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
    history.back();
    await this.#step;
    this.#step = undefined;
  }

  /** Whether a step back is under way, which closes nothing. */
  get isStepping() {
    return Boolean(this.#step);
  }
}

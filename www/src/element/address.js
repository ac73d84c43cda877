/** Keeps the query in the page's address, so that a search can be linked to, reloaded and gone back to. */

/** Milliseconds of quiet before the address follows; browsers punish pages that change it at every key. */
const QUIET = 400;

export class Address {
  #param;
  /** What the address held when it was last looked at or written. */
  #held;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {string} param name of the parameter; empty: the address is left alone
   * @param {(query: string) => void} changed called with the query of the address that Back or Forward led to
   * @param {AbortSignal} signal
   */
  constructor(param, changed, signal) {
    this.#param = param;
    this.#held = this.read();
    if (!param) return;
    addEventListener('popstate', () => this.#moved(changed), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** @returns {string} the query that the address holds */
  read() {
    return (this.#param && new URLSearchParams(location.search).get(this.#param)) || '';
  }

  /** @param {string} query to be put into the address once typing pauses */
  write(query) {
    clearTimeout(this.#timer);
    if (this.#param) this.#timer = setTimeout(() => this.#replace(query), QUIET);
  }

  /**
   * A step in the history that leaves the query alone, such as the closing of a dialog, is no reason to take away what
   * has been typed since.
   * @param {(query: string) => void} changed
   */
  #moved(changed) {
    const query = this.read();
    if (query === this.#held) return;
    this.#held = query;
    changed(query);
  }

  /** @param {string} query */
  #replace(query) {
    this.#held = query;
    if (query === this.read()) return;
    const address = new URL(location.href);
    if (query) address.searchParams.set(this.#param, query);
    else address.searchParams.delete(this.#param);
    try {
      history.replaceState(history.state, '', address);
    } catch {
      // Pages opened from a disk or in a sandbox may not touch the history.
    }
  }
}

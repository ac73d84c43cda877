/** Keeps the query in the page's address, so that a search can be linked to, reloaded and gone back to. */

/** Milliseconds of quiet before the address follows; browsers punish pages that change it at every key. */
const QUIET = 400;

export class Address {
  #param;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {string} param name of the parameter; empty: the address is left alone
   * @param {(query: string) => void} changed called with the query of the address that Back or Forward led to
   * @param {AbortSignal} signal
   */
  constructor(param, changed, signal) {
    this.#param = param;
    if (!param) return;
    addEventListener('popstate', () => changed(this.read()), { signal });
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

  /** @param {string} query */
  #replace(query) {
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

/** Keeps the search in the page's address, so that it can be linked to, reloaded and gone back to. */

/** Milliseconds of quiet before the address follows; browsers punish pages that change it at every key. */
const QUIET = 400;

/** A span of dates, as it stands in an address. */
const SPAN = /^([\d-]*)\.\.([\d-]*)$/;

/**
 * What a person asks for: `?q=words&q.source=Yonhap&q.date=2023..2024&q-sort=date:desc`.
 * @typedef {{ query: string, filters: import('./conditions.js').Filters, sort: string }} Asked
 */

export class Address {
  #param;
  /** What the address held when it was last looked at or written. */
  #held;
  /** @type {Asked | undefined} */
  #pending;
  /** The page that was shown when the pending search was typed. */
  #route = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {string} param name of the parameter; empty: the address is left alone
   * @param {(asked: Asked) => void} changed called with what the address that Back or Forward led to asks for
   * @param {AbortSignal} signal
   */
  constructor(param, changed, signal) {
    this.#param = param;
    this.#held = this.#own();
    if (!param) return;
    addEventListener('popstate', () => this.#moved(changed), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** @returns {Asked} what the address asks for */
  read() {
    /** @type {Asked} */
    const asked = { query: '', filters: {}, sort: '' };
    if (!this.#param) return asked;
    const params = new URLSearchParams(location.search);
    asked.query = params.get(this.#param) ?? '';
    asked.sort = params.get(`${this.#param}-sort`) ?? '';
    for (const [name, value] of params) {
      if (!name.startsWith(`${this.#param}.`)) continue;
      const field = name.slice(this.#param.length + 1);
      const [, from, to] = SPAN.exec(value) ?? [];
      if (from || to) asked.filters[field] = { from, to };
      else asked.filters[field] = [...[asked.filters[field] ?? []].flat().map(String), value];
    }
    return asked;
  }

  /** @param {Asked} asked to be put into the address once it rests */
  write(asked) {
    if (!this.#param) return;
    clearTimeout(this.#timer);
    this.#pending = asked;
    this.#route = location.origin + location.pathname;
    this.#timer = setTimeout(() => this.flush(), QUIET);
  }

  /** Puts what is pending into the address at once, unless the page shows something else by now. */
  flush() {
    clearTimeout(this.#timer);
    const asked = this.#pending;
    this.#pending = undefined;
    if (!asked || this.#route !== location.origin + location.pathname) return;
    const address = new URL(location.href);
    this.#put(address.searchParams, asked);
    this.#held = this.#own(address.searchParams);
    if (address.href === location.href) return;
    try {
      history.replaceState(history.state, '', address);
    } catch {
      // Pages opened from a disk or in a sandbox may not touch the history.
    }
  }

  /**
   * @param {URLSearchParams} params
   * @param {Asked} asked
   */
  #put(params, { query, filters, sort }) {
    for (const name of [...params.keys()].filter((name) => this.#isOwn(name) && name !== this.#param)) {
      params.delete(name);
    }
    if (query) params.set(this.#param, query);
    else params.delete(this.#param);
    for (const [field, value] of Object.entries(filters)) {
      const texts = Array.isArray(value) ? value : [`${value.from ?? ''}..${value.to ?? ''}`];
      for (const text of texts) params.append(`${this.#param}.${field}`, text);
    }
    if (sort) params.set(`${this.#param}-sort`, sort);
  }

  /** @param {string} name */
  #isOwn(name) {
    return name === this.#param || name === `${this.#param}-sort` || name.startsWith(`${this.#param}.`);
  }

  /** The part of an address that is the search's own. */
  #own(params = new URLSearchParams(location.search)) {
    return JSON.stringify([...params].filter(([name]) => this.#isOwn(name)));
  }

  /**
   * A step in the history that leaves the search alone, such as the closing of a dialog, is no reason to take away what
   * has been typed since.
   * @param {(asked: Asked) => void} changed
   */
  #moved(changed) {
    const own = this.#own();
    if (own === this.#held) return;
    this.#held = own;
    changed(this.read());
  }
}

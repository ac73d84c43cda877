/**
 * The searcher keeps an engine at work: it starts one when first needed, asks it one thing at a time, drops what
 * nobody waits for any more, and starts a fresh engine after one has crashed or fallen silent.
 */

import { openChannel } from './channel.js';
import { closed, codeOf, fault } from './errors.js';

/** Milliseconds after which an engine that does not answer is given up; a query takes a few. */
const PATIENCE = 6000;

/** Milliseconds without a byte after which the transfer of the module is given up. */
const STALL = 20000;

/** @typedef {import('../worker/host.js').Method} Method */

/**
 * @typedef {object} Job
 * @property {Method} method
 * @property {unknown[]} args
 * @property {AbortSignal} [signal]
 * @property {boolean} [again] set when it is asked for the second time
 * @property {(result: any) => void} resolve
 * @property {(error: unknown) => void} reject
 */

export class Searcher {
  #source;
  #options;
  #patience;
  /** @type {Promise<import('./channel.js').Channel> | undefined} */
  #channel;
  /** @type {Job[]} */
  #waiting = [];
  #busy = false;
  #closed = false;

  /**
   * @param {() => import('../worker/loader.js').ModuleSource | Promise<import('../worker/loader.js').ModuleSource>} source asked at every start
   * @param {import('./search.js').OpenOptions} [options]
   */
  constructor(source, { worker = true, patience = PATIENCE, stall = STALL } = {}) {
    this.#source = source;
    this.#options = { worker, stall };
    this.#patience = patience;
  }

  /**
   * Starts the engine if none runs. A failure is reported to whoever waits, and tried anew at the next call.
   * @returns {Promise<void>}
   */
  async ready() {
    if (this.#closed) throw closed();
    this.#channel ??= Promise.resolve(this.#source()).then((source) => openChannel(source, this.#options));
    const opening = this.#channel;
    try {
      const channel = await opening;
      if (this.#closed) channel.end();
    } catch (error) {
      if (this.#channel === opening) this.#channel = undefined;
      throw error;
    }
  }

  /**
   * @param {Method} method
   * @param {unknown[]} args
   * @param {AbortSignal} [signal] when aborted, the promise is rejected with its reason
   * @returns {Promise<any>}
   */
  request(method, args, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.#waiting.push({ method, args, signal, resolve, reject });
      this.#next();
    });
  }

  /** Ends the engine; whatever is under way is rejected with code `closed`. */
  close() {
    this.#closed = true;
    const error = closed();
    for (const job of this.#waiting.splice(0)) job.reject(error);
    this.#drop();
  }

  #drop() {
    this.#channel?.then(
      (channel) => channel.end(),
      () => {},
    );
    this.#channel = undefined;
  }

  async #next() {
    if (this.#busy) return;
    const job = this.#waiting.shift();
    if (!job) return;
    if (!job.signal?.aborted) {
      this.#busy = true;
      await this.#work(job);
      this.#busy = false;
    }
    this.#next();
  }

  /** @param {Job} job */
  async #work(job) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    try {
      await this.ready();
      const channel = await this.#channel;
      if (job.signal?.aborted || !channel) return job.reject(closed());
      const silence = new Promise((_, reject) => {
        timer = setTimeout(
          () => reject(fault('timeout', 'The search engine did not answer. Try again.')),
          this.#patience,
        );
      });
      job.resolve(await Promise.race([channel.call(job.method, job.args), silence]));
    } catch (error) {
      const code = codeOf(error);
      if (code === 'crashed' || code === 'timeout') this.#drop();
      // Browsers kill workers without a word, so silence is first taken for that and the question asked once more.
      if (code === 'timeout' && timer && !job.again) this.#waiting.unshift({ ...job, again: true });
      else job.reject(error);
    } finally {
      clearTimeout(timer);
    }
  }
}

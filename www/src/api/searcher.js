/**
 * The searcher keeps an engine at work: it starts one when first needed, asks it one thing at a time, drops what
 * nobody waits for any more, and starts a fresh engine after one has crashed or fallen silent.
 */

import { loadThird } from '../third/load.js';
import { openChannel } from './channel.js';
import { closed, codeOf, failure } from './errors.js';
import { explained } from './explained.js';
import { load } from './loader.js';
import { ownModule } from './place.js';
import { fetchRoot, patience } from './root.js';

/** Milliseconds without a byte after which the transfer of the module is given up. */
const STALL = 20000;

/** Milliseconds after which an engine that could not start is started once more. */
const PAUSE = 500;

/** @typedef {import('../worker/host.js').Method} Method */
/** @typedef {import('../worker/host.js').Loaded} Loaded */
/** @typedef {import('./loader.js').ModuleSource} ModuleSource */
/** @typedef {ModuleSource | { module: string, site: string }} Source */

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
  #worker;
  #stall;
  #patience;
  /** @type {Promise<import('./channel.js').Channel> | undefined} */
  #channel;
  /** @type {Job[]} */
  #waiting = [];
  /** The compiled module, which outlives an engine that crashed. @type {Promise<Loaded> | undefined} */
  #module;
  /** What was asked last. @type {unknown} */
  #question;
  /** The root of an index in blocks. @type {import('./root.js').ArrivedRoot | undefined} */
  #root;
  /** Told of what arrives of the module. @type {Set<import('./loader.js').Progress>} */
  watchers = new Set();
  /** Address that documents' addresses are relative to, where the index's folder tells. */
  site = '';
  #busy = false;
  #closed = false;

  /**
   * @param {() => Source | Promise<Source>} source asked when the module is needed
   * @param {import('./search.js').OpenOptions} [options]
   */
  constructor(source, { worker = true, patience: asked = patience, stall = STALL, first } = {}) {
    this.#source = source;
    this.#worker = worker;
    this.#stall = stall;
    this.#question = first;
    this.#patience = asked;
  }

  /**
   * Starts the engine if none runs. A failure is reported to whoever waits, and tried anew at the next call.
   * @param {boolean} [isLast] whether an engine that cannot start is not started once more
   * @returns {Promise<void>}
   */
  async ready(isLast) {
    if (this.#closed) throw closed();
    this.#channel ??= openChannel(this.#load(), this.#worker);
    const opening = this.#channel;
    try {
      const channel = await opening;
      if (this.#closed) channel.end();
    } catch (error) {
      if (this.#channel === opening) this.#channel = undefined;
      if (isLast || codeOf(error) !== 'crashed') throw await explained(error);
      // Browsers give back the memory of the page before a moment after they show the next.
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      return this.ready(true);
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
      this.#question = args[0];
      this.#root?.foresee(args[0]);
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

  /** @returns {Promise<Loaded>} */
  #load() {
    this.#module ??= this.#fetch().catch((error) => {
      this.#module = undefined;
      throw error;
    });
    return this.#module;
  }

  /** @returns {Promise<Loaded>} */
  async #fetch() {
    const given = await this.#source();
    // Of a folder alone these are known.
    const { site, module: source = /** @type {ModuleSource} */ (given) } =
      /** @type {{ site?: string, module?: string }} */ (given);
    if (site) this.site = site;
    /** @type {import('./loader.js').Progress} */
    const progress = (loaded, total) => {
      for (const watcher of this.watchers) watcher(loaded, total);
    };
    const address = typeof source === 'string' ? source : '';
    const rooting = fetchRoot(address, this.#stall).then((root) => {
      this.#root = root;
      root?.foresee(this.#question);
      return root;
    });
    // Where the module does not arrive, either, that is what is told.
    rooting.catch(() => {});
    try {
      const module = await load(source, this.#stall, progress);
      return { module, root: await (await rooting)?.whole() };
    } catch (error) {
      // The module of another version: this version's engine takes its index over, if the format is the same.
      if (codeOf(error) !== 'build-mismatch' || !site) throw error;
      const { indexOf } = await loadThird();
      const index = await indexOf(/** @type {Error} */ (error).cause);
      if (!index) throw error;
      return { module: await load(await ownModule(), this.#stall, progress), index };
    }
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
        timer = setTimeout(() => reject(failure('timeout', [])), this.#patience);
      });
      job.signal?.addEventListener('abort', () => channel.cancel(), { once: true });
      job.resolve(await Promise.race([channel.call(job.method, job.args), silence]));
    } catch (error) {
      const code = codeOf(error);
      if (code === 'crashed' || code === 'timeout') this.#drop();
      // Browsers kill workers without a word, so silence is first taken for that and the question asked once more.
      if (code === 'timeout' && timer && !job.again) this.#waiting.unshift({ ...job, again: true });
      else job.reject(await explained(error));
    } finally {
      clearTimeout(timer);
    }
  }
}

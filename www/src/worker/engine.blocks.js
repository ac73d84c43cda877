/**
 * From a compiled module to an engine of an index in blocks, in the place of `engine.js`: it asks the module, fetches what that
 * says is missing, and asks again. The module is half of one; the other half is a block, too, which is started when it arrives.
 */

import { SEAL } from '../api/ahead.blocks.js';
import { codeOf, failure, fault } from '../api/errors.js';
import { checked, refused } from '../api/loader.js';
import { fetchPacked } from '../api/packed.js';
import { freshGlue } from './glue.js';

/** Bytes of blocks that are kept; the browser keeps all of them for ever. */
const KEPT = 16e6;

/** Milliseconds of rest after which something is fetched for what will probably be asked next, and so many blocks of it. */
const REST = 300;
const MOST_AHEAD = 3;

/**
 * No question needs more rounds: the terms, their relatives, the second half, what phrases read, and what is shown; of a
 * suggestion all of these once more, as far as they are kept.
 */
const MOST_ROUNDS = 20;

/** What a question asked. @typedef {'query' | 'suggest' | 'similar'} Question */
/** @typedef {import('../api/root.js').Root} Root */

/**
 * @param {WebAssembly.Module} module
 * @param {Uint8Array} [_index]
 * @param {Root} [root]
 */
export async function instantiate(module, _index, root) {
  if (!root) throw fault('no-index', 'This page has no index: build one with `samara build`.');
  const { default: init, Engine } = await freshGlue();
  const exports = await init({ module_or_path: module });
  const open = /** @type {(root: Uint8Array) => any} */ (/** @type {unknown} */ (Engine.open));
  return new BlockEngine(/** @type {any} */ (exports), open, root);
}

/** @param {string} name of the block with the second half of the module */
const isEngine = (name) => name.startsWith('e');
/** @param {string} name of a block of texts */
const isText = (name) => name.startsWith('d');
/** @param {string} name of the block that texts were deflated with */
const isDictionary = (name) => name.startsWith('x');
/** @param {string} name of a block that a list of hits does not need */
const isForPassages = (name) => isText(name) || isDictionary(name) || isEngine(name);

/** Number of words, about. @param {string} text */
const words = (text) => text.trim().split(/\s+/).length;

class BlockEngine {
  #exports;
  #open;
  #engine;
  #root;
  /** The blocks that arrived, the last used at the end. @type {Map<string, Uint8Array<ArrayBuffer>>} */
  #kept = new Map();
  #size = 0;
  /** @type {AbortController | undefined} */
  #control;
  /** The site was built by another version under an open page, whose lists stand without passages. */
  #isHalf = false;

  /**
   * @param {WebAssembly.ModuleImports} exports of the module
   * @param {(root: Uint8Array) => any} open
   * @param {Root} root
   */
  constructor(exports, open, root) {
    this.#exports = exports;
    this.#open = open;
    this.#engine = open(root.bytes);
    this.#root = root;
    for (const [name, bytes] of root.blocks ?? []) this.#keep(name, bytes);
    // Whoever has the box open will want passages and suggestions, and both need the second half.
    this.#foresee('suggest', '');
  }

  /**
   * @param {string} text
   * @param {{ partial?: boolean }} [options] `partial`: an answer without its passages will do, and says that it is `partial`
   */
  query(text, options) {
    return this.#ask('query', [text, options], options?.partial);
  }

  /**
   * @param {string} text
   * @param {object} [options]
   */
  async suggest(text, options) {
    const found = await this.#ask('suggest', [text, options]);
    // Titles are suggested, too, of many words.
    const completion = found.find((/** @type {{ text: string }} */ one) => words(one.text) <= words(text));
    if (completion) this.#foresee('query', completion.text);
    return found;
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;
  /** Ends what is fetched ahead. A question may wait for it by then, so the end of another question does not. */
  #ahead = new AbortController();

  /**
   * Fetches what will probably be asked next, once nothing was asked for a while.
   * @param {Question} question
   * @param {string} text
   */
  #foresee(question, text) {
    // Who saves bytes fetches what was asked for.
    if (/** @type {any} */ (globalThis.navigator)?.connection?.saveData) return;
    this.#rest = setTimeout(() => {
      // Whatever is wrong, the question itself will tell.
      try {
        const { missing } = this.#call(question, [], [text]);
        for (const name of missing.slice(0, MOST_AHEAD)) this.#block(name, this.#ahead.signal).catch(() => {});
      } catch {}
    }, REST);
  }

  /**
   * @param {string} id
   * @param {object} [options]
   */
  similar(id, options) {
    return this.#ask('similar', [id, options]);
  }

  info() {
    return this.#engine.info();
  }

  /** Gives up what is being fetched: nobody waits for the answer. */
  cancel() {
    clearTimeout(this.#rest);
    this.#control?.abort();
  }

  free() {
    this.cancel();
    this.#ahead.abort();
    this.#engine.free();
  }

  /**
   * @param {Question} question
   * @param {unknown[]} args
   * @param {boolean} [partial] whether an answer without its passages will do
   */
  async #ask(question, args, partial) {
    clearTimeout(this.#rest);
    const control = new AbortController();
    this.#control = control;
    try {
      return await this.#answer(question, args, partial, control.signal);
    } catch (error) {
      if (codeOf(error) === 'missing-file' && (await this.#renewed(control.signal))) {
        return this.#answer(question, args, partial, control.signal);
      }
      // What else is under way may fail as well: the next question fetches it anew.
      control.abort();
      throw error;
    }
  }

  /**
   * A site that was built anew under an open page may have taken the old blocks away. Then its root is another one, which
   * takes the place of the old one as a whole: blocks of two builds never answer together.
   * @param {AbortSignal} signal
   * @returns {Promise<boolean>} whether there is another root now
   */
  async #renewed(signal) {
    const { base, stall, bytes: old } = this.#root;
    const bytes = await fetchPacked(base, { stall, cache: 'reload', signal }).catch(() => old);
    if (bytes.length === old.length && bytes.every((byte, at) => byte === old[at])) return false;
    let engine;
    try {
      engine = this.#open(bytes);
    } catch (error) {
      throw fault('build-mismatch', 'This search was replaced by one of another version. Reload the page.', error);
    }
    this.#engine.free();
    this.#engine = engine;
    this.#root = { base, stall, bytes };
    this.#isHalf = false;
    return true;
  }

  /**
   * @param {Question} question
   * @param {unknown[]} args
   * @param {boolean | undefined} partial
   * @param {AbortSignal} signal
   */
  async #answer(question, args, partial, signal) {
    /** @type {[string, Uint8Array][]} */
    const there = [];
    /** @type {Promise<Uint8Array<ArrayBuffer>> | undefined} */
    let dictionary;
    let took = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const start = performance.now();
      const { result, missing: all, welcome } = this.#call(question, there, args);
      const missing =
        this.#isHalf && result.hits?.length ? all.filter((/** @type {string} */ name) => !isForPassages(name)) : all;
      took += performance.now() - start;
      // Nothing is fetched for what an answer can do without.
      if (missing.length === 0) missing.push(...welcome.filter((/** @type {string} */ name) => this.#kept.has(name)));
      if (missing.length === 0) return question === 'query' ? { ...result, took } : result;
      /** @type {[string, Promise<Uint8Array<ArrayBuffer>>][]} */
      const arriving = [];
      for (const name of missing) {
        // The next question needs the second half as well, so the end of this one does not end its transfer.
        const bytes = this.#block(name, isEngine(name) ? this.#ahead.signal : signal, dictionary);
        // The engine names it before the texts.
        if (isDictionary(name)) dictionary = bytes;
        arriving.push([name, bytes]);
      }
      // The first that fails is what the question fails with; nobody asks the others how they ended.
      for (const [, bytes] of arriving) bytes.catch(() => {});
      const hasHits = partial && result.hits?.length > 0;
      // What passages need is on its way, too, and nobody waits for it here.
      const awaited = hasHits ? arriving.filter(([name]) => !isForPassages(name)) : arriving;
      if (awaited.length === 0) return { ...result, took, partial: true };
      for (const [name, bytes] of awaited) {
        try {
          const block = await bytes;
          if (isEngine(name)) await this.#extend(name, block);
          else there.push([name, block]);
        } catch (error) {
          if (isEngine(name) && codeOf(error) === 'build-mismatch' && result.hits?.length) {
            this.#isHalf = true;
            continue;
          }
          // A text that cannot be unpacked may be whole. If the dictionary is not, the engine names it.
          if (!signal.aborted) this.#call(question, there, args);
          throw error;
        }
      }
    }
    throw failure('crashed', ['too many rounds']);
  }

  /**
   * Starts the second half of the module.
   * @param {string} name
   * @param {Uint8Array<ArrayBuffer>} block
   */
  async #extend(name, block) {
    // It takes nothing of the block, but tells whether that is the one that the root names.
    this.#call('suggest', [[name, block]], ['']);
    try {
      const second = checked(await WebAssembly.compile(block.subarray(SEAL)));
      const { exports } = await WebAssembly.instantiate(second, { m: this.#exports });
      /** @type {() => void} */ (exports.extend)();
    } catch (error) {
      throw codeOf(error) ? error : refused(name, error);
    }
    this.#drop(name);
  }

  /**
   * @param {Question} question
   * @param {[string, Uint8Array][]} there
   * @param {unknown[]} args
   */
  #call(question, there, args) {
    try {
      return this.#engine[question](there, ...args);
    } catch (error) {
      // What is damaged is not kept: the next question fetches it past all caches.
      const [name] = /\b[a-z]\d+-[0-9a-f]{8}\b/.exec(codeOf(error) ? String(error) : '') ?? [];
      if (name) this.#forget(name);
      throw error;
    }
  }

  /**
   * @param {string} name
   * @param {AbortSignal} signal
   * @param {Promise<Uint8Array<ArrayBuffer>>} [dictionary]
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async #block(name, signal, dictionary) {
    const kept = this.#kept.get(name);
    if (kept) {
      this.#kept.delete(name);
      this.#kept.set(name, kept);
      return kept;
    }
    const underWay = this.#arriving.get(name);
    if (underWay && !underWay.signal.aborted) return underWay.bytes;
    const bytes = this.#fetch(name, signal, dictionary);
    this.#arriving.set(name, { bytes, signal });
    try {
      return await bytes;
    } finally {
      this.#arriving.delete(name);
    }
  }

  /** Blocks that are under way. @type {Map<string, { bytes: Promise<Uint8Array<ArrayBuffer>>, signal: AbortSignal }>} */
  #arriving = new Map();

  /**
   * @param {string} name
   * @param {AbortSignal} signal
   * @param {Promise<Uint8Array<ArrayBuffer>>} [known]
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async #fetch(name, signal, known) {
    const address = new URL(`blocks/${name}`, this.#root.base).href;
    const { stall } = this.#root;
    // The list of hits is there without passages, and they may take longer.
    const priority = isForPassages(name) ? 'low' : 'high';
    const dictionary = isText(name) ? known : undefined;
    const cache = this.#damaged.delete(name) ? 'reload' : 'default';
    /** @type {Uint8Array<ArrayBuffer>} */
    let bytes;
    try {
      bytes = await fetchPacked(address, { stall, cache, priority, signal, dictionary });
    } catch (error) {
      if (signal.aborted) throw error;
      // Once more, past all caches. Then the rest of the index still stands.
      bytes = await fetchPacked(address, { stall, cache: 'reload', priority, signal, dictionary });
    }
    this.#keep(name, bytes);
    return bytes;
  }

  /** Blocks that are fetched past all caches. @type {Set<string>} */
  #damaged = new Set();

  /** @param {string} name */
  #forget(name) {
    this.#drop(name);
    this.#damaged.add(name);
    // What was unpacked with it is wrong as well, and its file is not.
    const texts = isDictionary(name) ? [...this.#kept.keys()].filter(isText) : [];
    for (const text of texts) this.#drop(text);
  }

  /**
   * @param {string} name
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  #keep(name, bytes) {
    this.#kept.set(name, bytes);
    this.#size += bytes.length;
    for (const other of this.#kept.keys()) {
      if (this.#size <= KEPT || other === name) break;
      this.#drop(other);
    }
  }

  /** @param {string} name */
  #drop(name) {
    this.#size -= this.#kept.get(name)?.length ?? 0;
    this.#kept.delete(name);
  }
}

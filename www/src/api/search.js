/**
 * The programming interface: `open` a search, `query` it, `close` it.
 *
 * ```js
 * const search = await open();
 * const { hits } = await search.query('wang yi "frank exchanges" -taiwan', { limit: 10 });
 * ```
 */

import { fault } from './errors.js';
import { ownModule } from './place.js';
import { Searcher } from './searcher.js';

/**
 * A value of a metadata field; numbers are compared as they are written.
 * @typedef {string | number} FieldValue
 */

/**
 * What a metadata field has to say: a value, one of several, or all that is said here of it. `from` and `to` are
 * included; they are compared as numbers where they are numbers, else as texts, `to` as a beginning (`2023` includes
 * all of that year).
 * @typedef {FieldValue | FieldValue[] | {
 *   any?: FieldValue | FieldValue[], all?: FieldValue | FieldValue[], none?: FieldValue | FieldValue[], not?: FieldValue | FieldValue[],
 *   from?: FieldValue, to?: FieldValue,
 * }} FieldCondition
 */

/**
 * What metadata has to say: a condition for each field, all of which hold. The names `any`, `all`, `none` and `not`
 * join conditions instead, those of an object or of a list of objects.
 * @typedef {{ [field: string]: FieldCondition | Condition | Condition[] | undefined }} Condition
 */

/**
 * What a word counts by where it stands, 0 or more; with 0 it is not looked for there.
 * @typedef {object} FieldWeights
 * @property {number} [title] 3 unless told
 * @property {number} [heading] 2 unless told
 * @property {number} [body] 1 unless told
 * @property {number} [meta] the address, anchors and metadata; 1 unless told
 */

/**
 * @typedef {object} QueryOptions
 * @property {number} [limit] hits to return, 10 unless told
 * @property {number} [offset] hits to leave out at the start
 * @property {Condition | Condition[]} [filters] what metadata has to say, as in `{ tag: ['a', 'b'], date: { from: '2023' } }`
 * @property {string} [sort] `relevance`, or a field with `:asc` or `:desc`, as in `date:desc`
 * @property {boolean} [correct] correct words that the index does not know; true unless told
 * @property {boolean} [prefix] the last word may be the beginning of one; true unless told
 * @property {boolean} [exact] words stand for themselves alone: no stems, beginnings, corrections or synonyms
 * @property {FieldWeights} [fields] what words count by where they stand
 * @property {boolean} [all] a query without anything to look for finds every document instead of none
 * @property {string | string[]} [facets] metadata fields to count values of; those that documents share unless told
 * @property {boolean} [zeros] list values that no match has among the facets, too
 * @property {boolean} [explain] say in each hit how its score came about
 * @property {AbortSignal} [signal] gives the answer up
 */

/**
 * Ranges are pairs of offsets in UTF-16 code units.
 * @typedef {{ text: string, marks: [number, number][] }} Snippet
 * @typedef {{ title: string, url: string, snippet?: Snippet, titleMarks?: [number, number][] }} SectionHit
 */

/**
 * @typedef {object} Hit
 * @property {string} id
 * @property {string} url address of the document, or its path relative to the corpus
 * @property {string} title
 * @property {[number, number][]} [titleMarks]
 * @property {number} score comparable within one answer only
 * @property {Snippet} [snippet]
 * @property {SectionHit[]} [sections]
 * @property {Record<string, string | string[]>} [meta]
 * @property {{ id: string, url: string, title: string }[]} [duplicates]
 * @property {unknown} [explanation]
 */

/**
 * @typedef {object} Answer
 * @property {number} total documents found, near-duplicates counted once
 * @property {Hit[]} hits best first
 * @property {Record<string, { value: string, count: number, total: number }[]>} [facets]
 * @property {{ from: string, to: string }} [corrected] set when the answer is to another query than the one typed
 * @property {{ from: string, to: string }} [offered] what may have been meant by words that the corpus has, but hardly: both were looked for
 * @property {{ text: string, reason: string }[]} [ignored] parts of the query that could not be used; the reason is one of `operator`,
 *   `quote`, `symbols`, `length`, `words`, `common`, `date`, or `exclusion` where everything would have been excluded
 * @property {number} took milliseconds in the engine
 */

/**
 * @typedef {object} Info
 * @property {number} documents
 * @property {number} terms
 * @property {number} words
 * @property {number} format version of the index's format
 * @property {string} build
 * @property {Record<string, number>} bytes of the index by section
 * @property {number} opened milliseconds that starting the engine and opening the index took, once the module was compiled
 */

/**
 * @typedef {object} OpenOptions
 * @property {boolean} [worker] `false`: search on this thread; otherwise in a worker wherever the browser allows one
 * @property {number} [patience] milliseconds after which a query without an answer is given up, 6,000 unless told
 * @property {number} [stall] milliseconds without a byte after which the transfer of the module is given up, 20,000 unless told
 */

/** An open index. */
export class Search {
  #searcher;

  /** @param {Searcher} searcher */
  constructor(searcher) {
    this.#searcher = searcher;
  }

  /**
   * Never rejected for what the query says: what cannot be used is listed in `ignored`.
   * @param {string} text
   * @param {QueryOptions} [options]
   * @returns {Promise<Answer>}
   */
  query(text, { signal, ...options } = {}) {
    return this.#searcher.request('query', [String(text), options], signal);
  }

  /**
   * Completions of a word that is being typed.
   * @param {string} prefix
   * @param {{ limit?: number, signal?: AbortSignal }} [options]
   * @returns {Promise<{ text: string, documents: number }[]>}
   */
  suggest(prefix, { signal, ...options } = {}) {
    return this.#searcher.request('suggest', [String(prefix), options], signal);
  }

  /**
   * Documents like this one.
   * @param {string} id
   * @param {{ limit?: number, signal?: AbortSignal }} [options]
   * @returns {Promise<Hit[]>}
   */
  similar(id, { signal, ...options } = {}) {
    return this.#searcher.request('similar', [String(id), options], signal);
  }

  /** @returns {Promise<Info>} what the index holds */
  info() {
    return this.#searcher.request('info', []);
  }

  /** Ends the worker and frees the index. Calls under way are rejected with code `closed`. */
  close() {
    this.#searcher.close();
  }
}

/**
 * Opens an index. Without a source it is the `samara.wasm` beside the script, or the one that the page carries.
 *
 * Rejected with an `Error` that has a `code`: `missing-file`, `wrong-type`, `unreachable`, `blocked-by-policy`,
 * `build-mismatch`, `damaged-module`, `timeout`, `no-index`, `index-version`, `damaged-index`.
 * @param {string | URL | ArrayBuffer | ArrayBufferView<ArrayBuffer> | WebAssembly.Module | null} [source] address of a wasm module or of the folder it lies in, or the module
 * @param {OpenOptions} [options]
 * @returns {Promise<Search>}
 */
export async function open(source, options) {
  const searcher = createSearcher(source, options);
  try {
    await searcher.ready();
  } catch (error) {
    searcher.close();
    throw error;
  }
  return new Search(searcher);
}

/**
 * The same, but the engine starts with the first query.
 * @param {Parameters<typeof open>[0]} [source]
 * @param {OpenOptions} [options]
 * @returns {Searcher}
 */
export function createSearcher(source, options) {
  return new Searcher(() => resolveSource(source), options);
}

/**
 * @param {Parameters<typeof open>[0]} source
 * @returns {import('../worker/loader.js').ModuleSource | Promise<import('../worker/loader.js').ModuleSource>}
 */
function resolveSource(source) {
  if (source === undefined || source === null || source === '') return ownModule();
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  const base = typeof document === 'undefined' ? globalThis.location?.href : document.baseURI;
  if (!URL.canParse(String(source), base)) {
    throw fault(
      'missing-file',
      `${source} is not an address. Give the address of a samara.wasm or of the folder it lies in.`,
    );
  }
  const address = new URL(source, base);
  if (address.pathname.endsWith('/')) address.pathname += 'samara.wasm';
  return address.href;
}

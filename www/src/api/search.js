/**
 * The programming interface: `open` a search, `query` it, `close` it.
 *
 * ```js
 * const search = await open();
 * const { hits } = await search.query('wang yi "frank exchanges" -taiwan', { limit: 10 });
 * ```
 */

import { loadThird } from '../third/load.js';
import { ownModule } from './place.js';
import { Searcher } from './searcher.js';
import { Several } from './several.js';
import { Borrowed } from './shared.js';

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
 * How occurrences of words become scores; measurements chose the defaults.
 * @typedef {object} Ranking
 * @property {number} [saturation] how quickly further occurrences stop counting: the higher, the later; 1.6 unless told
 * @property {number} [length] how much a long document has to say a word more often, from 0 to 1; 0.4 unless told
 * @property {number} [counts] share of the score, from 0 to 1, in which every occurrence counts as much as the first; 0 unless told
 * @property {number} [accents] what an occurrence counts that differs from the word in accents; 0.95 unless told, and with 0 it is none
 * @property {number} [beginnings] how much a longer word counts less than the beginning that was typed; 1 unless told
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
 * @property {Ranking} [ranking] how occurrences become scores
 * @property {'passages' | 'whole'} [texts] how much of its text a hit brings along: the passages that say most unless
 *   told, or all of it, line by line: `snippet` is what stands before the first heading, `sections` are all there are, the heading first
 * @property {boolean} [apart] near-duplicates are hits of their own
 * @property {boolean} [all] a query without anything to look for finds every document instead of none
 * @property {string | string[]} [facets] metadata fields to count values of; those that documents share unless told
 * @property {boolean} [zeros] list values that no match has among the facets, too
 * @property {boolean} [listing] list all documents found beside the hits, without reading anything of them; of one index
 * @property {boolean} [explain] say in each hit how its score came about
 * @property {boolean} [partial] of an index in blocks, hits whose passages have not arrived will do
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
 * @property {string} [from] address of the index that it is from, where several were opened
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
 *   `quote`, `symbols`, `length`, `words`, `common`, `date`, `unknown` where no document has it, or `exclusion` where everything would
 *   have been excluded
 * @property {[number, number][]} [listing] where it was asked for, all documents found in the order of hits, near-duplicates by
 *   themselves: the number of each in the index, and its score
 * @property {string[]} [sortedBy] what each of these is sorted by, where that is a metadata field; empty where it has none
 * @property {boolean} [partial] set where passages are missing, which was asked for
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
 * @property {string} [first] what will be asked first, where that is known: of an index in blocks, what it needs arrives beside the engine
 */

/** @typedef {import('./searcher.js').Source} Source */
/** Who answers: a searcher, or a hold on a shared one. @typedef {Pick<Searcher, 'request' | 'ready' | 'close'>} Asked */

/** An open index. */
export class Search {
  #searcher;

  /** @param {Asked} searcher */
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
   * How what is being typed may go on: titles, the last word in whole, and words that follow it. `documents` is how many have
   * that, of a title one; of words in a row, how many of those that were looked at.
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
 * @param {string | URL | (string | URL)[] | ArrayBuffer | ArrayBufferView<ArrayBuffer> | WebAssembly.Module | null} [source] address of a wasm module or of
 *   the folder it lies in, or the module; of several addresses, an interface that asks all of them
 * @param {OpenOptions} [options]
 * @returns {Promise<Search>}
 */
export async function open(source, options) {
  const shared =
    !options && (source == null || typeof source === 'string' || source instanceof URL || Array.isArray(source));
  const asked = shared ? borrowSearcher(source) : createSearcher(/** @type {any} */ (source), options);
  try {
    await asked.ready();
  } catch (error) {
    asked.close();
    throw error;
  }
  return new Search(asked);
}

/**
 * @param {Parameters<typeof open>[0]} source
 * @param {OpenOptions} [options]
 * @returns {Searcher}
 */
function createSearcher(source, options) {
  const resolve = async () => (await loadThird()).resolveSource(/** @type {NonNullable<typeof source>} */ (source));
  return new Searcher(source == null || source === '' ? ownModule : resolve, options);
}

/**
 * A hold on the engine of an address, or of several, which starts with the first query.
 * @param {string | URL | (string | URL)[] | null} [source] several also as a text with spaces between
 * @param {number} [grace] milliseconds that the engine lives on without users
 */
export function borrowSearcher(source, grace) {
  const several = typeof source === 'string' ? source.trim().split(/\s+/) : source;
  if (Array.isArray(several) && several.length > 1) {
    return new Several(several.map((one) => ({ from: String(one), asked: borrowOne(one, grace) })));
  }
  return borrowOne(Array.isArray(source) ? source[0] : source, grace);
}

/**
 * @param {string | URL | null} [source]
 * @param {number} [grace]
 */
function borrowOne(source, grace) {
  const base = typeof document === 'undefined' ? undefined : document.baseURI;
  const key = source && URL.canParse(String(source), base) ? new URL(source, base).href : String(source ?? '');
  return new Borrowed(key, () => createSearcher(source), grace);
}

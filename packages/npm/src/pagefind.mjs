/**
 * Pagefind's Node interface on Samara's indexer: what a program asks `pagefind` for, it asks `samara-search/pagefind` for.
 *
 *     import * as pagefind from 'samara-search/pagefind';
 *     const { index } = await pagefind.createIndex();
 *     await index.addDirectory({ path: 'public' });
 *     await index.addCustomRecord({ url: '/resume.pdf', content: '…', language: 'en' });
 *     await index.writeFiles({ outputPath: 'public/pagefind' });
 */

import { writeFileSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import { STACK } from './command.mjs';
import { replace } from './pagefind-folder.mjs';
import { OWN_ROOTS, addressed, faults, isPage, recordPage } from './pagefind-pages.mjs';

/**
 * @typedef {object} Config
 * @property {string} [rootSelector]
 * @property {string[]} [excludeSelectors]
 * @property {string} [forceLanguage]
 * @property {boolean} [keepIndexUrl]
 * @property {boolean} [verbose] counts in the log
 * @property {string} [logfile] what the indexer says goes into this file, which is written anew
 * @property {string} [includeCharacters] without effect, with a warning
 * @property {boolean} [writePlayground] without effect, with a warning
 */

/**
 * What was added: its address, its fields, and how many different words it has.
 * @typedef {{ uniqueWords: number, url: string, meta: Record<string, string> }} NewFile
 */

/** @typedef {Awaited<ReturnType<typeof createIndex>>['index']} PagefindIndex */

/** What each key of a configuration has to be. */
const KEYS = /** @type {Record<string, [(value: unknown) => boolean, string]>} */ ({
  rootSelector: [isText, 'a text'],
  excludeSelectors: [(value) => Array.isArray(value) && value.every(isText), 'a list of texts'],
  forceLanguage: [isText, 'a text'],
  keepIndexUrl: [isBoolean, 'true or false'],
  verbose: [isBoolean, 'true or false'],
  logfile: [isText, 'a path'],
  includeCharacters: [isText, 'a text'],
  writePlayground: [isBoolean, 'true or false'],
});
/** What has no counterpart, and what to do instead. */
const WITHOUT = /** @type {Record<string, string>} */ ({
  includeCharacters: 'it has no effect; signs that mean something are searched as they are',
  writePlayground: 'no playground is written; `samara search --explain` tells how results are ranked',
});

/** The thread that all indexes of this process share. @type {Service | undefined} */
let service;

/**
 * Begins an index.
 * @param {Config} [config]
 */
export async function createIndex(config) {
  check(config ?? {});
  service ??= new Service();
  return { errors: /** @type {string[]} */ ([]), index: indexOf(config ?? {}, service) };
}

/** Ends the thread. Its indexes can do nothing more, and what they were asked for and have not done is an error. */
export async function close() {
  const ended = service;
  service = undefined;
  await ended?.end();
}

/**
 * @param {Config} config
 * @param {Service} service
 */
function indexOf(config, service) {
  /** @type {{ folder: string, files: string[] }[]} */
  let folders = [];
  /**
   * What was added by itself, by its address or else its path: whoever adds it again replaces it.
   * @type {Map<string, { path: string, content: (marked: boolean) => string, isRecord: boolean }>}
   */
  let pages = new Map();
  let number = 0;
  let isDeleted = false;
  let log = '';

  /**
   * @param {import('./pagefind-thread.mjs').Part[]} parts
   * @param {{ glob?: string, hits?: boolean }} [options]
   */
  const build = async (parts, { glob, hits } = {}) => {
    if (isDeleted) throw new Error('this index was deleted; begin another one with createIndex()');
    const words = [...asked(config), ...glob === undefined ? [] : [`--glob=${glob}`]];
    // Addresses are those of the files, whatever the links of a part of the site look like.
    const outcome = await service.build(parts, { arguments: words, config: 'strip-html = false\n', alone: false, hits });
    log += outcome.messages;
    if (config.logfile !== undefined) writeFileSync(config.logfile, log);
    return outcome;
  };

  /** The whole index. */
  const whole = async () => {
    if (!isDeleted && !folders.length && !pages.size) throw new Error('nothing has been added; there is no index without a page');
    const made = (/** @type {boolean} */ marked) => build([
      ...folders,
      ...pages.size ? [{ pages: [...pages.values()].map(({ path, content }) => ({ path, content: content(marked) })) }] : [],
    ]);
    const outcome = await made(false);
    const records = new Set([...pages.values()].filter(({ isRecord }) => isRecord).map(({ path }) => path));
    // Where the pages of a site mark what is content, records are content as well.
    const all = outcome.account.some((line) => 'skipped' in line && records.has(line.path)) ? await made(true) : outcome;
    for (const line of all.messages.split('\n')) if (line.startsWith('warning: ')) process.emitWarning(line.slice(9), 'SamaraWarning');
    return all.files;
  };

  /**
   * Adds a page that stands by itself.
   * @param {string} key
   * @param {{ path: string, content: (marked: boolean) => string, isRecord: boolean }} page
   * @param {string} [url] which it has to have
   */
  const add = async (key, page, url) => {
    const { account, hits: [hit], files } = await build([{ pages: [{ path: page.path, content: page.content(false) }] }], { hits: true }).catch((error) => {
      // The build says of every file why it became no document.
      const [, reason] = error.message.split(`\n  ${page.path}: `);
      throw reason === undefined ? error : new Error(`${url ?? page.path}: ${reason}`);
    });
    const line = /** @type {import('./memory.mjs').Cleaned} */ (account[0]);
    pages.set(key, page);
    return { file: /** @type {NewFile} */ ({ uniqueWords: uniqueWords(line), url: url ?? rooted(line.url), meta: metaOf(hit, files) }) };
  };

  return {
    /**
     * Adds the pages of a folder, which is read again when the files of the index are asked for.
     * @param {{ path: string, glob?: string }} directory
     */
    addDirectory: ({ path, glob }) => answered(async () => {
      const folder = resolve(path);
      const { account } = await build([{ folder }], { glob });
      folders.push({ folder, files: [...new Set(account.map((line) => line.path))] });
      return { page_count: account.filter((line) => !('skipped' in line)).length };
    }, { page_count: 0 }),

    /**
     * Adds a page by its markup. `url` is its address, or else `sourcePath` tells it.
     * @param {{ content: string, url?: string, sourcePath?: string }} file
     */
    addHTMLFile: ({ url, sourcePath, content }) => answered(async () => {
      if (typeof content !== 'string') throw new Error('content: write the markup of the page, as a text');
      if (!url && !sourcePath) throw new Error('a page needs `url` or `sourcePath`; write one of them');
      const path = url ? '' : inside(sourcePath ?? '');
      const address = url || (isPage(path) ? '' : rooted(path));
      const page = address ? { path: named(address, ++number), markup: addressed(content, address) } : { path, markup: content };
      return add(address || path, { path: page.path, content: () => page.markup, isRecord: false }, address || undefined);
    }),

    /**
     * Adds something that is no page.
     * @param {import('./pagefind-pages.mjs').CustomRecord} record
     */
    addCustomRecord: (record) => answered(async () => {
      const wrong = faults(record);
      if (wrong.length) throw new AggregateError(wrong);
      return add(record.url, { path: named(record.url, ++number), content: (marked) => recordPage(record, marked), isRecord: true }, record.url);
    }),

    /** The files of the index, to be served from one folder. */
    getFiles: () => answered(async () => ({ files: [...await whole()].map(([path, content]) => ({ path, content })) }), { files: /** @type {{ path: string, content: Uint8Array }[]} */ ([]) }),

    /**
     * Writes the files of the index into a folder, `pagefind` unless it is told.
     * @param {{ outputPath?: string }} [options]
     */
    writeFiles: ({ outputPath = 'pagefind' } = {}) => answered(async () => {
      replace(resolve(outputPath), await whole());
      return { outputPath };
    }, { outputPath }),

    /** Forgets what was added. Files that were written stay. */
    deleteIndex: async () => {
      isDeleted = true;
      folders = [];
      pages = new Map();
      return null;
    },
  };
}

/**
 * What was done, or what went wrong; nothing is thrown.
 * @template {object} T
 * @param {() => Promise<T>} work
 * @param {Partial<T>} [otherwise] what stands beside an error
 * @returns {Promise<{ errors: string[] } & T>}
 */
async function answered(work, otherwise = {}) {
  try {
    return { errors: [], ...await work() };
  } catch (error) {
    const errors = error instanceof AggregateError ? error.errors.map(String) : [error instanceof Error ? error.message : String(error)];
    return /** @type {{ errors: string[] } & T} */ ({ errors, ...otherwise });
  }
}

/** The thread, and what it was asked for. */
class Service {
  #worker = new Worker(new URL('./pagefind-thread.mjs', import.meta.url), { resourceLimits: { stackSizeMb: STACK } });
  /** @type {Map<number, { resolve: (outcome: import('./memory.mjs').Outcome) => void, reject: (error: Error) => void }>} */
  #pending = new Map();
  #number = 0;
  #isEnded = false;

  constructor() {
    this.#worker.on('message', ({ number, outcome, fault }) => {
      const asker = this.#pending.get(number);
      this.#pending.delete(number);
      // A program whose work is done ends, whether or not it closes the thread.
      if (!this.#pending.size) this.#worker.unref();
      if (outcome) asker?.resolve(outcome);
      else asker?.reject(new Error(fault));
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the thread of the index was closed')));
    this.#worker.unref();
  }

  /**
   * @param {import('./pagefind-thread.mjs').Part[]} parts
   * @param {import('./memory.mjs').Options} options
   * @returns {Promise<import('./memory.mjs').Outcome>}
   */
  build(parts, options) {
    if (this.#isEnded) return Promise.reject(new Error('this index was closed with the thread that it needs; begin another one with createIndex()'));
    return new Promise((resolve, reject) => {
      this.#pending.set(++this.#number, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ number: this.#number, parts, options });
    });
  }

  async end() {
    this.#isEnded = true;
    await this.#worker.terminate();
  }

  /** @param {Error} error */
  #fail(error) {
    this.#isEnded = true;
    if (service === this) service = undefined;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

/** @param {Config} config */
function check(config) {
  for (const [key, value] of Object.entries(config)) {
    if (value === undefined || value === null) continue;
    const [fits, wanted] = KEYS[key] ?? [];
    if (!fits) process.emitWarning(`createIndex: there is no ${key}; it has no effect`, 'SamaraWarning');
    else if (!fits(value)) throw new TypeError(`createIndex: ${key}: write ${wanted}, not ${JSON.stringify(value)}`);
    else if (WITHOUT[key] && value) process.emitWarning(`createIndex: ${key}: ${WITHOUT[key]}`, 'SamaraWarning');
  }
}

/**
 * The arguments that a configuration stands for.
 * @param {Config} config
 */
function asked({ rootSelector, excludeSelectors = [], forceLanguage, keepIndexUrl, verbose }) {
  return [
    '--pagefind',
    ...rootSelector ? [`--root-selector=${[rootSelector, ...OWN_ROOTS].join(', ')}`] : [],
    ...excludeSelectors.map((selector) => `--exclude-selectors=${selector}`),
    ...forceLanguage ? [`--force-language=${forceLanguage}`] : [],
    ...keepIndexUrl ? ['--keep-index-url'] : [],
    ...verbose ? ['--verbose'] : [],
  ];
}

/**
 * A name for what has none, which messages show.
 * @param {string} url
 * @param {number} number
 */
function named(url, number) {
  const name = url.split(/[?#]/)[0].split('/').filter(Boolean).at(-1)?.replaceAll(/[^\p{L}\p{N}._-]/gu, '-').replace(/^\.+/, '');
  return `-added/${number}/${name || 'page'}.html`;
}

/** Where a file lies on the site. @param {string} path */
function inside(path) {
  const name = (isAbsolute(path) ? relative(process.cwd(), path) : path).split(sep).join('/').replace(/^(\.\/)+/, '');
  if (!name || name.split('/').includes('..') || isAbsolute(name)) throw new Error(`sourcePath: ${path} lies outside of the folder of the site; write a path beneath it`);
  return name;
}

/** @param {string} url */
function rooted(url) {
  return /^([a-z][a-z\d+.-]*:|\/)/i.test(url) ? url : `/${url}`;
}

/** @param {import('./memory.mjs').Cleaned} line */
function uniqueWords({ title, text }) {
  return new Set(`${title}\n${text}`.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu)).size;
}

/**
 * The fields that a result shows.
 * @param {import('./memory.mjs').Hit | undefined} hit
 * @param {Map<string, Uint8Array>} files
 * @returns {Record<string, string>}
 */
function metaOf(hit, files) {
  // The script of the bundle knows which fields are metadata.
  const [facts = ''] = /%7B%22root%22[\w%]*/.exec(new TextDecoder().decode(files.get('pagefind.js'))) ?? [];
  const names = /** @type {string[]} */ (JSON.parse(decodeURIComponent(facts)).meta);
  const meta = names.filter((name) => hit?.meta[name] !== undefined).map((name) => [name, [hit?.meta[name]].flat().join(', ')]);
  return { ...Object.fromEntries(meta), ...hit?.title ? { title: hit.title } : {} };
}

/** @param {unknown} value @returns {value is string} */
function isText(value) {
  return typeof value === 'string';
}

/** @param {unknown} value @returns {value is boolean} */
function isBoolean(value) {
  return typeof value === 'boolean';
}

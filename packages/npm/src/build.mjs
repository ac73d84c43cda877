/**
 * Builds a search in this process, without writing any file:
 *
 *     import { build } from 'samara-search/build';
 *     const { files } = await build({ paths: ['public'] });
 *     const { page } = await build({ pages: [{ path: 'a.html', content: '<main>…' }], title: 'Letters' });
 */

import { Worker } from 'node:worker_threads';
import { STACK } from './command.mjs';

/**
 * A file by its content, or a document by its fields, such as `{ url, title, text }`; docs/formats.md lists them.
 * @typedef {{ path: string, content: string | Uint8Array } | { url: string, title?: string, text?: string, html?: string, [field: string]: unknown }} Page
 */

/**
 * @typedef {object} Input
 * @property {string[]} [paths] folders or files
 * @property {Iterable<Page> | AsyncIterable<Page>} [pages] taken one by one
 * @property {(read: number, all: number) => void} [progress]
 */

/**
 * Builds a search.
 * @param {Input & import('./memory.mjs').Options} input
 * @returns {Promise<import('./memory.mjs').Outcome>}
 */
export async function build({ paths = [], pages = [], progress = () => {}, ...options }) {
  if (typeof paths === 'string') throw new TypeError('paths: write a list, as in ["public"]');
  const documents = await collect(pages);
  const worker = new Worker(new URL('./build-thread.mjs', import.meta.url), {
    workerData: { paths, documents, options },
    // The bytes are moved, not copied.
    transferList: documents.map(({ bytes }) => bytes.buffer),
    resourceLimits: { stackSizeMb: STACK },
  });
  return new Promise((resolve, reject) => {
    worker.on('message', ({ outcome, fault, read, all }) => {
      if (outcome) resolve(outcome);
      else if (fault) reject(new Error(fault));
      else progress(read, all);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread that builds ended early')));
  });
}

/**
 * What is handed to the thread: files, and in one more the documents that come by their fields.
 * @param {Iterable<Page> | AsyncIterable<Page>} pages
 */
async function collect(pages) {
  const encoder = new TextEncoder();
  const documents = [];
  const lines = [];
  for await (const page of pages) {
    if ('content' in page && typeof page.path === 'string') {
      const { path, content } = page;
      // A copy, because the original is the caller's to keep.
      documents.push({ path, bytes: typeof content === 'string' ? encoder.encode(content) : Uint8Array.from(/** @type {Uint8Array} */ (content)) });
    } else if (page && typeof page === 'object' && 'url' in page) {
      lines.push(JSON.stringify(page));
    } else {
      throw new TypeError('pages: each needs `path` and `content`, or `url` and `text`');
    }
  }
  if (lines.length) documents.push({ path: 'pages.jsonl', bytes: encoder.encode(lines.join('\n')) });
  return documents;
}

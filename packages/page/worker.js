/** The build itself, beside the page: the light module first, and the whole one only where a page needs its extractors. */

import { unzipSync } from 'fflate';
import { build } from '../npm/src/memory.mjs';

/** @typedef {import('../npm/src/memory.mjs').Source} Source */

/** What is read at all, in bytes; a zip may be a bomb. */
const MOST = 1 << 29;
/** So many documents, from all over the corpus, tell whether extractors will be needed. */
const SAMPLE = 12;

addEventListener('message', async ({ data: { files, options } }) => {
  const start = performance.now();
  try {
    const sources = /** @type {{ path: string, file: File }[]} */ (files).flatMap(({ path, file }) => /\.zip$/i.test(path) ? unzipped(file) : source(path, file));
    const bytes = sources.reduce((sum, { size }) => sum + size, 0);
    if (bytes > MOST) throw new Error(`These files have ${Math.round(bytes / 1e6)} MB, and a browser can take in ${Math.round(MOST / 1e6)} MB. The command has no such limit: npx samara-search build FOLDER -o samara`);
    const outcome = await built(sources, options);
    postMessage({ outcome: { ...outcome, seconds: (performance.now() - start) / 1e3 } });
  } catch (error) {
    postMessage({ fault: explained(error) });
  }
});

/** @param {Source[]} sources @param {import('../npm/src/memory.mjs').Options} options */
async function built(sources, options) {
  const tell = (/** @type {number} */ done, /** @type {number} */ all) => postMessage({ state: done < all ? `Reading ${done} of ${all} …` : 'Indexing …', done, all });
  const light = await load('samara-light.wasm', 'Loading the builder …');
  const step = Math.max(1, Math.floor(sources.length / SAMPLE));
  const sample = sources.filter((_, place) => place % step === 0);
  const input = (/** @type {Source[]} */ sources) => sources.length === 1 ? [{ file: sources[0] }] : [{ name: 'documents', sources }];
  const first = sample.length < sources.length ? await build(light, input(sample), options).catch(() => undefined) : undefined;
  if (!first?.account.some(needsMore)) {
    const outcome = await build(light, input(sources), options, tell).catch((fault) => ({ fault }));
    // Where all pages are of that kind, there is nothing to build without.
    if ('account' in outcome ? !outcome.account.some(needsMore) : !sources.some(({ path }) => /\.(x?html?|pdf)(\.gz)?$/i.test(path))) {
      if ('fault' in outcome) throw outcome.fault;
      return outcome;
    }
  }
  return build(await load('samara.wasm', 'Some of these need a reader that was not loaded yet: loading it …'), input(sources), options, tell);
}

/** @param {object} line of the account */
const needsMore = (line) => 'needs' in line;

/** @param {string} name @param {string} state */
async function load(name, state) {
  postMessage({ state });
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(`${name} could not be loaded (${answer.status}); reload this page`);
  return WebAssembly.compile(await answer.arrayBuffer());
}

/** @param {string} path @param {File} file @returns {Source} */
function source(path, file) {
  return { path, size: file.size, read: () => new Uint8Array(new FileReaderSync().readAsArrayBuffer(file)) };
}

/** @param {File} file @returns {Source[]} */
function unzipped(file) {
  let whole = 0;
  const entries = unzipSync(new Uint8Array(new FileReaderSync().readAsArrayBuffer(file)), {
    filter({ name, originalSize }) {
      if (name.endsWith('/')) return false;
      whole += originalSize;
      if (whole > MOST) throw new Error(`${file.name} unpacks to more than ${Math.round(MOST / 1e6)} MB; unpack it and choose a part, or use the command: npx samara-search build FOLDER -o samara`);
      return true;
    },
  });
  // What is left of paths that would lead out of the archive.
  const safe = (/** @type {string} */ name) => name.replaceAll('\\', '/').split('/').filter((part) => part && part !== '.' && part !== '..').join('/');
  return Object.entries(entries).map(([name, bytes]) => ({ path: safe(name), size: bytes.length, read: () => Uint8Array.from(bytes) }));
}

/** @param {unknown} error */
function explained(error) {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    return `The memory or the stack of this browser ended (${text}). Choose fewer documents, or use the command, which has no such limit: npx samara-search build FOLDER -o samara`;
  }
  return text;
}

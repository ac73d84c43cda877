/** The thread behind an index of `samara-search/pagefind`: it keeps the module, and builds what it is asked for. */

import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { input, source } from './folder.mjs';
import { build } from './memory.mjs';

/**
 * A folder, of which only some files may be read, or pages by their content.
 * @typedef {{ folder: string, files?: string[] } | { pages: { path: string, content: string }[] }} Part
 */

const module = readFile(new URL('../samara.wasm', import.meta.url)).then((bytes) => WebAssembly.compile(bytes));

parentPort?.on('message', async ({ number, parts, options }) => {
  try {
    const outcome = await build(await module, parts.map(made), options);
    parentPort?.postMessage({ number, outcome });
  } catch (error) {
    parentPort?.postMessage({ number, fault: error instanceof Error ? error.message : String(error) });
  }
});

/** @param {Part} part @returns {import('./memory.mjs').Input} */
function made(part) {
  if ('pages' in part) return { name: 'pages', sources: part.pages.map(({ path, content }) => page(path, content)) };
  if (!part.files) return input(part.folder);
  return { name: basename(part.folder) || 'root', sources: part.files.map((path) => source(join(part.folder, path), path)) };
}

/** @param {string} path @param {string} content @returns {import('./memory.mjs').Source} */
function page(path, content) {
  const bytes = new TextEncoder().encode(content);
  return { path, size: bytes.byteLength, read: () => bytes };
}

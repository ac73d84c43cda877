/** The thread behind `build()`: its stack is large, and whoever called goes on meanwhile. */

import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { build } from './memory.mjs';

/** Documents that come by their fields. */
const ENTRIES = 'pages.jsonl';

const { paths, documents, options } = workerData;
const given = documents.map(({ path, bytes }) => ({ path, size: bytes.byteLength, read: () => bytes }));
try {
  const module = await WebAssembly.compile(await readFile(new URL('../samara.wasm', import.meta.url)));
  const inputs = paths.map((path) => input(path));
  const files = given.filter(({ path }) => path !== ENTRIES);
  if (files.length) inputs.push({ name: 'pages', sources: files });
  for (const file of given) if (file.path === ENTRIES) inputs.push({ file });
  if (!inputs.length) throw new Error('there is nothing to build from; name folders in `paths`, or give documents in `pages`');
  const outcome = await build(module, inputs, options, (read, all) => parentPort?.postMessage({ read, all }));
  parentPort?.postMessage({ outcome });
} catch (error) {
  parentPort?.postMessage({ fault: error instanceof Error ? error.message : String(error) });
}

/**
 * @param {string} path
 * @returns {import('./memory.mjs').Input}
 */
function input(path) {
  if (statSync(path).isDirectory()) return { name: basename(realpathSync(path)) || 'root', sources: below(path) };
  return { file: source(path, basename(path)) };
}

/**
 * The files beneath a folder, by their paths relative to it. Which of them are documents is the module's to say.
 * @param {string} path
 * @returns {Generator<import('./memory.mjs').Source>}
 */
function* below(path) {
  const root = realpathSync(path);
  const seen = new Set();
  const folders = [''];
  for (let folder; (folder = folders.pop()) !== undefined;) {
    const real = realpathSync(join(root, folder));
    // Links in a circle end, and none leads out.
    if (seen.has(real)) continue;
    seen.add(real);
    for (const name of readdirSync(real).sort()) {
      const inner = folder ? `${folder}/${name}` : name;
      let target;
      try {
        target = realpathSync(join(real, name));
      } catch {
        continue;
      }
      if (target !== root && !target.startsWith(root + sep)) continue;
      const found = statSync(target);
      if (found.isDirectory()) folders.push(inner);
      else if (found.isFile()) yield source(target, inner);
    }
  }
}

/** @param {string} file @param {string} path @returns {import('./memory.mjs').Source} */
function source(file, path) {
  return { path, size: statSync(file).size, read: () => Uint8Array.from(readFileSync(file)) };
}

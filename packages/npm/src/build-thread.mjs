/** The thread behind `build()`: its stack is large, and whoever called goes on meanwhile. */

import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { input } from './folder.mjs';
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

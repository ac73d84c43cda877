/** One instance of the command by Node's own WASI; its outcome is the thread's message. */

import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';

// Node tells of each use that its WASI may change, which nobody who searches a site can do anything about.
process.removeAllListeners('warning');
process.on('warning', ({ name, message }) => name === 'ExperimentalWarning' || console.error(`${name}: ${message}`));
const { WASI } = await import('node:wasi');

const { words, env, preopens } = workerData;
const module = await WebAssembly.compile(await readFile(new URL('../samara.wasm', import.meta.url)));
const wasi = new WASI({ version: 'preview1', args: ['samara', ...words], env, preopens, returnOnExit: true });
const instance = await WebAssembly.instantiate(module, /** @type {WebAssembly.Imports} */ (wasi.getImportObject()));
try {
  parentPort?.postMessage({ code: wasi.start(instance) });
} catch (error) {
  parentPort?.postMessage({ trap: error instanceof Error ? error.message : String(error) });
}

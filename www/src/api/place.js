/**
 * Where Samara's own files lie, when its sources run as they are. The build puts a file of `place/` here instead; all
 * of them export the same names.
 */

/** Number that script and module must share; empty: any module will do. */
export const build = '';

/** Address that the other files' are relative to. */
export const home = import.meta.url;

/** Address that documents' addresses are relative to; empty: the page's own. */
export const site = '';

/**
 * Address and kind of the worker's script. `release` is called when the worker has started.
 * @returns {{ address: string, type: WorkerType, release(): void } | undefined} nothing where no worker can be had
 */
export function workerScript() {
  return { address: new URL('../worker/worker.js', import.meta.url).href, type: 'module', release() {} };
}

/**
 * Address of the wasm module beside this script, or its bytes where the page carries them.
 * @returns {string | Promise<Uint8Array<ArrayBuffer>>}
 */
export function ownModule() {
  return new URL('../../generated/samara_bg.wasm', import.meta.url).href;
}

/** @returns {Promise<Record<string, Record<string, import('../element/texts.js').Text>>>} the interface's texts in other languages than English */
export async function languagesFile() {
  return (await fetch(new URL('../element/languages.json', import.meta.url))).json();
}

/** Transfers that began before this script was there, by address. @type {Record<string, import('./early.js').Early>} */
export const early = {};

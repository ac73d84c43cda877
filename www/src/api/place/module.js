/**
 * Where Samara's files lie, for the modules of the package: script and module are their neighbours.
 * `new URL(name, import.meta.url)` is the form by which bundlers recognise files to carry along.
 */

export const build = '__SAMARA_BUILD__';

export function workerScript() {
  return {
    address: new URL('./samara.search.js', import.meta.url).href,
    type: /** @type {WorkerType} */ ('classic'),
    release() {},
  };
}

export function ownModule() {
  return new URL('./samara.wasm', import.meta.url).href;
}

export const home = import.meta.url;
export const site = '';

export async function languagesFile() {
  return (await fetch(new URL('./samara.languages.json', import.meta.url))).json();
}

/** Transfers that began before this script was there, by address. @type {Record<string, import('../early.js').Early>} */
export const early = {};

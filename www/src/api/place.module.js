/**
 * Where Samara's files lie, for `samara.mjs`: script and module are its neighbours.
 * `new URL(name, import.meta.url)` is the form by which bundlers recognise files to carry along.
 */

export const build = '__SAMARA_BUILD__';

export function workerScript() {
  return {
    address: new URL('./samara.js', import.meta.url).href,
    type: /** @type {WorkerType} */ ('classic'),
    release() {},
  };
}

export function ownModule() {
  return new URL('./samara.wasm', import.meta.url).href;
}

/** Address that the other files' are relative to. */
export const home = import.meta.url;

export const site = '';

export async function languagesFile() {
  return (await fetch(new URL('./samara.languages.json', import.meta.url))).json();
}

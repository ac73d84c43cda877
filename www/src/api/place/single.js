/**
 * Where Samara's files lie, in a page that carries everything: the script stands in the page itself and is its own
 * worker's text, and so does the module, as base64 text.
 */

import { failure } from '../errors.js';

export const build = '__SAMARA_BUILD__';
export const home = '';
export const site = '';

// Known only while the script runs for the first time, and not at all in a worker.
const text = typeof document === 'undefined' ? '' : (document.currentScript?.textContent ?? '');

export function workerScript() {
  if (!text) return undefined;
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  return { address, type: /** @type {WorkerType} */ ('classic'), release: () => URL.revokeObjectURL(address) };
}

export function ownModule() {
  const inline = document.getElementById('samara-wasm')?.textContent;
  if (inline) return inlineModule(inline);
  throw failure('missing-file', []);
}

/**
 * @param {string} base64 of a gzipped wasm module
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function inlineModule(base64) {
  const characters = atob(base64.trim());
  const packed = new Uint8Array(characters.length);
  for (let at = 0; at < packed.length; at++) packed[at] = characters.charCodeAt(at);
  return packed;
}

export async function languagesFile() {
  return JSON.parse(document.getElementById('samara-languages')?.textContent || '{}');
}

/** Transfers that began before this script was there, by address. @type {Record<string, import('../early.js').Early>} */
export const early = {};

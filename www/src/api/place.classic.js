/**
 * Where Samara's files lie, for `samara.js`: the script is its own worker, the module lies beside it.
 * In a single file the script stands in the page itself, and so does the module, as base64 text.
 */

import { fault } from './errors.js';

export const build = '__SAMARA_BUILD__';

// Known only while the script runs for the first time, and not at all in a worker.
const element =
  typeof document === 'undefined' ? null : /** @type {HTMLScriptElement | null} */ (document.currentScript);
const address = element?.src ?? '';
/** Address that the other files' are relative to; empty in a page that carries everything. */
export const home = address;
// The `samara` command writes here how the site's root is reached from this script, as in `../`.
const root = '__SAMARA_SITE__';
/** Address that documents' addresses are relative to; empty: the page's own. */
export const site = address && root.startsWith('.') ? new URL(root, address).href : '';
const text = address ? '' : (element?.textContent ?? '');

export function workerScript() {
  const type = /** @type {WorkerType} */ ('classic');
  if (address) return { address, type, release() {} };
  if (!text) return undefined;
  const blob = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  return { address: blob, type, release: () => URL.revokeObjectURL(blob) };
}

export function ownModule() {
  const inline = document.getElementById('samara-wasm')?.textContent;
  if (inline) return inlineModule(inline);
  if (address) return new URL('samara.wasm', address).href;
  throw fault(
    'missing-file',
    'This page carries no samara.wasm; say where it lies with the attribute src, or open(url).',
  );
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
  const inline = document.getElementById('samara-languages')?.textContent;
  return inline ? JSON.parse(inline) : (await fetch(new URL('samara.languages.json', address))).json();
}

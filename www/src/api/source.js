/** From what a page says of its index to where the module lies, or to its bytes. */

import { failure } from './errors.js';

/** @typedef {import('./searcher.js').Source} Source */

/**
 * @param {NonNullable<Parameters<typeof import('./search.js').open>[0]>} source
 * @returns {Source | Promise<Source>}
 */
export function resolveSource(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  const base = typeof document === 'undefined' ? globalThis.location?.href : document.baseURI;
  if (!URL.canParse(String(source), base)) {
    throw failure('missing-file', [String(source)]);
  }
  const address = new URL(/** @type {string | URL} */ (source), base);
  return address.pathname.endsWith('/') ? openFolder(address) : address.href;
}

/**
 * The module of a folder that `samara build` wrote has a name of its own, which the folder's manifest tells, and so does
 * the way from there to the site's root.
 * @param {URL} folder
 * @returns {Promise<Source>} `samara.wasm` where there is no manifest
 */
async function openFolder(folder) {
  try {
    const response = await fetch(new URL('samara.manifest', folder), { cache: 'no-cache' });
    const { module, site = '../' } = await response.json();
    // A file of this folder and nothing else.
    if (/^samara[.\w]*\.wasm$/.test(module)) {
      return { module: new URL(module, folder).href, site: new URL(site, folder).href };
    }
  } catch {
    // No manifest, or a page in its place: whoever fetches the module tells what is wrong.
  }
  return new URL('samara.wasm', folder).href;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes that do not begin like a wasm module
 * @param {string} name for messages
 * @returns {Promise<Uint8Array<ArrayBuffer>>} bytes that do
 */
export async function unpack(bytes, name) {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  if (start.trimStart().startsWith('<')) throw failure('wrong-type', [name]);
  try {
    // Not by way of a Blob, which WebKit cannot read in the worker of a page that was opened from a disk.
    const stream = /** @type {ReadableStream<BufferSource>} */ (new Response(bytes).body).pipeThrough(
      new DecompressionStream('gzip'),
    );
    const unpacked = new Uint8Array(await new Response(stream).arrayBuffer());
    if (unpacked[0] === 0) return unpacked;
  } catch {
    // Cut short, or none after all.
  }
  throw failure('damaged-module', [name]);
}

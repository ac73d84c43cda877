/**
 * From an address or bytes to a compiled module, with an error that says what to change where that fails.
 *
 * The module is read whole before it is compiled. Streaming compilation would save little, since nearly all of the
 * module is data, and it refuses modules that a host serves with a wrong MIME type.
 */

import { codeOf, fault } from '../api/errors.js';
import { build } from '../api/place.js';

/** @typedef {string | Uint8Array<ArrayBuffer> | WebAssembly.Module} ModuleSource address, bytes (also gzipped), or compiled */

/**
 * @param {ModuleSource} source
 * @param {number} stall milliseconds without a byte after which a transfer is given up
 * @returns {Promise<WebAssembly.Module>}
 */
export async function load(source, stall) {
  if (typeof source !== 'string') return checked(await compile(source, 'The given module'));
  try {
    return checked(await compile(await fetchBytes(source, stall, 'default'), source));
  } catch (error) {
    const successor = codeOf(error) === 'missing-file' && (await successorOf(source, stall));
    if (successor) return checked(await compile(await fetchBytes(successor, stall, 'default'), successor));
    // A cache may hold the module of an earlier build; the host itself is asked once before giving up.
    if (codeOf(error) !== 'build-mismatch') throw error;
    return checked(await compile(await fetchBytes(source, stall, 'reload'), source));
  }
}

/**
 * A script out of a cache may call a module that the site has replaced since. The script of today, past all caches, says
 * what the module is called now, and is from then on what caches hold.
 * @param {string} address of the module that is missing
 * @param {number} stall milliseconds
 * @returns {Promise<string | undefined>} the address of its successor; nothing where names tell nothing, or it is the same
 */
async function successorOf(address, stall) {
  const name = /samara\.[0-9a-f]{16}\.wasm/;
  if (!name.test(address)) return undefined;
  const script = await fetchBytes(new URL('samara.js', address).href, stall, 'reload').catch(() => undefined);
  const [current] = (script && name.exec(new TextDecoder().decode(script))) ?? [];
  return current && !address.endsWith(current) ? new URL(current, address).href : undefined;
}

/**
 * @param {WebAssembly.Module} module
 * @returns {WebAssembly.Module} the same, if it was built with this script
 */
function checked(module) {
  if (!build) return module;
  const [section] = WebAssembly.Module.customSections(module, 'samara-build');
  const found = section ? new TextDecoder().decode(section) : 'none';
  if (found === build) return module;
  throw fault(
    'build-mismatch',
    `The script is of build ${build}, the module of build ${found}. ` +
      'Deploy samara.js and samara.wasm of one build together, and reload the page.',
  );
}

/**
 * @param {Uint8Array<ArrayBuffer> | WebAssembly.Module} source
 * @param {string} name for messages
 */
async function compile(source, name) {
  if (source instanceof WebAssembly.Module) return source;
  const bytes = await unpacked(source, name);
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw refused(name, error);
  }
}

/**
 * Why the browser would not compile or start a module.
 * @param {string} name of the module
 * @param {unknown} error
 */
export function refused(name, error) {
  // Engines word it differently, and none gives it an error class of its own.
  if (!/policy|csp|unsafe-eval/i.test(String(error))) return damaged(name, error);
  return fault(
    'blocked-by-policy',
    "The page's content security policy forbids WebAssembly. Add 'wasm-unsafe-eval' to its script-src.",
    error,
  );
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} name for messages
 * @returns {Promise<Uint8Array<ArrayBuffer>>} bytes that begin like a wasm module
 */
async function unpacked(bytes, name) {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  if (start === '\0asm') return bytes;
  if (start.startsWith('\x1f\x8b')) {
    try {
      // Not by way of a Blob, which WebKit cannot read in the worker of a page that was opened from a disk.
      const stream = /** @type {ReadableStream<BufferSource>} */ (new Response(bytes).body).pipeThrough(
        new DecompressionStream('gzip'),
      );
      return unpacked(new Uint8Array(await new Response(stream).arrayBuffer()), name);
    } catch (error) {
      throw codeOf(error) ? error : damaged(name, error);
    }
  }
  if (start.trimStart().startsWith('<')) {
    throw fault(
      'wrong-type',
      `${name} is a web page, not a wasm module. The file is probably missing and the host ` +
        'answers with a page of its own: upload samara.wasm, or correct its address.',
    );
  }
  throw damaged(name);
}

/**
 * @param {string} name
 * @param {unknown} [cause]
 */
function damaged(name, cause) {
  return fault(
    'damaged-module',
    `${name} is no whole wasm module. Deploy it again, and check that the host does not convert it.`,
    cause,
  );
}

/**
 * @param {string} address
 * @param {number} stall milliseconds
 * @param {RequestCache} cache
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function fetchBytes(address, stall, cache) {
  const control = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => control.abort(), stall);
  };
  const blocked = policyWatch(address);
  alive();
  try {
    const response = await fetch(address, { cache, signal: control.signal });
    if (!response.ok) {
      throw fault(
        'missing-file',
        `${address} is not there (status ${response.status}). ` +
          'Upload samara.wasm, or say where it lies with the attribute src, or open(url).',
      );
    }
    return await readAll(response, alive);
  } catch (error) {
    if (codeOf(error)) throw error;
    if (control.signal.aborted) {
      throw fault('timeout', `${address} did not arrive: no byte for ${stall / 1000} seconds. Try again.`, error);
    }
    if (await blocked.happened()) {
      throw fault(
        'blocked-by-policy',
        `The page's content security policy forbids fetching ${address}. ` + 'Allow its origin in connect-src.',
        error,
      );
    }
    // WebKit tells workers of no violation, hence the mention of connect-src.
    throw fault(
      'unreachable',
      `${address} could not be fetched. The device may be offline, connect-src forbid it, or the ` +
        'other origin not allow it (CORS); a page on a disk needs the single-file layout.',
      error,
    );
  } finally {
    clearTimeout(timer);
    blocked.end();
  }
}

/**
 * @param {Response} response
 * @param {() => void} alive called for every part that arrives
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function readAll(response, alive) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    alive();
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/**
 * A refused fetch looks like a lost network; only the violation event tells them apart.
 * @param {string} address
 */
function policyWatch(address) {
  const control = new AbortController();
  let seen = false;
  /** @param {Event} event */
  const note = (event) => {
    seen ||= address.startsWith(/** @type {SecurityPolicyViolationEvent} */ (event).blockedURI);
  };
  globalThis.addEventListener('securitypolicyviolation', note, { signal: control.signal });
  return {
    // The event is a task of its own, which may come after the rejection.
    happened: async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return seen;
    },
    end: () => control.abort(),
  };
}

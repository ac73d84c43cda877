/**
 * From an address or bytes to a compiled module, with an error that says what to change where that fails.
 *
 * The module is read whole before it is compiled. Streaming compilation would save little, since nearly all of the
 * module is data, and it refuses modules that a host serves with a wrong MIME type.
 */

import { loadThird } from '../third/load.js';
import { transfer } from './early.js';
import { codeOf, failure } from './errors.js';
import { build } from './place.js';

/** @typedef {string | Uint8Array<ArrayBuffer> | WebAssembly.Module} ModuleSource address, bytes (also gzipped), or compiled */
/** @typedef {(loaded: number, total: number) => void} Progress bytes that arrived, and of how many; 0 where that is not known */

/** For transfers that nobody waits to see. */
const unseen = () => {};

/**
 * @param {ModuleSource} source
 * @param {number} stall milliseconds without a byte after which a transfer is given up
 * @param {Progress} progress told of what arrives
 * @returns {Promise<WebAssembly.Module>}
 */
export async function load(source, stall, progress) {
  if (typeof source !== 'string') return checked(await compile(source, 'The module'));
  try {
    return checked(await compile(await fetchBytes(source, stall, 'default', progress), source));
  } catch (error) {
    const fresh = (/** @type {string} */ address) => fetchBytes(address, stall, 'reload', unseen);
    const third = codeOf(error) === 'missing-file' && (await loadThird().catch(() => undefined));
    const successor = third && (await third.successorOf(source, fresh));
    if (successor) return checked(await compile(await fetchBytes(successor, stall, 'default', progress), successor));
    // A cache may hold the module of an earlier build; the host itself is asked once before giving up.
    if (codeOf(error) !== 'build-mismatch') throw error;
    return checked(await compile(await fetchBytes(source, stall, 'reload', progress), source));
  }
}

/**
 * @param {WebAssembly.Module} module
 * @returns {WebAssembly.Module} the same, if it was built with this script
 */
export function checked(module) {
  if (!build) return module;
  const [section] = WebAssembly.Module.customSections(module, 'samara-build');
  const found = section ? new TextDecoder().decode(section) : 'none';
  if (found === build) return module;
  throw failure('build-mismatch', [build, found], module);
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
  const told = String(error);
  if (/policy|csp|unsafe-eval/i.test(told)) return failure('blocked-by-policy', [], error);
  // Anything else, such as too little memory, is the device's and not the module's.
  const isDamaged = /^(Compile|Runtime)/.test(told);
  return isDamaged ? failure('damaged-module', [name], error) : failure('crashed', [told], error);
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} name for messages
 * @returns {Promise<Uint8Array<ArrayBuffer>>} bytes that begin like a wasm module
 */
async function unpacked(bytes, name) {
  // A module begins with a zero, and nothing else that a host may send.
  return bytes[0] === 0 ? bytes : (await loadThird()).unpack(bytes, name);
}

/**
 * @param {string} address
 * @param {number} stall milliseconds
 * @param {RequestCache} cache
 * @param {Progress} progress
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function fetchBytes(address, stall, cache, progress) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => control.abort(), stall);
  };
  const blocked = policyWatch(address);
  const { control, arriving } = transfer(address, cache);
  alive();
  try {
    const response = await arriving;
    if (!response.ok) throw failure('missing-file', [address, response.status]);
    // What is compressed in transit is longer than what it says.
    const total = response.headers.has('Content-Encoding') ? 0 : Number(response.headers.get('Content-Length'));
    return await readAll(response, (loaded) => {
      alive();
      progress(loaded, total >= loaded ? total : 0);
    });
  } catch (error) {
    if (codeOf(error)) throw error;
    if (control.signal.aborted) throw failure('timeout', [address, stall / 1000], error);
    throw failure((await blocked.happened()) ? 'blocked-by-policy' : 'unreachable', [address], error);
  } finally {
    clearTimeout(timer);
    blocked.end();
  }
}

/**
 * @param {Response} response
 * @param {(loaded: number) => void} arrived called for every part that arrives
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function readAll(response, arrived) {
  let loaded = 0;
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    loaded += value.length;
    arrived(loaded);
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

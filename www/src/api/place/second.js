/**
 * Where Samara's files lie, for `samara.search.js`: as `samara.js` says, which loads it. This script is also the worker's.
 */

import { fault } from '../errors.js';

export const build = '__SAMARA_BUILD__';

/** @typedef {{ files: typeof import('./classic.js').files, trustedScript: typeof import('../policy.js').trustedScript }} Given */

/** What `samara.js` put on this script's element; nothing in a worker. */
const given = /** @type {Given | undefined} */ (
  typeof document === 'undefined' ? undefined : /** @type {any} */ (document.currentScript)?.samara
);
const files = given?.files;

export const home = files?.home ?? '';
export const site = files?.site ?? '';
/** The page's one policy is made by the script that came first. */
export const trustedScript = given?.trustedScript;

export function workerScript() {
  return files && { address: files.search, type: /** @type {WorkerType} */ ('classic'), release() {} };
}

export function ownModule() {
  if (files?.module) return files.module;
  throw fault(
    'missing-file',
    'This page carries no samara.wasm; say where it lies with the attribute src, or open(url).',
  );
}

export async function languagesFile() {
  return (await fetch(files?.languages ?? '')).json();
}

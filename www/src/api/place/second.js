/**
 * Where Samara's files lie, for `samara.search.js`: as `samara.js` says, which loads it. This script is also the worker's.
 */

import { failure } from '../errors.js';

export const build = '__SAMARA_BUILD__';

/** What `samara.js` put on this script's element; nothing in a worker. */
const given = /** @type {Partial<typeof import('../../second/load.classic.js').given>} */ (
  (typeof document === 'undefined' ? undefined : /** @type {any} */ (document.currentScript)?.samara) ?? {}
);
export const { files, scriptLoader, early = {} } = given;

export const home = files?.home ?? '';
export const site = files?.site ?? '';
/**
 * What stands in for `policy.js`, `dom.js`, `names.js` and `shortcuts.js` here: the page has one policy and one list of
 * texts of its own, and the rest need not come twice.
 */
export const {
  trustedScript,
  adopt,
  buttonNode,
  create,
  faultNodes,
  listensUntil,
  tell,
  ownTexts,
  FIRST,
  tongueOf,
  isSingleKey,
  SINGLE_KEY,
  singleKeysWanted,
} = given;

export function workerScript() {
  return files && { address: files.search, type: /** @type {WorkerType} */ ('classic'), release() {} };
}

export function ownModule() {
  if (files?.module) return files.module;
  throw failure('missing-file', []);
}

export async function languagesFile() {
  return (await fetch(files?.languages ?? '')).json();
}

/** Sentences for what went wrong follow when something did. */

import { loadThird } from '../third/load.js';

/**
 * @template E
 * @param {E} error
 * @returns {Promise<E>} the same, which says what happened and what to do about it, unless the sentences cannot be had, either
 */
export async function explained(error) {
  const { about, code = '' } = /** @type {Partial<ReturnType<typeof import('./errors.js').failure>>} */ (error ?? {});
  const third = about && (await loadThird().catch(() => undefined));
  if (third && about) Object.assign(/** @type {object} */ (error), { message: third.sentence(code, about) });
  return error;
}

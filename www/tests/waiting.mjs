/** Waiting for what has no event. */

import assert from 'node:assert/strict';

/** Milliseconds after which something is taken for never to come: far more than it takes, since the machine may have much else to do. */
export const PATIENCE = 60000;

/**
 * Asks again and again until there is an answer.
 * @template T
 * @param {() => T | Promise<T>} ask
 * @param {string | (() => Promise<string>)} [what] was waited for, for the message
 * @returns {Promise<Exclude<T, false | undefined>>} the first answer that is neither false nor nothing
 */
export async function eventually(ask, what = String(ask)) {
  for (const end = Date.now() + PATIENCE; ; ) {
    const answer = await ask();
    if (answer) return /** @type {Exclude<T, false | undefined>} */ (answer);
    if (Date.now() > end) assert.fail(`waited in vain for ${typeof what === 'string' ? what : await what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** axe-core, run in a page. */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** For the page to load. */
export const axeScript = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * @typedef {[rule: string, node: string, message: string]} Finding
 * @param {import('./browser.mjs').Page} page
 * @returns {Promise<{ violations: Finding[], incomplete: Finding[] }>} what is wrong, and what axe leaves to people
 */
export function audit(page) {
  return page.eval(async () => {
    const { violations, incomplete } = await /** @type {any} */ (window).axe.run(document, {
      resultTypes: ['violations', 'incomplete'],
    });
    /** @returns {Finding[]} */
    const told = (/** @type {any[]} */ rules) =>
      rules.flatMap(({ id, nodes }) =>
        nodes.map((/** @type {any} */ { html, any }) => [id, html, any[0]?.message ?? '']),
      );
    return { violations: told(violations), incomplete: told(incomplete) };
  });
}

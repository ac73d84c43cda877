/** What a person does with the search box and sees of it, in words that tests can use. */

import { fileURLToPath } from 'node:url';
import { eventually } from './waiting.mjs';

/** @typedef {import('./browser.mjs').Page} Page */

/** The built site. */
export const SITE = process.env.SAMARA_SITE ?? fileURLToPath(new URL('../../target/site', import.meta.url));

/** What the element shows. */
export function stateOf(/** @type {Page} */ page, selector = 'samara-search') {
  return page.eval((selector) => {
    const host = document.querySelector(selector);
    const root = /** @type {ShadowRoot} */ (host?.shadowRoot);
    const input = /** @type {HTMLInputElement} */ (root.querySelector('input'));
    /** @param {string} part */
    const shown = (part) => {
      const node = /** @type {HTMLElement | null} */ (root.querySelector(`[part~=${part}]`));
      return node?.checkVisibility() ? node.innerText : '';
    };
    const options = [...root.querySelectorAll('[role=option]')].filter((option) => option.checkVisibility());
    return {
      value: input.value,
      expanded: input.getAttribute('aria-expanded') === 'true',
      active: options.findIndex((option) => option.id === input.getAttribute('aria-activedescendant')),
      options: options.map((option) => ({
        title: /** @type {HTMLElement} */ (option.querySelector('.title, .section-title') ?? option).innerText,
        href: /** @type {HTMLAnchorElement} */ (option).href,
        marks: [...option.querySelectorAll('mark')].map((mark) => mark.innerText),
        text: /** @type {HTMLElement} */ (option).innerText,
      })),
      count: shown('count'),
      notice: shown('notice'),
      suggestions: [...root.querySelectorAll('[part=suggestion]')]
        .filter((node) => node.checkVisibility())
        .map((node) => /** @type {HTMLElement} */ (node).innerText),
      message: shown('message'),
      more: shown('more'),
      status: root.querySelector('[role=status]')?.textContent,
      focused: document.activeElement === host && root.activeElement === input,
    };
  }, selector);
}

/**
 * Waits until what the element shows is as wanted. What it shows of a query that is being typed may be the answer to a
 * part of it: where that would do as well, `search` waits for the answer to the whole.
 * @param {Page} page
 * @param {(state: Awaited<ReturnType<typeof stateOf>>) => boolean} wanted
 * @param {string} [selector]
 */
export function until(page, wanted, selector) {
  return eventually(
    async () => {
      const state = await stateOf(page, selector);
      return wanted(state) && state;
    },
    async () => `${wanted}; the page shows ${JSON.stringify(await stateOf(page, selector), null, 1)}`,
  );
}

/**
 * Clicks something within the element.
 * @param {Page} page
 * @param {string} part selector within the shadow root; empty: a selector in the page
 * @param {string} [selector]
 */
export async function click(page, part, selector = 'samara-search') {
  const at = await page.eval(
    (part, selector) => {
      const node = part
        ? document.querySelector(selector)?.shadowRoot?.querySelector(part)
        : document.querySelector(selector);
      node?.scrollIntoView({ block: 'center' });
      const box = node?.getBoundingClientRect();
      return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    },
    part,
    selector,
  );
  if (!at) throw new Error(`there is no ${part} in ${selector}`);
  await page.clickAt(at.x, at.y);
}

/**
 * Gives the box the focus, once there is one. A browser may call a page loaded before its scripts have run, and what is
 * typed then goes nowhere.
 * @param {Page} page
 * @param {string} [selector]
 */
export function focus(page, selector = 'samara-search') {
  return page.eval(async (selector) => {
    await customElements.whenDefined('samara-search');
    /** @type {HTMLElement} */ (document.querySelector(selector)).focus();
  }, selector);
}

/**
 * Types a query into the emptied box and waits for its answer.
 * @param {Page} page
 * @param {string} query
 * @param {string} [selector]
 */
export async function search(page, query, selector = 'samara-search') {
  await page.eval(async (selector) => {
    await customElements.whenDefined('samara-search');
    const element = /** @type {HTMLElement & { value: string, open(): void }} */ (document.querySelector(selector));
    const known = /** @type {any} */ (window);
    // Emptying the box drops what is under way, so that whatever is answered from here on was typed here.
    element.value = '';
    known.answered = undefined;
    element.addEventListener('samara-search', (event) => {
      known.answered = /** @type {CustomEvent} */ (event).detail.query;
    });
    element.open();
  }, selector);
  await page.type(query);
  await eventually(
    async () => (await page.eval(() => /** @type {any} */ (window).answered)) === query,
    async () => `the answer to ${query}; the page shows ${JSON.stringify(await stateOf(page, selector), null, 1)}`,
  );
  return stateOf(page, selector);
}

/** A page of a site with the element in it, for suites of what the element does. */

import { html, withPage } from './suite.mjs';

/** @param {import('./browser.mjs').Browser} browser */
export function withElement(browser) {
  const { server, page } = withPage(browser, { silent: true });

  /**
   * @param {string} body
   * @param {{ query?: string, lang?: string }} [where]
   */
  async function show(body, { query = '', lang } = {}) {
    server.options.pages = {
      '/page/': html(body, { lang }),
      '/results': html('<h1>Results</h1>'),
      '/document.txt': html('<h1>Document</h1>'),
    };
    await page.goto(`${server.address}page/${query}`);
  }

  /** @param {string} expression of `element`, the first samara-search */
  const ask = (expression) =>
    page.eval(
      (expression) => new Function('element', `return ${expression}`)(document.querySelector('samara-search')),
      expression,
    );

  const focusIn = (/** @type {string} */ selector) =>
    page.eval((selector) => /** @type {HTMLElement} */ (document.querySelector(selector)).focus(), selector);

  return { server, page, show, ask, focusIn };
}

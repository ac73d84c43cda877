/** What stands in for `dom.js`, `link.js`, `marked.js` and `texts.js` in `samara.extras.js`: the second script's own. */

export const build = '__SAMARA_BUILD__';

export const { create, safeLink, marked, ENGLISH, formatDate } =
  /** @type {typeof import('../../third/load.classic.js').given} */ (
    /** @type {any} */ (document.currentScript).samara
  );

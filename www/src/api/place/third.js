/** What stands in for `dom.js`, `link.js`, `marked.js`, `shortcuts.js` and `texts.js` in `samara.extras.js`: the second script's own. */

export const build = '__SAMARA_BUILD__';

export const { buttonNode, create, safeLink, marked, isSingleKey, SINGLE_KEY, singleKeysWanted, ENGLISH, formatDate } =
  /** @type {typeof import('../../third/load.classic.js').given} */ (
    /** @type {any} */ (document.currentScript).samara
  );

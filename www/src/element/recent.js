/** Recent searches: kept in this browser alone, and only where the site asks for them. */

import { create } from './dom.js';
import { ENGLISH } from './texts.js';

// Said here alone, so that it comes with this.
ENGLISH.recent = 'Recent searches';

const KEY = 'samara-recent';

/** Characters of a query that are kept. */
const LENGTH = 200;

/**
 * @param {number} most
 * @returns {string[]} latest first
 */
function recentSearches(most) {
  try {
    return most ? [JSON.parse(localStorage.getItem(KEY) ?? '[]')].flat().map(String).slice(0, most) : [];
  } catch {
    // The page may not store anything, or something else stands there.
    return [];
  }
}

/**
 * Options of the list that go back to a search.
 * @param {import('./element.js').SamaraSearch} host
 * @param {string} prefix of their ids
 */
export function recentNodes(host, prefix) {
  return recentSearches(host.recent).map((query, at) => {
    const attributes = {
      role: 'option',
      id: `${prefix}-r${at}`,
      part: 'recent',
      'aria-selected': 'false',
      dir: 'auto',
    };
    const option = create('div', attributes, query);
    option.addEventListener('click', () => {
      host.value = query;
      host.focus();
    });
    return option;
  });
}

/**
 * @param {string} query
 * @param {number} most that are kept
 */
export function remember(query, most) {
  const kept = query.trim().slice(0, LENGTH);
  if (most && kept) store([kept, ...recentSearches(most).filter((other) => other !== kept)].slice(0, most));
}

/** Forgets all of them. */
export function forget() {
  store([]);
}

/** @param {string[]} queries */
function store(queries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // As above.
  }
}

/**
 * MiniSearch as its documentation configures it for searching while typing; the page and the build share it.
 */

export const minisearchOptions = {
  fields: ['title', 'text'],
  storeFields: ['title'],
  searchOptions: { boost: { title: 2 }, prefix: true, fuzzy: 0.2 },
};

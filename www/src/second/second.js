/** What follows the first script at the first intent to search: the interface's searcher and the element's results. */

export { borrowSearcher, open, Search } from '../api/search.js';
export { Session } from '../element/session.js';

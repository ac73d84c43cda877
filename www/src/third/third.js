/**
 * What only some searches need: what narrows them, what to do where nothing is found, which keys do what in a dialog, what keeps them in the address, the history or this browser, groups and templates,
 * several indexes at once, an index of another version,
 * where a module lies that the page names, and what to say of faults.
 */

export { indexOf } from '../api/foreign.js';
export { askSeveral } from '../api/joined.js';
export { sentence } from '../api/sentences.js';
export { resolveSource, unpack } from '../api/source.js';
export { successorOf } from '../api/successor.js';
export { Address } from '../element/address.js';
export { adviceNodes } from '../element/advice.js';
export { conditionsOf, fieldsOf, toggled } from '../element/conditions.js';
export { duration } from '../element/duration.js';
export { DialogEntry } from '../element/entry.js';
export { groupedNodes } from '../element/groups.js';
export { withHighlight } from '../element/highlight.js';
export { hintKeys } from '../element/hints.js';
export { css } from '../element/narrowing.css.js';
export { facetNodes } from '../element/narrowing.js';
export { sortNode } from '../element/order.js';
export { prefer } from '../element/preferred.js';
export { forget, recentNodes, remember } from '../element/recent.js';
export { fillTemplate, pictureNodes } from '../element/template.js';

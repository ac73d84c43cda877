/**
 * The only file of this folder that knows where Samara's own interface lies.
 */

export { open } from '../src/api/search.js';

/**
 * The only file that imports the generated glue.
 *
 * The glue keeps its instance in variables of its own, so each engine needs a copy: two indexes may be open on one
 * thread, and after a crash nothing of the old instance may be left. Here a query makes the browser load it anew; the
 * build puts a function with the glue inside in this file's place.
 */

let copies = 0;

/** @returns {Promise<typeof import('../../generated/samara.js')>} */
export function freshGlue() {
  return import(`../../generated/samara.js?${++copies}`);
}

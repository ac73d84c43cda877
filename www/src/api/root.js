/**
 * What is fetched beside the module before the first search: nothing, where the module carries its index. The build of the
 * split layout puts `root.blocks.js` here instead; both export the same names.
 */

/**
 * The root of an index in blocks, the address that its blocks' are relative to, and blocks that are there already.
 * @typedef {{ bytes: Uint8Array<ArrayBuffer>, base: string, stall: number, blocks?: [string, Uint8Array<ArrayBuffer>][] }} Root
 */

/**
 * A root with what is fetched ahead of the engine: `foresee` begins to fetch what a question will ask for, `whole` waits for
 * that and gives it with the root.
 * @typedef {{ foresee(question: unknown): void, whole(): Promise<Root> }} ArrivedRoot
 */

/** The name of the root beside the module. */
export const ROOT = '';

/** Milliseconds after which an engine that does not answer is given up; a query takes a few. */
export const patience = 6000;

/**
 * @param {string} _module address of the module
 * @param {number} _stall milliseconds without a byte after which a transfer is given up
 * @returns {Promise<ArrivedRoot | undefined>}
 */
export async function fetchRoot(_module, _stall) {
  return undefined;
}

/**
 * The blocks that a first question will ask for, read from the root of an index in blocks before there is an engine to ask:
 * they arrive beside it, and not a round trip later. A wrong guess costs a block that nobody asked for, a missing one the round
 * trip.
 *
 * The layout of the root is that of `segment/blocks/root.rs` in the engine.
 */

/** Bytes of the seal before what a root or a block holds. */
export const SEAL = 16;
/** Questions of more words are rare, and their blocks many. */
const MOST_WORDS = 8;
/** The kinds of blocks in the order of their hashes, as file names begin. */
const KINDS = 'tbscxdfie';

/**
 * @param {Uint8Array} root
 * @param {string} question
 * @returns {string[]} names of blocks
 */
export function foreseen(root, question) {
  let at = SEAL;
  const number = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = root[at++] ?? 0;
      value += (byte & 127) * factor;
      // Counts of a root that is damaged, which the engine will tell, are no reason to count for ever.
      if (byte < 128) return Math.min(value, root.length);
    }
  };
  const bytes = () => {
    const length = number();
    at += length;
    return root.subarray(at - length, at);
  };
  const decoder = new TextDecoder();
  const texts = () => {
    let before = '';
    return Array.from({ length: number() }, () => {
      // What is shared with the text before is counted in bytes.
      const shared = new TextEncoder().encode(before).subarray(0, number());
      before = decoder.decode(shared) + decoder.decode(bytes());
      return before;
    });
  };

  for (let count = 4; count; count--) number();
  for (let parts = 3; parts; parts--) bytes();
  const columns = Array.from({ length: number() }, () => bytes() && root[at++]);
  bytes();
  bytes();
  for (let grouped = 2 * number(); grouped; grouped--) number();
  const [starts, beginnings] = [texts(), texts()];
  number();
  for (let blocks = number(); blocks; blocks--) number();
  const hashes = Array.from(KINDS, bytes);

  /** @type {Set<string>} */
  const names = new Set();
  /** @param {number} kind @param {number} place @param {string} [begins] */
  const add = (kind, place, begins) => {
    let key = begins === undefined ? place : 0;
    for (const letter of begins ?? '') key = (31 * key + Number(letter.codePointAt(0))) % 2 ** 32;
    const hash = [3, 2, 1, 0].map((byte) => (hashes[kind][4 * place + byte] ?? 0).toString(16).padStart(2, '0'));
    if (4 * place < hashes[kind].length) names.add(`${KINDS[kind]}${key}-${hash.join('')}`);
  };
  const folded = question.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const word of words.length > MOST_WORDS ? [] : words) {
    let place = Math.max(
      0,
      starts.findLastIndex((start) => start <= word),
    );
    add(0, place, starts[place]);
    if (word !== words.at(-1) || !folded.endsWith(word)) continue;
    // It may go on.
    const many = beginnings.indexOf(word);
    if (many >= 0) add(1, many, word);
    else while (starts[++place]?.startsWith(word)) add(0, place, starts[place]);
  }
  // Also before anything is typed: every question needs them.
  columns.forEach((isShared, place) => {
    if (isShared) add(KINDS.indexOf('f'), place);
  });
  return [...names];
}

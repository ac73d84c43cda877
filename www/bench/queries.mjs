/**
 * Queries for a corpus, made of its own words, the same every time:
 *
 *     node bench/queries.mjs documents.jsonl > queries.json
 *
 * `documents.jsonl` is what `samara clean --json` prints.
 */

import { readFileSync } from 'node:fs';
import { argv, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';

/** How many of a kind. */
const MANY = 120;

/** @typedef {Record<'words' | 'keystrokes' | 'letters' | 'stop words' | 'two typos' | 'common phrases', string[]>} Queries by kind */

/** @param {string} path @returns {{ path: string, title: string, text: string }[]} */
export function documentsOf(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** @param {string[]} texts @returns {Queries} */
export function queriesOf(texts) {
  const words = texts.flatMap((text) => text.match(/\p{L}{4,}/gu) ?? []);
  const step = Math.max(1, Math.floor(words.length / MANY));
  const rows = Array.from({ length: MANY }, (_, at) =>
    words.slice(at * step, at * step + 1 + (at % 3)).join(' '),
  ).filter(Boolean);
  const long = [...new Set(words.filter((word) => /^[a-z]{8,14}$/.test(word)))];
  const some = Array.from({ length: MANY }, (_, at) => long[Math.floor((at * long.length) / MANY)]).filter(Boolean);
  return {
    words: rows,
    keystrokes: rows
      .filter((_, at) => at % 8 === 1)
      .flatMap((row) => Array.from(row, (_, end) => row.slice(0, end + 1))),
    letters: [...'abcdefghijklmnopqrstuvwxyz'],
    'stop words': [
      'the ',
      'of the ',
      'and ',
      'to be or not to be ',
      'in a ',
      'is it that ',
      'the',
      'a',
      'this and that ',
    ],
    // Two letters swapped near the front, one left out near the end.
    'two typos': some.map((word) => `${word.slice(0, 2)}${word[3]}${word[2]}${word.slice(4, -2)}${word.at(-1)} `),
    'common phrases': ['"of the"', '"in the"', '"to the"', '"is a"', '"and the"', '"for the"', '"it is"', '"of a"'],
  };
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  stdout.write(JSON.stringify(queriesOf(documentsOf(argv[2]).map(({ text }) => text))));
}

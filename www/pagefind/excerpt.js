/**
 * Words of a page, and passages of them as markup that is safe to insert.
 */

/**
 * A word of a page's text with the ranges of it that are marked.
 * @typedef {{ text: string, marks: [number, number][], weight: number }} Word
 */

/** What a line ends with is followed by a stop where it has none, so that headings and cells do not run together. */
const ENDS = /[.,:;!?…。！？、，؟।]$/u;

/**
 * The words of a text, line by line.
 * @param {{ text: string, marks?: [number, number][] }} passage
 * @param {(line: number) => number} weight of the words of a line
 * @returns {Word[]}
 */
export function wordsOf({ text, marks = [] }, weight) {
  /** @type {Word[]} */
  const words = [];
  let next = 0;
  let start = 0;
  text.split('\n').forEach((line, number) => {
    for (const { 0: word, index } of line.matchAll(/\S+/gu)) {
      const from = start + index;
      const to = from + word.length;
      while (next < marks.length && marks[next][1] <= from) next++;
      /** @type {[number, number][]} */
      const own = [];
      for (let at = next; at < marks.length && marks[at][0] < to; at++) {
        own.push([Math.max(marks[at][0], from) - from, Math.min(marks[at][1], to) - from]);
      }
      words.push({ text: word, marks: own, weight: weight(number) });
    }
    const last = words.at(-1);
    if (line.trim() && last && !ENDS.test(last.text)) last.text += '.';
    start += line.length + 1;
  });
  return words;
}

/**
 * Where a passage of at most so many words lies that says most: the most different marked words, then the most of them.
 * It begins with its sentence where that is near. Linear in the words.
 * @param {Word[]} words
 * @param {number} from
 * @param {number} to
 * @param {number} length
 * @returns {[number, number]}
 */
export function best(words, from, to, length) {
  const marked = [];
  for (let at = from; at < to; at++) if (words[at].marks.length) marked.push(at);
  if (!marked.length) return [from, Math.min(to, from + length)];
  /** @type {Map<string, number>} */
  const inside = new Map();
  const key = (/** @type {number} */ at) => words[at].text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  let [first, last, most] = [marked[0], marked[0], 0];
  let behind = 0;
  for (let at = 0; at < marked.length; at++) {
    inside.set(key(marked[at]), (inside.get(key(marked[at])) ?? 0) + 1);
    for (; marked[at] - marked[behind] >= length; behind++) {
      const left = key(marked[behind]);
      const count = (inside.get(left) ?? 1) - 1;
      if (count) inside.set(left, count);
      else inside.delete(left);
    }
    const worth = inside.size * 1000 + (at - behind);
    if (worth > most) [first, last, most] = [marked[behind], marked[at], worth];
  }
  const spare = Math.max(0, length - (last - first + 1));
  let start = Math.max(from, Math.min(first - Math.floor(spare / 2), to - length));
  for (let at = Math.max(from, first - spare); at <= first; at++) {
    if (at === from || /[.!?。！？]["'»”’)]*$/u.test(words[at - 1].text)) {
      start = at;
      break;
    }
  }
  return [start, Math.min(to, start + length)];
}

/**
 * @param {Word[]} words
 * @param {boolean} [plain] without marks
 * @returns {string} markup
 */
export function markup(words, plain = false) {
  return words.map(({ text, marks }) => {
    if (plain) return escape(text);
    let html = '';
    let at = 0;
    for (const [start, end] of marks) {
      html += `${escape(text.slice(at, start))}<mark>${escape(text.slice(start, end))}</mark>`;
      at = end;
    }
    return html + escape(text.slice(at));
  }).join(' ');
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

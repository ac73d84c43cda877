/** Thousands of queries over a corpus of many languages: the module in a browser answers as the command does. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from '../../../www/tests/browser.mjs';
import { serve } from '../../../www/tests/server.mjs';

const SEEDS = fileURLToPath(new URL('../../../seeds/', import.meta.url));
const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../../target/debug/samara', import.meta.url));

/** Queries whose ranking is compared, and of these every so many whose whole answer is. */
const QUERIES = 3000;
const EVERY = 25;

/** @type {[string, string][]} language and text */
const TEXTS = [
  ['de', 'Die Straße nach München war lang. Gespräche über Gespräche; das Gespräch in Zürich, die Straßen von Łódź.'],
  ['fr', 'Les cafés étaient fermés. Le café de l’État, où l’on parlait, parlait et parlait; l’œuvre d’un maître.'],
  ['es', 'Los niños hablaban y hablaron; hablando se entiende la gente. El señor Núñez caminó mañana.'],
  ['ru', 'Встречи и встреча: министры говорили о книгах. Ёлка и елка, щедрый подъезд.'],
  ['tr', 'İstanbul ve ISPARTA; ısı, ışık. Kitaplar ve kitap, arabalar.'],
  ['el', 'Ο Ὀδυσσεύς και η ΟΔΟΣ: οδός, λόγος, ΛΟΓΟΣ, Αθήνα.'],
  ['vi', 'Tiếng Việt, Đặng Nguyễn, đường phố Hà Nội.'],
  ['ar', 'كِتَابٌ وكتاب، المدير والوزير. مصطفى ومصطفي.'],
  ['zh', '王毅同布林肯举行会谈。双方讨论了中东局势，气氛坦率。'],
  ['ja', '東京タワーは夜景がきれいです。JavaScriptの基本とRust言語。'],
  ['th', 'รัฐมนตรีพบกันที่จาการ์ตาเมื่อวานนี้'],
  ['ko', '한국어 검색 엔진은 빠르다. 엔진의 속도.'],
  ['en', 'Written in C++, C# and node.js: getElementById, snake_case, --flag; 10,000 lines on 2023-07-14, v1.2.3 ☕ 👩‍💻 ﬁnal.'],
];

/** Marsaglia's xorshift: the same queries in every run. */
function random() {
  let state = 2463534242;
  return (/** @type {number} */ bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

/** @param {string} text */
function queriesOf(text) {
  const words = text.split(/[\s"]+/u).filter(Boolean);
  const below = random();
  const word = () => words[below(words.length)];
  /** @param {string} word */
  const misspelt = (word) => {
    const letters = [...word];
    const at = below(letters.length);
    const kind = below(4);
    if (kind === 0) letters.splice(at, 1);
    else if (kind === 1) letters.splice(at, 0, 'x');
    else if (kind === 2) letters[at] = 'q';
    else letters.splice(at, 2, letters[at + 1] ?? '', letters[at]);
    return letters.join('');
  };
  const bare = (/** @type {string} */ word) => word.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  const kinds = [
    word,
    () => `${word()} `,
    () => `${word()} ${word()} ${word()}`,
    () => [...word()].slice(0, 1 + below(4)).join(''),
    () => `${misspelt(word())} `,
    () => `${misspelt(word())} ${word()}`,
    () => bare(word()),
    () => { const at = below(words.length - 3); return `"${words.slice(at, at + 2 + below(2)).join(' ')}"`; },
    () => { const at = below(words.length - 3); return `"${words.slice(at, at + 2).join(' ')} ${[...words[at + 2]].slice(0, 2).join('')}`; },
    () => `${word()} -${word()}`,
    () => `+${word()} ${word()} OR ${word()}`,
    () => `title:${word()} ${word()}`,
    () => `${word()} date:2023-0${1 + below(9)}..`,
    () => `lang:${TEXTS[below(TEXTS.length)][0]} ${word()}`,
    () => [...word()].reverse().join(''),
    () => { const text = [...`${word()}${word()}`]; const at = below(text.length); return text.slice(at, at + 3).join(''); },
  ];
  return Array.from({ length: QUERIES }, (_, number) => kinds[number % kinds.length]());
}

/** @param {string[]} words */
const samara = (...words) => execFileSync(SAMARA, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });

for (const layout of ['embedded', 'split']) describe(`the page and the command, ${layout}`, () => {
  /** @type {import('../../../www/tests/browser.mjs').Browser} */
  let browser;
  /** @type {import('../../../www/tests/browser.mjs').Page} */
  let page;
  /** @type {string} */
  let folder;
  /** @type {string} */
  let bundle;
  /** @type {string[]} */
  let queries;
  /** @type {import('../../../www/tests/server.mjs').Server} */
  let server;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'samara-equal-'));
    const briefs = readdirSync(SEEDS).filter((name) => name.endsWith('.txt')).flatMap((name) => (
      readFileSync(join(SEEDS, name), 'utf8').split('\n').filter((line) => line.length > 80)
        .map((text, at) => ({ id: `${name}-${at}`, title: text.slice(0, 30), text, lang: 'en', date: `2023-0${1 + at % 9}-01` }))
    ));
    const others = TEXTS.map(([lang, text]) => ({ id: lang, title: lang, text: `${text}\n${text}`, lang, date: '2023-05-05' }));
    const documents = [...briefs, ...others];
    const corpus = join(folder, 'corpus.jsonl');
    writeFileSync(corpus, documents.map((document) => JSON.stringify(document)).join('\n'));
    bundle = join(folder, 'bundle');
    samara('build', corpus, '-o', bundle, '--layout', layout);
    queries = queriesOf(documents.map(({ text }) => text).join(' '));
    writeFileSync(join(bundle, 'page.html'), '<!DOCTYPE html><title>x</title><script src="samara.js"></script>');
    server = await serve(bundle);
    browser = await launch('chromium');
    page = await browser.open();
    await page.goto(`${server.address}page.html`);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('rank_and_score_alike_over_thousands_of_queries', async () => {
    const file = join(folder, 'queries.jsonl');
    writeFileSync(file, queries.map((text, id) => JSON.stringify({ id: String(id), text })).join('\n'));
    /** @type {Map<string, string[]>} */
    const native = new Map();
    for (const line of samara('search', bundle, '--queries', file, '--trec').trimEnd().split('\n')) {
      const [query, , id, , score] = line.split('\t');
      native.set(query, [...native.get(query) ?? [], `${id} ${score}`]);
    }
    const inBrowser = await page.eval(async (queries) => {
      const search = await /** @type {any} */ (globalThis).samara.open();
      const all = [];
      for (const query of queries) {
        const { hits } = await search.query(query, { limit: 100 });
        const folded = hits.flatMap((/** @type {any} */ hit) => [hit, ...hit.duplicates].map(({ id }) => `${id} ${hit.score}`));
        all.push(folded.slice(0, 100));
      }
      search.close();
      return all;
    }, queries);
    const differing = queries.filter((_, number) => String(inBrowser[number]) !== String(native.get(String(number)) ?? []));
    assert.deepEqual(differing, []);
    // A corpus and queries that hardly meet would agree, too.
    assert.ok(native.size > queries.length * 0.7, `${native.size} of ${queries.length} queries found something`);
  });

  test('give_the_same_answers_to_the_last_mark', async () => {
    const chosen = queries.filter((_, number) => number % EVERY === 7);
    const inBrowser = await page.eval(async (queries) => {
      const search = await /** @type {any} */ (globalThis).samara.open();
      const all = [];
      for (const query of queries) {
        const { took, ...answer } = await search.query(query, { explain: true });
        all.push(answer);
      }
      search.close();
      return all;
    }, chosen);
    chosen.forEach((query, number) => {
      const { stdout } = spawnSync(SAMARA, ['search', bundle, '--json', '--explain', '--', query], { encoding: 'utf8' });
      const { took, ...answer } = JSON.parse(stdout);
      assert.deepEqual(inBrowser[number], answer, query);
    });
  });

  test('take_what_no_encoding_can_carry_as_an_unknown_character', async () => {
    const odd = ['\ud800', 'a\udfffb', 'talks \udc00', '"\ud83d', '\ud83d\ud83d', '-\udfff talks', 'talks\ud800'];
    const answers = await page.eval(async (odd) => {
      const search = await /** @type {any} */ (globalThis).samara.open();
      const all = [];
      // Not every channel to a page carries lone surrogates, hence as numbers.
      for (const units of odd) {
        const text = String.fromCharCode(...units);
        const [{ took, ...answer }, { took: other, ...expected }] = [await search.query(text), await search.query(text.replace(/[\ud800-\udfff]/g, '\ufffd'))];
        all.push([JSON.stringify(answer), JSON.stringify(expected), answer.total]);
      }
      search.close();
      return all;
    }, odd.map((text) => Array.from(text, (_, at) => text.charCodeAt(at))));
    for (const [answer, expected] of answers) assert.equal(answer, expected);
    assert.ok(answers[6][2] > 0);
  });
});

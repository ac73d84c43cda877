/**
 * However many queries are asked, the module's memory stays as large as the first of them made it. A million take some
 * minutes: `SAMARA_SOAK=1000000 node --test www/tests/module/memory.test.mjs`.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { SITE } from '../searching.mjs';

const SOAK = Number(process.env.SAMARA_SOAK ?? 20000);

/** What a person may type: words, beginnings, stop words, misspellings, phrases, operators, nonsense, long texts. */
const QUERIES = [
  'wang',
  'blinken talks',
  'b',
  'sta',
  'the of and',
  'washingtno',
  'secratary of sta',
  '"state department"',
  '"of the"',
  '+xi -jakarta "san francisco" OR asean',
  'title:blinken source:wire',
  'date:2023 meeting',
  'nosuchword',
  '" - + OR !!! 王毅 \0',
  [...'abcdefghijklmnopqrstuvwxyz'].join(' '),
  'word '.repeat(500),
  'x'.repeat(3000),
];

test('the_memory_of_the_module_is_constant_over_many_queries', async () => {
  const glue = await import('../../generated/samara.js');
  const { memory } = glue.initSync({ module: await readFile(join(SITE, 'samara.wasm')) });
  const engine = glue.Engine.open();
  const opened = memory.buffer.byteLength;
  /** @param {number} number */
  const ask = (number) => {
    const text = QUERIES[number % QUERIES.length];
    const { hits } = engine.query(text, {
      limit: number % 4,
      explain: number % 5 === 0,
      sort: number % 7 === 0 ? 'title' : undefined,
    });
    if (number % 16 === 0) {
      engine.suggest(text);
      engine.query(text.slice(0, 5));
      if (hits.length) engine.similar(hits[0].id, { limit: 2 });
    }
  };
  // Every query with every option once.
  const round = QUERIES.length * 4 * 5 * 7;
  for (let number = 0; number < round; number++) ask(number);
  const before = memory.buffer.byteLength;
  for (let number = 0; number < SOAK; number++) {
    ask(number);
    if (number % 1000 === 0) assert.equal(memory.buffer.byteLength, before, `after ${number} queries`);
  }
  assert.equal(memory.buffer.byteLength, before);
  console.log(`${SOAK} queries: ${before} bytes of memory before and after, ${opened} when opened`);
  engine.free();
});

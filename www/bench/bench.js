/**
 * Measures, in this browser, the first open of the index in a fresh worker and queries to an open one.
 * `samara.mjs` and `samara.wasm` are those beside this page.
 */

export {};

const address = './samara.mjs';
const { open } = /** @type {typeof import('../api.js')} */ (await import(address));

const OPENS = 30;
const WARM = 3;

/** Rounds over all queries. */
const ROUNDS = 20;

/** @param {number[]} times milliseconds */
function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  /** @param {number} share */
  const at = (share) => Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(3));
  return { p50: at(0.5), p95: at(0.95), max: at(1), runs: sorted.length };
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Words to search for come from the index itself, so that the bench suits any corpus.
 * @param {import('../api.js').Search} search
 */
async function queriesOf(search) {
  /** @type {string[]} */
  const words = [];
  for (const letter of 'abcdefghilmnoprstuw') {
    for (const { text } of await search.suggest(letter, { limit: 3 })) words.push(text);
  }
  const queries = words.map((word, at) => [word, words[(at * 7 + 3) % words.length], words[(at * 5 + 1) % words.length]].slice(0, 1 + at % 3).join(' '));
  const keystrokes = queries.slice(0, 12).flatMap((query) => Array.from(query, (_, end) => query.slice(0, end + 1)));
  const misspelt = words.filter((word) => word.length > 4).map((word) => word.slice(0, 2) + word.slice(3));
  return { queries, keystrokes: [...keystrokes, ...misspelt] };
}

/**
 * @param {import('../api.js').Search} search
 * @param {string[]} texts
 */
async function asked(search, texts) {
  /** @type {number[]} */
  const engine = [];
  const whole = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const text of texts) {
      whole.push(await timed(async () => engine.push((await search.query(text, { limit: 10 })).took)));
    }
  }
  return { engine: summary(engine), roundTrip: summary(whole) };
}

async function measure() {
  const module = await WebAssembly.compile(await (await fetch('samara.wasm')).arrayBuffer());
  const opens = [];
  const engineOpens = [];
  for (let run = 0; run < OPENS; run++) {
    const start = performance.now();
    const search = await open(module);
    const took = performance.now() - start;
    if (run >= WARM) {
      opens.push(took);
      engineOpens.push((await search.info()).opened);
    }
    search.close();
  }
  const search = await open();
  const { queries, keystrokes } = await queriesOf(search);
  const result = {
    browser: navigator.userAgent,
    info: await search.info(),
    worker_and_open_ms: summary(opens),
    open_ms: summary(engineOpens),
    query_ms: await asked(search, queries),
    keystroke_ms: await asked(search, keystrokes),
  };
  search.close();
  return result;
}

measure().then(
  (result) => document.getElementById('result')?.replaceChildren(JSON.stringify(result, null, 2)),
  (error) => document.getElementById('result')?.replaceChildren(JSON.stringify({ error: String(error) })),
);

/**
 * Measures, in this browser, Samara and other libraries on the same documents and queries. Each library's files lie beside this page.
 */

export {};

/** @typedef {{ p50: number, p95: number, max: number, runs: number }} Times milliseconds */

/** Fresh workers, or indexes read anew. */
const OPENS = 15;
/**
 * Times that each query is asked, unless the queries of its kind took so many milliseconds already. The fastest counts: what else the
 * machine does is not the query's doing, and what is slow about a query is so every time.
 */
const ROUNDS = 5;
const ENOUGH = 10000;

/** @param {number[]} times milliseconds @returns {Times} */
function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  /** @param {number} share */
  const at = (share) => Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(3));
  return { p50: at(0.5), p95: at(0.95), max: at(1), runs: sorted.length };
}

/** @param {() => unknown} work */
async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** @param {Record<string, string[]>} queries @param {(text: string, kind: string) => unknown} ask */
async function kinds(queries, ask) {
  /** @type {Record<string, Times>} */
  const result = {};
  for (const [kind, texts] of Object.entries(queries)) {
    const times = texts.map(() => Infinity);
    const start = performance.now();
    for (let round = 0; round < ROUNDS && (round === 0 || performance.now() - start < ENOUGH); round++) {
      for (const [at, text] of texts.entries()) times[at] = Math.min(times[at], await timed(() => ask(text, kind)));
    }
    result[kind] = summary(times);
  }
  return result;
}

/** @param {string} name */
const json = async (name) => (await fetch(name)).json();

/** @param {string} name a module that is there when the bench runs */
const imported = (name) => import(name);

/** @param {Record<string, string[]>} queries @param {string} wasm */
async function samara(queries, wasm) {
  const { open } = /** @type {{ samara: typeof import('../src/api/search.js') }} */ (
    /** @type {unknown} */ (globalThis)
  ).samara;
  const module = await WebAssembly.compile(await (await fetch(wasm)).arrayBuffer());
  const whole = [];
  const opened = [];
  for (let run = 0; run < OPENS; run++) {
    const start = performance.now();
    const search = await open(module);
    whole.push(performance.now() - start);
    opened.push((await search.info()).opened);
    search.close();
  }
  const search = await open(module);
  // What the engine takes, as it says itself, beside what the page waits: that has the way to the worker and back in it.
  /** @type {Record<string, Map<string, number>>} */
  const took = {};
  const waited = await kinds(queries, async (text, kind) => {
    const answer = await search.query(text, { limit: 10 });
    const times = (took[kind] ??= new Map());
    times.set(text, Math.min(times.get(text) ?? Infinity, answer.took));
  });
  const info = await search.info();
  search.close();
  return {
    info,
    open: summary(opened),
    'worker and open': summary(whole),
    engine: Object.fromEntries(Object.entries(took).map(([kind, times]) => [kind, summary([...times.values()])])),
    waited,
    memory: await memoryAfter(module, queries),
  };
}

/**
 * Bytes of the module's memory once every query was asked.
 * @param {WebAssembly.Module} module
 * @param {Record<string, string[]>} queries
 */
async function memoryAfter(module, queries) {
  const { open } = /** @type {{ samara: typeof import('../src/api/search.js') }} */ (
    /** @type {unknown} */ (globalThis)
  ).samara;
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  const instantiate = WebAssembly.instantiate;
  // On this thread, so that its memory can be seen.
  WebAssembly.instantiate = /** @type {typeof instantiate} */ (
    async (/** @type {any} */ source, /** @type {any} */ imports) => {
      const result = /** @type {any} */ (await instantiate(source, imports));
      memory = (result.instance ?? result).exports.memory;
      return result;
    }
  );
  const search = await open(module, { worker: false });
  const opened = memory?.buffer.byteLength;
  for (const text of Object.values(queries).flat()) await search.query(text, { limit: 10 });
  const bytes = { opened, queried: memory?.buffer.byteLength };
  search.close();
  WebAssembly.instantiate = instantiate;
  return bytes;
}

/** @param {Record<string, string[]>} queries */
async function minisearch(queries) {
  const { default: MiniSearch } = await imported('./minisearch.js');
  const { minisearchOptions } = await imported('./minisearch-options.js');
  const index = await (await fetch('minisearch.json')).text();
  const opens = [];
  /** @type {any} */
  let mini;
  for (let run = 0; run < OPENS; run++)
    opens.push(await timed(() => (mini = MiniSearch.loadJSON(index, minisearchOptions))));
  // It has no phrases.
  const { 'common phrases': _, ...known } = queries;
  return { open: summary(opens), waited: await kinds(known, (text) => mini.search(text).slice(0, 10)) };
}

/** @param {Record<string, string[]>} queries */
async function pagefind(queries) {
  const opens = [];
  /** @type {any} */
  let engine;
  for (let run = 0; run < OPENS; run++) {
    engine = await imported(`./pagefind/pagefind.js?${run}`);
    opens.push(await timed(() => engine.init()));
    if (run < OPENS - 1) await engine.destroy();
  }
  const waited = await kinds(queries, async (text) => {
    const { results } = await engine.search(text);
    await Promise.all(results.slice(0, 10).map((/** @type {any} */ result) => result.data()));
  });
  return { open: summary(opens), waited };
}

async function measure() {
  const { wasm, queries } = await json('bench.json');
  return {
    browser: navigator.userAgent,
    samara: await samara(queries, wasm),
    minisearch: await minisearch(queries),
    pagefind: await pagefind(queries),
  };
}

measure().then(
  (result) => document.getElementById('result')?.replaceChildren(JSON.stringify(result)),
  (error) =>
    document.getElementById('result')?.replaceChildren(JSON.stringify({ error: String(error?.stack ?? error) })),
);

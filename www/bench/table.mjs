/** What was measured of a corpus, as a person reads it: beside the budgets of the design, and beside other libraries. */

/** Milliseconds: first open of about 1 and of about 9 MB of text, and p95 of queries. */
const OPEN = { small: { must: 25, aim: 10 }, large: { must: 120, aim: 50 } };
const WORDS = { must: 2, aim: 0.5 };
const KEYSTROKE = { must: 4, aim: 1.5 };
/** (Memory − 1 MB) ÷ text, from so many bytes of text on. */
const MEMORY = { must: 0.6, aim: 0.45, from: 5e6 };

/** @typedef {{ p50: number, p95: number, max: number, runs: number }} Times */

/** @param {any} result @returns {string} */
export function table(result) {
  const { samara, minisearch, pagefind } = result;
  const lines = [
    `${result.corpus}: ${result.documents} documents, ${(result.text / 1e6).toFixed(2)} MB of text, ${result.browser.match(/\S*Chrome\/\S+|Firefox\/\S+/)?.[0] ?? ''}`,
  ];
  /** @param {unknown[]} cells */
  const row = (...cells) =>
    lines.push(cells.map((cell, at) => (at ? String(cell).padStart(12) : String(cell).padEnd(24))).join(' '));
  /** @param {number} value @param {{ must: number, aim: number }} budget */
  const verdict = (value, { must, aim }) =>
    `must ${must}, aim ${aim}: ${value <= aim ? 'aim reached' : value <= must ? 'within' : 'EXCEEDED'}`;
  const ms = (/** @type {number} */ time) => time.toFixed(2);

  lines.push('', 'Samara, milliseconds');
  row('', 'p50', 'p95', 'max', 'budget of p95');
  const open = result.text > 4e6 ? OPEN.large : OPEN.small;
  row(
    'first open',
    ms(samara.open.p50),
    ms(samara.open.p95),
    ms(samara.open.max),
    ` of p50: ${verdict(samara.open.p50, open)}`,
  );
  row(
    '  with a fresh worker',
    ms(samara['worker and open'].p50),
    ms(samara['worker and open'].p95),
    ms(samara['worker and open'].max),
  );
  for (const [kind, times] of Object.entries(/** @type {Record<string, Times>} */ (samara.engine))) {
    row(
      kind,
      ms(times.p50),
      ms(times.p95),
      ms(times.max),
      ` ${verdict(times.p95, ['words', 'common phrases'].includes(kind) ? WORDS : KEYSTROKE)}`,
    );
  }
  const { opened, queried } = samara.memory;
  const ratio = (queried - 1e6) / result.text;
  lines.push(
    '',
    `Memory: ${(opened / 1e6).toFixed(2)} MB opened, ${(queried / 1e6).toFixed(2)} MB after all queries; (memory − 1 MB) ÷ text ${ratio.toFixed(3)}` +
      (result.text >= MEMORY.from
        ? `, ${verdict(ratio, MEMORY)}`
        : ` (budget from ${MEMORY.from / 1e6} MB of text on)`),
  );

  lines.push('', 'What the page waits, p95 in milliseconds, and how many times as long as Samara others take');
  row('', 'Samara', 'MiniSearch', '', 'Pagefind', '');
  const times = (/** @type {Times | undefined} */ other, /** @type {number} */ own) =>
    other ? [ms(other.p95), `${(other.p95 / own).toFixed(1)}x`] : ['-', ''];
  const medians = (/** @type {Times} */ other) => [ms(other.p50), `${(other.p50 / samara.open.p50).toFixed(1)}x`];
  row('open, p50', ms(samara.open.p50), ...medians(minisearch.open), ...medians(pagefind.open));
  for (const [kind, own] of Object.entries(/** @type {Record<string, Times>} */ (samara.waited))) {
    row(kind, ms(own.p95), ...times(minisearch.waited[kind], own.p95), ...times(pagefind.waited[kind], own.p95));
  }
  lines.push(
    '',
    'Samara and Pagefind give ten hits with passages, MiniSearch ids and scores; MiniSearch knows no phrases.',
  );
  return lines.join('\n');
}

/**
 * Runs the bench page in a real browser and prints what it measured beside the budgets and beside other libraries:
 *
 *     node bench/run.mjs --bundle DIR --documents FILE.jsonl --queries FILE.json [--name NAME] [--record FILE.json]
 *
 * `--bundle` is what `samara build` wrote, `--documents` what `samara clean --json` printed of the same corpus, `--queries`
 * what `queries.mjs` made of that. Needs `npm ci` in this folder.
 */

import { copyFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from '../tests/browser.mjs';
import { serve } from '../tests/server.mjs';
import { writePeers } from './peers.mjs';
import { documentsOf } from './queries.mjs';
import { table } from './table.mjs';

const text = { type: /** @type {const} */ ('string') };
const { values } = parseArgs({
  options: {
    bundle: text,
    documents: text,
    queries: text,
    name: { ...text, default: 'corpus' },
    record: text,
    browser: { ...text, default: 'chromium' },
  },
});
if (!values.bundle || !values.documents || !values.queries) {
  throw new Error(
    'usage: node bench/run.mjs --bundle DIR --documents FILE.jsonl --queries FILE.json [--name NAME] [--record FILE.json]',
  );
}

/** Milliseconds that all measurements of a corpus may take. */
const PATIENCE = 540_000;

const folder = await mkdtemp(join(tmpdir(), 'samara-bench-'));
try {
  await cp(values.bundle, folder, { recursive: true });
  for (const name of ['index.html', 'bench.js', 'minisearch-options.js']) {
    await copyFile(
      fileURLToPath(new URL(name, import.meta.url)),
      join(folder, name === 'index.html' ? 'bench.html' : name),
    );
  }
  const wasm = (await readdir(folder)).find((name) => name.endsWith('.wasm'));
  const queries = JSON.parse(await readFile(values.queries, 'utf8'));
  await writeFile(join(folder, 'bench.json'), JSON.stringify({ wasm, queries }));
  const documents = documentsOf(values.documents);
  await writePeers(documents, folder);

  const result = await measured(folder);
  if ('error' in result) throw new Error(result.error);
  const bytes = documents.reduce((sum, { title, text }) => sum + Buffer.byteLength(`${title}\n${text}\n`), 0);
  const whole = { corpus: values.name, documents: documents.length, text: bytes, ...result };
  console.log(table(whole));
  if (values.record) await writeFile(values.record, `${JSON.stringify(whole, null, 1)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** @param {string} folder */
async function measured(folder) {
  const server = await serve(folder, { isolated: true });
  const browser = await launch(values.browser);
  try {
    const page = await browser.open();
    await page.goto(`${server.address}bench.html`);
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      const text = await page.eval(() => document.getElementById('result')?.textContent ?? '');
      if (text.startsWith('{')) return JSON.parse(text);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(
      `the bench page did not finish; its console says: ${(await page.problems()).join('; ') || 'nothing'}`,
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

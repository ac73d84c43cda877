/**
 * The command by WASI: the same bytes as the native one, and a page whose reader fails costs that page alone.
 * `SAMARA_COMMAND` names the native command. Called by `cargo xtask test packages`.
 */

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from '../src/build.mjs';
import { retry } from '../src/journal.mjs';

const BIN = fileURLToPath(new URL('../src/bin.mjs', import.meta.url));
const SEEDS = fileURLToPath(new URL('../../../seeds', import.meta.url));
const native = process.env.SAMARA_COMMAND ?? '';
if (!native) throw new Error('SAMARA_COMMAND is not set; call this by `cargo xtask test packages`');

/** @type {string} */
let folder;
before(() => void (folder = mkdtempSync(join(tmpdir(), 'samara-test-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

/** @param {string[]} words @param {object} [more] */
function wasi(words, more = {}) {
  return spawnSync(process.execPath, [BIN, ...words], { cwd: folder, encoding: 'utf8', env: { ...process.env, SAMARA_WASI: '1' }, ...more });
}

/** @param {string} path @returns {Record<string, string>} */
function contents(path) {
  return Object.fromEntries(readdirSync(path).sort().map((name) => [name, readFileSync(join(path, name)).toString('base64')]));
}

/** A site with pages that name their content, pages that do not, and links in a circle. */
function site() {
  const path = join(folder, 'site');
  mkdirSync(join(path, 'deep', 'er'), { recursive: true });
  const chrome = '<nav><a href="/">Home</a> <a href="/deep/">Deep</a></nav>';
  for (let number = 0; number < 40; number++) {
    const text = `<h1>Herb ${number}</h1><p>The herb of number ${number} dries in the shade of the barn, where the wind from the north reaches it.</p><p>It takes ${number + 3} days, and then it is kept in tins until the winter comes.</p>`;
    const body = number % 2 ? `<main>${text}</main>` : `<div><div>${text}</div></div><div class="share">Share this page with your friends</div>`;
    writeFileSync(join(path, number % 3 ? 'deep' : 'deep/er', `herb-${number}.html`), `<!DOCTYPE html><html lang="en"><title>Herb ${number}</title><body>${chrome}${body}</body></html>`);
  }
  writeFileSync(join(path, 'notes.md'), '# Notes\n\nÜber den Kräutern liegt der Nebel.\n');
  writeFileSync(join(path, 'shelf.json'), JSON.stringify([{ url: '/tins', title: 'Tins', text: 'Tins stand on the shelf.' }]));
  symlinkSync('..', join(path, 'deep', 'loop'));
  symlinkSync('/', join(path, 'deep', 'out'));
  return path;
}

test('the_same_bytes_come_out_by_wasi_and_natively', () => {
  const path = site();
  for (const [name, input] of [['seeds', SEEDS], ['site', path]]) {
    const [ours, theirs] = [`${name}-wasi`, `${name}-native`].map((name) => join(folder, name));
    const done = wasi(['build', input, '--output', `${name}-wasi`, '--page', `${name}-wasi.html`]);
    assert.equal(done.status, 0, done.stderr);
    execFileSync(native, ['build', input, '--output', theirs, '--page', `${theirs}.html`, '--quiet'], { cwd: folder });
    assert.deepEqual(contents(ours), contents(theirs), name);
    assert.deepEqual(readFileSync(`${ours}.html`), readFileSync(`${theirs}.html`), name);
    for (const words of [['check', ours], ['search', ours, 'winter', '--limit', '3'], ['clean', '--json', input], ['inspect', '--json', ours]]) {
      assert.equal(wasi(words).stdout, spawnSync(native, words, { cwd: folder, encoding: 'utf8' }).stdout, words[0]);
    }
  }
  // Inside of the site, the bundle knows the way to its root.
  assert.equal(wasi(['build', 'site', '--output', 'site/deep/samara', '-q']).status, 0);
  execFileSync(native, ['build', 'site', '--output', 'site-inside', '-q'], { cwd: folder });
  assert.match(readFileSync(join(path, 'deep/samara/samara.js'), 'utf8'), /["'`]\.\.\/\.\.\/["'`]/);
});

test('exit_codes_and_faults_are_those_of_the_command', () => {
  for (const [words, code, said] of /** @type {[string[], number, RegExp][]} */ ([
    [['build', 'nowhere', '-o', 'x'], 2, /^error: nowhere: no such file or folder; check the path\n$/],
    [['build'], 2, /^error: say where the bundle goes/],
    [['--version'], 0, /^$/],
  ])) {
    const { status, stderr } = wasi(words);
    assert.equal(status, code, words.join(' '));
    assert.match(stderr, said);
  }
  assert.deepEqual([wasi(['clean', '-'], { input: '# Tea\n\nIt dries in the shade.\n' }).stdout.includes('It dries')], [true]);
});

test('a_page_that_ends_the_instance_is_named_and_the_rest_is_built', () => {
  const path = join(folder, 'faulty');
  mkdirSync(path);
  writeFileSync(join(path, 'good.html'), '<main><h1>Rye</h1><p>It is cut in July.</p></main>');
  writeFileSync(join(path, 'faulty.html'), '<main><h1>Oat</h1><p>It is cut in August.</p></main>');
  // The journal of an instance that ended while it read the page.
  const journal = join(folder, 'journal');
  writeFileSync(journal, 'faulty.html\n');
  const script = `
    import { Worker } from 'node:worker_threads';
    const worker = new Worker(new URL(${JSON.stringify(new URL('../src/command-thread.mjs', import.meta.url).href)}), { execArgv: [],
      workerData: { words: ['build', 'faulty', '-o', 'rest'], env: { PWD: ${JSON.stringify(folder)}, SAMARA_JOURNAL: ${JSON.stringify(journal)} }, preopens: { '/': '/' } } });
    worker.once('message', ({ code }) => process.exitCode = code);`;
  const done = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder, encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stderr, /warning: faulty\.html: /);
  assert.match(wasi(['search', 'rest', 'rye']).stdout, /good\.html/);
  assert.equal(wasi(['search', 'rest', 'oat']).status, 1);
});

test('the_api_takes_paths_and_pages_and_gives_the_files_of_the_command', async () => {
  const seen = [];
  const { files, page, account } = await build({ paths: [SEEDS], progress: (read, all) => seen.push([read, all]) });
  // Its page leads to documents beside it.
  cpSync(SEEDS, join(folder, 'api-seeds'), { recursive: true });
  execFileSync(native, ['build', 'api-seeds', '--output', 'api', '--page', 'api-seeds/api.html', '-q'], { cwd: folder });
  assert.deepEqual(Object.fromEntries([...files].sort().map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')])), contents(join(folder, 'api')));
  assert.equal(page, readFileSync(join(folder, 'api-seeds', 'api.html'), 'utf8'));
  assert.equal(account.length, 5);
  assert.deepEqual(seen.at(-1), [5, 5]);

  async function* pages() {
    yield { path: 'a/tea.html', content: '<main><h1>Tee, grün</h1><p>It dries in the shade.</p></main>' };
    yield { url: '/rye', title: 'Rye', text: 'It is cut in July.' };
  }
  const built = await build({ pages: pages(), title: 'Kräuter' });
  assert.match(built.page, /<title>Kräuter<\/title>/);
  assert.deepEqual(built.account.map((line) => 'url' in line && line.url).sort(), ['/rye', 'a/tea.html']);
  await assert.rejects(build({ pages: [] }), /nothing to build from/);
  await assert.rejects(build({ pages: [{ path: 'a.png', content: 'x' }] }), /^Error: pages: no document found/);
  await assert.rejects(build({ pages: [/** @type {any} */ ({ text: 'nothing' })] }), /each needs/);
  await assert.rejects(build({ pages: [{ path: '../x.html', content: '' }] }), /not the path of a document/);
});

test('serve_answers_builds_again_and_refuses_foreign_hosts', async () => {
  const path = join(folder, 'served');
  mkdirSync(path);
  writeFileSync(join(path, 'tea.txt'), 'Tea\n\nPeppermint dries in the shade.\n');
  writeFileSync(join(path, '.env'), 'SECRET=1');
  const child = spawn(process.execPath, [BIN, 'serve', 'served', '--port', '0'], { cwd: folder, env: { ...process.env, SAMARA_WASI: '1' } });
  let said = '';
  child.stderr.on('data', (text) => void (said += text));
  const until = async (/** @type {() => unknown} */ holds) => {
    for (let left = 600; !holds(); left--) {
      assert.ok(left && child.exitCode === null, said);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  try {
    await until(() => said.includes('Serving at'));
    const address = /http:\S+/.exec(said)?.[0] ?? '';
    assert.match(await (await fetch(address)).text(), /<samara-search/);
    assert.match(await (await fetch(`${address}-samara/samara.js`)).text(), /customElements/);
    const tea = await fetch(`${address}tea.txt`, { headers: { range: 'bytes=5-14' } });
    assert.deepEqual([tea.status, await tea.text(), tea.headers.get('content-range')], [206, 'Peppermint', 'bytes 5-14/36']);
    assert.equal((await fetch(`${address}tea.txt`, { headers: { 'if-none-match': tea.headers.get('etag') ?? '' } })).status, 304);
    for (const hidden of ['.env', '%2eenv', '..%2f..%2fetc/passwd']) assert.equal((await fetch(address + hidden)).status, 404, hidden);
    const { request } = await import('node:http');
    const foreign = await new Promise((resolve) => request(address, { headers: { host: 'evil.example' } }, ({ statusCode }) => resolve(statusCode)).end());
    assert.equal(foreign, 403);
    writeFileSync(join(path, 'rye.txt'), 'Rye\n\nIt is cut in July.\n');
    await until(() => said.includes('built again: 2 documents'));
  } finally {
    child.kill();
  }
});

test('work_begins_anew_as_long_as_the_journal_tells_something_new', async () => {
  const said = [];
  let [tries, journal] = [0, ''];
  const trap = new Error('unreachable');
  const run = (/** @type {string[]} */ faults) => retry(async () => {
    const fault = faults[tries++];
    if (fault === undefined) return 'built';
    if (fault) journal += `${fault}\n`;
    throw trap;
  }, () => journal, (text) => said.push(text));
  assert.equal(await run(['a.html', 'b\u202e.html\ttrafilatura']), 'built');
  assert.deepEqual(said, ['a.html: its reader failed; going on without it', 'b\ufffd.html: the reader trafilatura failed; going on without it']);
  [tries, journal] = [0, ''];
  await assert.rejects(run(['a.html', '']), trap);
  assert.equal(tries, 2);
});

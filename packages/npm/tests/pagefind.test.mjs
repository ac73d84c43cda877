/**
 * Pagefind's Node interface: what programs ask it for, and what a page then finds through the written `pagefind.js`.
 * Called by `cargo xtask test --packages`.
 */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as pagefind from '../src/pagefind.mjs';

/** Of the widget's tests, whose types are checked there. @param {string} name */
const shared = (name) => import(new URL(`../../../www/tests/${name}.mjs`, import.meta.url).href);
const [{ launch }, { serve }] = [await shared('browser'), await shared('server')];
const native = process.env.SAMARA_COMMAND ?? '';
if (!native) throw new Error('SAMARA_COMMAND is not set; call this by `cargo xtask test --packages`');

/** What is in the bundles of Pagefind, too. */
const NAMES = ['pagefind.js', 'pagefind-ui.js', 'pagefind-ui.css', 'pagefind-component-ui.js', 'pagefind-highlight.js'];
const TEA = '<html lang="en"><head><title>Tea | Handbook</title></head><body><nav>Home</nav><h1>Tea</h1><p>Peppermint dries in the shade, in the <em data-pagefind-meta="place">barn</em>.</p><p data-pagefind-filter="kind">herb</p></body></html>';
const RECORD = {
  url: '/resume.pdf', content: 'Sourdough & <b>rye</b>\nfor every baker', language: 'en',
  meta: { title: 'Résumé: a life, baked', category: 'Landing, page' }, filters: { tags: ['bread', 'life: mine'] }, sort: { weight: '20' },
};

/** @type {string} */
let folder;
before(() => void (folder = mkdtempSync(join(tmpdir(), 'samara-pagefind-'))));
after(async () => {
  await pagefind.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @param {import('../src/pagefind.mjs').Config} [config] */
const begun = async (config) => (await pagefind.createIndex(config)).index;

/** @param {string} name @param {Record<string, string>} pages */
function site(name, pages) {
  for (const [path, content] of Object.entries(pages)) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), content);
  }
  return join(folder, name);
}

/** What Node warns of meanwhile. @param {() => unknown} work */
async function warnings(work) {
  const told = /** @type {string[]} */ ([]);
  const hear = (/** @type {Error} */ warning) => void told.push(warning.message);
  process.on('warning', hear);
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', hear);
  return told;
}

describe('what was added', () => {
  test('is_told_with_its_address_its_fields_and_its_words', async () => {
    const index = await begun();
    for (const [file, url, meta, uniqueWords] of /** @type {[any, string, object, number][]} */ ([
      [{ sourcePath: 'tea/index.html', content: TEA }, '/tea/', { title: 'Tea', place: 'barn' }, 8],
      [{ sourcePath: 'tea.html', content: TEA }, '/tea.html', { title: 'Tea', place: 'barn' }, 8],
      [{ sourcePath: join(process.cwd(), 'a/tea.html'), content: TEA }, '/a/tea.html', { title: 'Tea', place: 'barn' }, 8],
      [{ sourcePath: 'tea.php', content: TEA }, '/tea.php', { title: 'Tea', place: 'barn' }, 8],
      [{ url: '/my-own/', content: '<h1>Mint</h1><p>Mint, MINT and sage.</p>' }, '/my-own/', { title: 'Mint' }, 3],
      [{ url: 'https://x.example/?a=1&b="2"', content: '<h1>Mint</h1><p>Mint and sage.</p>', sourcePath: 'x.html' }, 'https://x.example/?a=1&b="2"', { title: 'Mint' }, 3],
    ])) {
      assert.deepEqual(await index.addHTMLFile(file), { errors: [], file: { uniqueWords, url, meta } });
    }
    assert.deepEqual(await index.addCustomRecord(RECORD), {
      errors: [], file: { uniqueWords: 10, url: '/resume.pdf', meta: { title: 'Résumé: a life, baked', category: 'Landing, page' } },
    });
    assert.deepEqual(await index.addDirectory({ path: site('two', { 'a/index.html': TEA, 'b.html': '<h1>Rye</h1><p>It is cut in July.</p>' }) }), { errors: [], page_count: 2 });
    assert.deepEqual(await index.addDirectory({ path: join(folder, 'two'), glob: 'a/*.html' }), { errors: [], page_count: 1 });
  });

  test('is_an_error_where_it_is_nothing', async () => {
    const index = await begun();
    for (const [work, said] of /** @type {[() => Promise<{ errors: string[] }>, RegExp][]} */ ([
      [() => index.addHTMLFile({ content: TEA }), /`url` or `sourcePath`/],
      [() => index.addHTMLFile({ content: TEA, url: '' }), /`url` or `sourcePath`/],
      [() => index.addHTMLFile(/** @type {any} */ ({ url: '/a' })), /^content: /],
      [() => index.addHTMLFile({ url: '/a', content: '<p></p>' }), /^\/a: .*skipped/],
      [() => index.addHTMLFile({ sourcePath: '../a.html', content: TEA }), /outside/],
      [() => index.addCustomRecord({ ...RECORD, sort: /** @type {any} */ ({ weight: 20 }) }), /^sort\.weight: write a text, not 20$/],
      [() => index.addCustomRecord({ ...RECORD, filters: /** @type {any} */ ({ tags: 'bread' }) }), /^filters\.tags: write a list/],
      [() => index.addCustomRecord({ ...RECORD, meta: { 'a:b': 'c' } }), /"a:b" is no name/],
      [() => index.addCustomRecord(/** @type {any} */ ({ url: '/a', content: 'b' })), /^language: /],
      [() => index.addDirectory({ path: join(folder, 'nowhere') }), /nowhere/],
      [() => index.addDirectory({ path: site('empty', { 'a.png': 'x' }) }), /no document found/],
      [() => index.getFiles(), /nothing has been added/],
      [() => index.writeFiles({ outputPath: join(folder, 'none') }), /nothing has been added/],
    ])) {
      const { errors } = await work();
      assert.equal(errors.length, 1, String(said));
      assert.match(errors[0], said);
    }
    // What failed is not in the index, and what is good still goes into it.
    assert.deepEqual((await index.addCustomRecord(RECORD)).errors, []);
    assert.deepEqual((await index.getFiles()).errors, []);
  });
});

describe('the files', () => {
  test('are_those_that_the_command_writes', async () => {
    const path = site('same', { 'tea/index.html': TEA, 'rye.html': '<html lang="en"><h1>Rye</h1><p>It is cut in July.</p></html>' });
    const index = await begun();
    await index.addDirectory({ path });
    const { files } = await index.getFiles();
    execFileSync(native, ['build', path, '--pagefind', '--quiet', '--output', join(folder, 'same-native')]);
    const found = files.map(({ path, content }) => [path, Buffer.from(content).toString('base64')]);
    const wanted = readdirSync(join(folder, 'same-native')).map((name) => [name, readFileSync(join(folder, 'same-native', name)).toString('base64')]);
    assert.deepEqual(Object.fromEntries(found), Object.fromEntries(wanted));
    for (const name of NAMES) assert.ok(files.some(({ path }) => path === name), name);
  });

  test('of_much_text_are_blocks_as_well_which_take_the_place_of_earlier_ones', async () => {
    const words = (/** @type {number} */ page) => Array.from({ length: 700 }, (_, at) => `w${((page * 700 + at) * 2654435761 % 2 ** 32).toString(36)}`).join(' ');
    const pages = (/** @type {number} */ first) => Object.fromEntries(Array.from({ length: 180 }, (_, page) => [`${page}.html`, `<html lang="en"><h1>Page ${page}</h1><p>${words(first + page)}</p></html>`]));
    const outputPath = join(folder, 'blocks');
    const blocks = () => readdirSync(join(outputPath, 'blocks'));
    /** @type {string[]} */
    let earlier = [];
    for (const first of [0, 1000]) {
      const index = await begun();
      await index.addDirectory({ path: site('large', pages(first)) });
      assert.deepEqual((await index.writeFiles({ outputPath })).errors, []);
      const { blocks: named } = JSON.parse(readFileSync(join(outputPath, 'samara.manifest'), 'utf8'));
      assert.deepEqual(blocks().sort(), named.sort());
      assert.ok(blocks().length > 10 && blocks().some((name) => !earlier.includes(name)));
      earlier = blocks();
      execFileSync(native, ['check', outputPath], { stdio: 'pipe' });
      assert.match(execFileSync(native, ['search', outputPath, words(first + 7).split(' ')[3]], { encoding: 'utf8' }), /7\.html/);
    }
  });

  test('take_the_place_of_those_of_an_earlier_index_and_of_nothing_else', async () => {
    const outputPath = join(folder, 'written');
    const index = await begun();
    await index.addHTMLFile({ sourcePath: 'a.html', content: TEA });
    assert.deepEqual(await index.writeFiles({ outputPath }), { errors: [], outputPath });
    const first = readdirSync(outputPath);
    writeFileSync(join(outputPath, 'notes.txt'), 'mine');
    // Writing does not consume the index.
    await index.addHTMLFile({ sourcePath: 'b.html', content: TEA.replace('Peppermint', 'Valerian') });
    await index.writeFiles({ outputPath });
    const second = readdirSync(outputPath);
    assert.equal(second.length, first.length + 1);
    assert.equal(first.filter((name) => !second.includes(name)).length, 1, 'the module of the first index is gone');
    execFileSync(native, ['check', outputPath], { stdio: 'pipe' });
    assert.match(execFileSync(native, ['search', outputPath, 'valerian'], { encoding: 'utf8' }), /b\.html/);

    const old = site('old', { 'pagefind-entry.json': '{}', 'fragment/en_1.pf_fragment': '', 'pagefind-modular-ui.js': '', 'mine.css': '' });
    assert.deepEqual((await index.writeFiles({ outputPath: old })).errors, []);
    assert.deepEqual(['pagefind-entry.json', 'pagefind-modular-ui.js', 'mine.css', 'pagefind.js'].map((name) => readdirSync(old).includes(name)), [false, false, true, true]);
    assert.match((await index.writeFiles({ outputPath: site('others', { 'thesis.doc': '' }) })).errors[0], /holds something else/);
  });

  test('are_gone_with_the_index_and_with_the_thread', async () => {
    const index = await begun();
    await index.addHTMLFile({ sourcePath: 'a.html', content: TEA });
    assert.equal(await index.deleteIndex(), null);
    for (const call of [() => index.getFiles(), () => index.addHTMLFile({ url: '/', content: TEA })]) assert.match((await call()).errors[0], /deleted/);
    const other = await begun();
    await other.addHTMLFile({ sourcePath: 'a.html', content: TEA });
    const pending = other.getFiles();
    await pagefind.close();
    assert.match((await pending).errors[0], /closed/);
    assert.deepEqual((await other.getFiles()).files, []);
    assert.match((await other.getFiles()).errors[0], /closed/);
    assert.deepEqual((await (await begun()).addHTMLFile({ url: '/a', content: TEA })).errors, []);
  });
});

describe('the configuration', () => {
  test('chooses_what_of_pages_counts_and_never_touches_records', async () => {
    const index = await begun({ rootSelector: 'h1', excludeSelectors: ['span', 'b'], keepIndexUrl: true, forceLanguage: 'de' });
    const page = '<h1>Testing <span>twice</span> <b>now</b></h1><p>Hidden</p>';
    assert.deepEqual((await index.addHTMLFile({ sourcePath: 'dogs/index.html', content: page })).file, { uniqueWords: 1, url: '/dogs/index.html', meta: { title: 'Testing' } });
    assert.equal((await index.addHTMLFile({ url: '/cats', content: page })).file.url, '/cats');
    await index.addCustomRecord(RECORD);
    await index.writeFiles({ outputPath: join(folder, 'configured') });
    const hits = (/** @type {string} */ query) => JSON.parse(spawnSync(native, ['search', join(folder, 'configured'), '--json', '--', query], { encoding: 'utf8' }).stdout).hits;
    assert.deepEqual(hits('testing').map((hit) => hit.url).sort(), ['/cats', 'dogs/index.html']);
    assert.deepEqual(hits('twice OR now OR hidden'), []);
    assert.deepEqual(hits('rye').map((hit) => [hit.url, hit.meta.lang]), [['/resume.pdf', 'de']]);
  });

  test('is_an_error_where_it_makes_no_sense_and_a_warning_where_nothing_answers_to_it', async () => {
    await assert.rejects(pagefind.createIndex(/** @type {any} */ ({ rootSelector: 5 })), /^TypeError: createIndex: rootSelector: write a text, not 5$/);
    const told = await warnings(() => pagefind.createIndex(/** @type {any} */ ({ includeCharacters: '<>', writePlayground: true, rotSelector: 'a', keepIndexUrl: undefined })));
    assert.deepEqual(told.map((line) => line.split(/[:;]/)[1].trim()).sort(), ['includeCharacters', 'there is no rotSelector', 'writePlayground']);
    assert.deepEqual(await warnings(() => pagefind.createIndex({ writePlayground: false, verbose: true })), []);
  });

  test('names_a_file_for_what_the_indexer_says', async () => {
    const logfile = join(folder, 'index.log');
    const index = await begun({ logfile, verbose: true });
    await index.addHTMLFile({ sourcePath: 'tea.html', content: TEA });
    assert.match(readFileSync(logfile, 'utf8'), /1 document/);
  });
});

test('records_are_found_beside_pages_that_mark_what_is_content', async () => {
  const index = await begun();
  const path = site('marked', Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.html`, `<main data-pagefind-body><h1>${name} page</h1><p>Rye grows here.</p></main>`])));
  writeFileSync(join(path, 'unmarked.html'), '<main><h1>No</h1><p>Rye grows there.</p></main>');
  await index.addDirectory({ path });
  await index.addCustomRecord(RECORD);
  const told = await warnings(async () => assert.deepEqual((await index.writeFiles({ outputPath: join(path, 'pagefind') })).errors, []));
  assert.equal(told.length, 1);
  assert.match(told[0], /unmarked\.html: .*mark their body/);
  assert.match(execFileSync(native, ['search', join(path, 'pagefind'), 'baker'], { encoding: 'utf8' }), /resume\.pdf/);
  assert.equal(JSON.parse(execFileSync(native, ['search', '--json', join(path, 'pagefind'), 'rye'], { encoding: 'utf8' })).total, 4);
});

test('what_is_added_again_replaces_and_what_has_another_address_does_not', async () => {
  const index = await begun();
  const page = (/** @type {string} */ text) => `<html lang="en"><h1>${text}</h1></html>`;
  for (const [file, text] of /** @type {[object, string][]} */ ([
    [{ url: '/a', sourcePath: 'x.html' }, 'Alder'], [{ url: '/b', sourcePath: 'x.html' }, 'Birch'], [{ sourcePath: 'x.html' }, 'Cherry'],
    [{ sourcePath: 'x' }, 'Damson'], [{ sourcePath: '1/a.html' }, 'Elder'], [{ url: '/a' }, 'Fir'], [{ sourcePath: './x.html', url: null }, 'Gean'],
  ])) assert.deepEqual((await index.addHTMLFile({ ...file, content: page(text) })).errors, [], text);
  await index.addCustomRecord({ ...RECORD, url: '/b', content: 'Hazel', meta: {} });
  await index.writeFiles({ outputPath: join(folder, 'again') });
  const { hits } = JSON.parse(execFileSync(native, ['search', '--json', join(folder, 'again'), '--', '-nothing'], { encoding: 'utf8' }));
  assert.deepEqual(hits.map((/** @type {any} */ hit) => [hit.url, hit.snippet.text || hit.title]).sort(), [['/a', 'Fir'], ['/b', 'Hazel'], ['/x', 'Damson'], ['1/a.html', 'Elder'], ['x.html', 'Gean']]);
  await index.addHTMLFile({ sourcePath: 'x.html/deep.html', content: page('Ivy') });
  assert.match((await index.getFiles()).errors[0], /x\.html is a document/);
});

test('a_page_finds_all_of_it_through_pagefind_js', async () => {
  const path = site('searched', { 'index.html': '<!DOCTYPE html><title>Home</title>', 'real/index.html': TEA });
  const index = await begun();
  await index.addDirectory({ path, glob: 'real/**' });
  await index.addHTMLFile({ url: '/my-own/', content: '<html lang="en"><h1>Mint</h1><p data-pagefind-sort="weight:3">Mint and sourdough.</p></html>' });
  await index.addCustomRecord(RECORD);
  await index.addCustomRecord({ ...RECORD, content: 'Sourdough again, of another kind', url: '/crumbs', meta: { title: 'Crumbs' }, sort: { weight: '100' }, filters: { tags: ['life: mine'] } });
  // Once more is instead of.
  await index.addCustomRecord({ ...RECORD, language: 'en', content: `${RECORD.content} and baker's wife` });
  assert.deepEqual((await index.writeFiles({ outputPath: join(path, 'pagefind') })).errors, []);
  const server = await serve(path);
  const browser = await launch('chromium');
  try {
    const page = await browser.open();
    await page.goto(`${server.address}index.html`);
    const seen = await page.eval(async () => {
      const pagefind = await import(/** @type {any} */ ('/pagefind/pagefind.js'));
      const urls = async (/** @type {any[]} */ ...call) => Promise.all((await pagefind.search(...call)).results.map(async (/** @type {any} */ one) => (await one.data()).url));
      const [{ data }] = (await pagefind.search('wife')).results;
      const { url, meta, filters, content } = await data();
      return {
        record: { url, meta, filters, content },
        tea: await urls('peppermint'),
        filtered: await urls('sourdough', { filters: { tags: 'bread' } }),
        sorted: await urls('sourdough', { sort: { weight: 'desc' } }),
        all: await pagefind.filters(),
      };
    });
    assert.deepEqual(seen.record, {
      url: '/resume.pdf', meta: RECORD.meta, filters: RECORD.filters,
      content: "Sourdough & <b>rye</b>. for every baker and baker's wife.",
    });
    assert.deepEqual(seen.tea, ['/real/']);
    assert.deepEqual(seen.filtered, ['/resume.pdf']);
    assert.deepEqual(seen.sorted, ['/crumbs', '/resume.pdf', '/my-own/']);
    assert.deepEqual(seen.all, { kind: { herb: 1 }, tags: { bread: 1, 'life: mine': 2 } });
  } finally {
    await browser.close();
    await server.close();
  }
});

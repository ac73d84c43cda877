/**
 * The package in the frameworks of others: small apps are built with it and a bundle beside it, and a hit is gone to and
 * left again in each.
 */

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launch } from '../../../../www/tests/browser.mjs';
import { search } from '../../../../www/tests/searching.mjs';
import { serve } from '../../../../www/tests/server.mjs';
import { eventually } from '../../../../www/tests/waiting.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const WWW = fileURLToPath(new URL('../../../../www', import.meta.url));
const ENGINE = fileURLToPath(new URL('../../../../target/module/empty/samara_bg.wasm', import.meta.url));
const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../../../target/debug/samara', import.meta.url));
const run = promisify(execFile);

/** @type {string} */
let work;
/** @type {import('../../../../www/tests/browser.mjs').Browser} */
let browser;

before(async () => {
  work = await mkdtemp(join(tmpdir(), 'samara-apps-'));
  const copy = join(work, 'package');
  await mkdir(copy, { recursive: true });
  for (const file of ['package.json', 'custom-elements.json', 'README.md']) await cp(join(WWW, file), join(copy, file));
  await run('node', ['tools/build.mjs', '--wasm', ENGINE, '--out', join(copy, 'dist'), '--package'], { cwd: WWW });
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', work], { cwd: copy });
  // Unpacked where the apps look for it, without a word in their lock file.
  const installed = join(HERE, 'node_modules/samara-search');
  await rm(installed, { recursive: true, force: true });
  await mkdir(installed);
  const [tarball] = (await readdir(work)).filter((name) => name.endsWith('.tgz'));
  await run('tar', ['-xzf', join(work, tarball), '-C', installed, '--strip-components=1']);
  const pages = join(work, 'pages.json');
  const documents = ['Alpha apple', 'Beta banana'].map((title, at) => ({ url: ['/a/', '/b/'][at], title, text: `Words about ${title}.` }));
  await writeFile(pages, JSON.stringify(documents));
  await run(SAMARA, ['build', pages, '-o', join(work, 'search'), '--quiet']);
  browser = await launch('chromium');
});
after(async () => {
  await browser?.close();
  await rm(work, { recursive: true, force: true });
});

/** @typedef {{ name: string, build(folder: string): Promise<string>, spa?: boolean }} App */

/** @param {string} program @param {string[]} words */
const tool = (program, ...words) => (/** @type {string} */ folder) =>
  run(join(HERE, 'node_modules/.bin', program), words, { cwd: folder, env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' }, maxBuffer: 1 << 26 });

/** How each is built, and where the site comes out. @type {App[]} */
const APPS = [
  { name: 'router', spa: true, build: (folder) => tool('vite', 'build', '--outDir', 'out')(folder).then(() => join(folder, 'out')) },
  { name: 'react', spa: true, build: (folder) => tool('vite', 'build', '--outDir', 'out')(folder).then(() => join(folder, 'out')) },
  {
    // The app of `router`, without a file of settings.
    name: 'webpack',
    spa: true,
    async build(folder) {
      await cp(join(HERE, 'router/main.js'), join(folder, 'src/index.js'));
      await tool('webpack', '--mode', 'production')(folder);
      await cp(join(folder, 'index.html'), join(folder, 'dist/index.html'));
      return join(folder, 'dist');
    },
  },
  {
    name: 'turbo',
    async build(folder) {
      await cp(join(HERE, 'node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js'), join(folder, 'turbo.js'));
      return folder;
    },
  },
  { name: 'sveltekit', build: (folder) => tool('vite', 'build')(folder).then(() => join(folder, 'build')) },
  { name: 'astro', build: (folder) => tool('astro', 'build', '--outDir', 'out')(folder).then(() => join(folder, 'out')) },
  { name: 'next', build: (folder) => tool('next', 'build')(folder).then(() => join(folder, 'out')) },
];

describe('the package in', () => {
  for (const { name, build, spa } of APPS) {
    test(`${name}_goes_to_a_hit_and_back_within_the_page`, async (context) => {
      // Beside the packages, where each tool finds them.
      const folder = join(HERE, 'made', name);
      await rm(folder, { recursive: true, force: true });
      await cp(join(HERE, name), folder, { recursive: true });
      const site = await build(folder);
      await cp(join(work, 'search'), join(site, 'search'), { recursive: true });
      const server = await serve(site, { aliases: spa ? { '/a/': '/index.html', '/b/': '/index.html' } : {} });
      context.after(() => server.close());
      await goesAndComesBack(server.address, context);
    });
  }

  test('vite_serves_it_while_it_is_developed', async (context) => {
    const folder = join(HERE, 'made/router-dev');
    await rm(folder, { recursive: true, force: true });
    await cp(join(HERE, 'router'), folder, { recursive: true });
    await cp(join(work, 'search'), join(folder, 'public/search'), { recursive: true });
    const vite = spawn(join(HERE, 'node_modules/.bin/vite'), ['--port', '5199', '--strictPort', '--host', '127.0.0.1'], { cwd: folder, stdio: 'ignore' });
    context.after(() => vite.kill());
    await eventually(() => fetch('http://127.0.0.1:5199/').then(({ ok }) => ok, () => false), 'the development server');
    await goesAndComesBack('http://127.0.0.1:5199/', context);
  });
});

/**
 * @param {string} address
 * @param {import('node:test').TestContext} context
 */
async function goesAndComesBack(address, context) {
  const page = await browser.open();
  context.after(() => page.close());
  await page.goto(address);
  const main = () => page.eval(() => document.querySelector('main')?.innerText.trim() ?? '');
  await eventually(async () => (await main()) === 'Home');
  await page.eval(() => Object.assign(window, { same: true }));
  const before = await page.eval(() => history.length);
  const { options } = await search(page, 'banana');
  assert.equal(options.length, 1);
  await page.press('ArrowDown');
  await page.press('Enter');
  await eventually(async () => (await main()) === 'Beta', async () => `the page of the hit; it is ${await page.address()}: ${await main()}`);
  assert.equal(new URL(await page.address()).pathname, '/b/');
  const state = () =>
    page.eval(() => {
      const element = /** @type {any} */ (document.querySelector('samara-search'));
      return [/** @type {any} */ (window).same, element.isOpen, history.length];
    });
  assert.deepEqual(await state(), [true, false, before + 1]);
  await page.eval(() => history.back());
  await eventually(async () => (await main()) === 'Home');
  assert.deepEqual((await state()).slice(0, 2), [true, false]);
  assert.equal((await search(page, 'apple')).options.length, 1);
  await page.press('Escape');
  assert.equal(new URL(await page.address()).pathname, '/');
}

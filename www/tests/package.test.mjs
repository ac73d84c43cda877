/** The npm package, from a packed tarball: in plain pages, through a bundler, and its own description. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import webpack from 'webpack';
import { browserNames, launch } from './browser.mjs';
import { focus, search, until } from './searching.mjs';
import { serve } from './server.mjs';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
const SEEDS = fileURLToPath(new URL('../../seeds', import.meta.url));
const SAMARA = process.env.SAMARA_COMMAND ?? fileURLToPath(new URL('../../target/debug/samara', import.meta.url));
/** The engine without an index, which `cargo xtask build` leaves there. */
const ENGINE = fileURLToPath(new URL('../../target/module/empty/samara_bg.wasm', import.meta.url));
const run = promisify(execFile);

/** @param {import('webpack').Configuration} configuration */
async function bundle(configuration) {
  const compiler = webpack(configuration);
  const told = await promisify(compiler.run.bind(compiler))();
  assert.deepEqual(told?.toJson({ all: false, errors: true, warnings: true }), { errors: [], warnings: [] });
}

describe('the npm package', () => {
  /** @type {string} */
  let folder;
  /** @type {string} */
  let installed;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samara-package-'));
    // Packed from a copy, since several of these runs may share the sources. As it is published: its engine has no index.
    const copy = join(folder, 'package');
    for (const file of ['package.json', 'custom-elements.json', 'README.md'])
      await cp(join(SOURCES, file), join(copy, file));
    await run('node', ['tools/build.mjs', '--wasm', ENGINE, '--out', join(copy, 'dist'), '--package'], {
      cwd: SOURCES,
    });
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: copy });
    const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
    await writeFile(join(folder, 'package.json'), '{ "name": "site", "private": true, "type": "module" }');
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, tarball)], { cwd: folder });
    installed = join(folder, 'node_modules/samara-search');
    await run(SAMARA, ['build', SEEDS, '-o', join(folder, 'search'), '--quiet']);
    // The same as another version of the command would write it: the module's last bytes are the number of its build.
    await cp(join(folder, 'search'), join(folder, 'other'), { recursive: true });
    const [module] = (await readdir(join(folder, 'other'))).filter((name) => name.endsWith('.wasm'));
    const bytes = await readFile(join(folder, 'other', module));
    bytes.write('another', bytes.length - 7);
    await writeFile(join(folder, 'other', module), bytes);
  });
  const manifest = async () => JSON.parse(await readFile(join(installed, 'custom-elements.json'), 'utf8'));
  after(() => rm(folder, { recursive: true, force: true }));

  test('importing_it_in_node_has_no_effect_and_registers_nothing', async () => {
    const script =
      "const all = new Set(Object.keys(globalThis)); const api = await import('samara-search'); await import('samara-search/auto');" +
      'console.log(typeof api.open, Object.keys(globalThis).filter((name) => !all.has(name)).length)';
    const { stdout } = await run('node', ['--input-type=module', '--eval', script], { cwd: folder });
    assert.equal(stdout.trim(), 'function 0');
  });

  test('what_is_exported_and_declared_is_there', async () => {
    const { exports } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
    for (const target of Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    )) {
      await readFile(join(installed, String(target)));
    }
  });

  test('its_types_stand_on_their_own', async () => {
    const {
      modules: [
        {
          declarations: [{ members }],
        },
      ],
    } = await manifest();
    const fields = members.filter(
      (/** @type {{ kind: string, static?: boolean }} */ member) => member.kind === 'field' && !member.static,
    );
    await writeFile(
      join(folder, 'use.ts'),
      `import { open, type Hit, type Search } from 'samara-search'; import { SamaraSearch } from 'samara-search/auto';
export const total: number = (await (await open()).query('x', { limit: 3 })).total;
const element: SamaraSearch = document.createElement('samara-search');
${fields.map((/** @type {{ name: string, type: { text: string } }} */ { name, type }) => `export const ${name}Of: ${type.text} = element.${name};`).join('\n')}
element.addEventListener('samara-select', ({ detail }) => detail.hit.url.length);`,
    );
    const tsc = join(SOURCES, 'node_modules/typescript/bin/tsc');
    await writeFile(
      join(folder, 'tsconfig.json'),
      '{ "compilerOptions": { "strict": true, "noEmit": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022", "types": [] }, "files": ["use.ts"] }',
    );
    const told = await run('node', [tsc, '--project', folder]).catch((error) => error);
    assert.equal(told.stdout, '');
  });

  test('the_manifest_names_the_attributes_and_parts_that_the_element_has', async () => {
    const {
      modules: [
        {
          declarations: [element],
        },
      ],
    } = await manifest();
    /** @param {{ name: string }[]} list */
    const names = (list) => list.map(({ name }) => name);
    const sources = await Promise.all(
      (await readdir(join(SOURCES, 'src/element')))
        .filter((file) => /[.](js|css)$/.test(file))
        .map((file) => readFile(join(SOURCES, 'src/element', file), 'utf8')),
    );
    const text = sources.join('\n');
    // What the class itself says it observes, and what only the styles look at.
    const { SamaraSearch } = await import(pathToFileURL(join(installed, 'dist/samara.auto.mjs')).href);
    assert.deepEqual(names(element.attributes).sort(), [...SamaraSearch.observedAttributes].sort());
    const properties = Object.entries(Object.getOwnPropertyDescriptors(SamaraSearch.prototype))
      .filter(([, { get }]) => get)
      .map(([name]) => name)
      .concat([...text.matchAll(/^ {2}(\w+) = null;/gm)].map(([, name]) => name));
    const described = names(
      element.members.filter(
        (/** @type {{ kind: string, static?: boolean }} */ member) => member.kind === 'field' && !member.static,
      ),
    );
    assert.deepEqual(described.sort(), properties.sort());
    const slots = [...text.matchAll(/'slot',\s*\{ name: '(\w+)'/g)].map(([, slot]) => slot);
    assert.deepEqual(names(element.slots).sort(), ['', ...slots].sort());
    assert.deepEqual(
      names(element.events).sort(),
      [...new Set(text.match(/(?<=')samara-(?:ready|search|settled|select|error)(?=')/g))].sort(),
    );
    const parts = new Set([...text.matchAll(/(?:part: |linkButton\()'([\w-]+)'/g)].map(([, part]) => part));
    for (const part of names(element.cssParts)) assert.ok(parts.has(part) || ['hit', 'section'].includes(part), part);
    for (const part of parts) assert.ok(names(element.cssParts).includes(part), part);
    assert.deepEqual(
      names(element.cssProperties).sort(),
      [...new Set([...text.matchAll(/var\((--samara-[\w-]+)/g)].map(([, name]) => name))].sort(),
    );
  });

  for (const name of browserNames) {
    test(`pages_use_it_in_${name}_plainly_bundled_and_as_a_classic_script`, async (context) => {
      await writeFile(join(folder, 'entry.js'), "import 'samara-search/auto';");
      await bundle({
        context: folder,
        entry: './entry.js',
        mode: 'production',
        output: { path: join(folder, 'out'), publicPath: 'auto' },
      });
      /** @param {string} script @param {string} [src] */
      const html = (script, src = '/search/') =>
        `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>test</title><samara-search src="${src}"></samara-search>${script}`;
      const plain =
        '<script type="importmap">{ "imports": { "samara-search/auto": "/node_modules/samara-search/dist/samara.auto.mjs" } }</script><script type="module">import { open } from "samara-search/auto"; window.open = open;</script>';
      const server = await serve(folder, {
        pages: {
          '/plain': html(plain),
          '/deep/er/route': html(plain),
          '/other-version': html(plain, '/other/'),
          '/none': html(plain, ''),
          '/bundled': html('<script src="/out/main.js"></script>'),
          '/classic': html('<script src="/node_modules/samara-search/dist/samara.js"></script>'),
        },
      });
      context.after(() => server.close());
      const browser = await launch(name);
      context.after(() => browser.close());
      const page = await browser.open();
      for (const path of ['plain', 'bundled', 'classic', 'other-version', 'deep/er/route']) {
        await page.goto(server.address + path);
        const { options } = await search(page, 'newsom');
        assert.match(options[0].text, /Newsom/, path);
        // Hits lead into the site, from any route of it.
        assert.equal(new URL(options[0].href).pathname.split('/').length, 2, options[0].href);
      }
      const found = await page.eval(async () => {
        const open = /** @type {any} */ (window).open;
        const answers = await Promise.all(
          ['/search/', '/other/'].map(async (folder) => (await open(folder)).query('newsom')),
        );
        return answers.map(({ total }) => total);
      });
      assert.deepEqual(found, [1, 1]);
      await page.goto(`${server.address}none`);
      await focus(page);
      await page.type('newsom');
      const { message } = await until(page, ({ message }) => message !== '');
      assert.match(message, /no index|samara build/i);
      assert.deepEqual(await page.problems(), []);
    });
  }
});

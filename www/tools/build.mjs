/**
 * Joins the sources of `src/` with an optimised module into a site:
 *
 *     node tools/build.mjs --wasm PATH --out DIR [--package | --split PATH]
 *
 * writes `samara.js` (classic script: the box, and the API's entry), `samara.search.js` (what follows at the first intent
 * to search: results, API and worker), `samara.extras.js` (what only some searches need), `samara.single.js` (all in one, for a page that carries everything), `samara.mjs`
 * (the API as a module), `samara.wasm`, `samara.languages.json` (the interface in other languages than English),
 * `index.html` (the demo page), `samara.html` (the same page as one file without any network), and, for sites that want
 * them, `samara-highlight.js` (marks the words on the page of a hit) and `samara-worker.js` (service worker), and what sites load that were made for
 * Pagefind: `pagefind.js`, `pagefind-highlight.js`, `pagefind-ui.js`, `pagefind-component-ui.js` and their styles.
 * Scripts and module carry the same build number, a hash of everything in them. With `--package` it writes the files of
 * the npm package; with `--split`, which names the second half of the module, the scripts of an index in blocks, which the page fetches, and
 * `samara.second.wasm`: no pages, and `samara.auto.mjs`, which registers the element, with the types of all.
 */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { minify } from 'terser';
import { leanGlue } from './glue.mjs';
import { internalNames } from './names.mjs';
import { withoutSection, withSection } from './wasm.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = join(ROOT, 'src');
const PLACEHOLDER = '__SAMARA_BUILD__';
const SECTION = 'samara-build';

/** What all scripts are made with. @type {import('esbuild').BuildOptions & { write: false }} */
const OPTIONS = {
  absWorkingDir: SOURCES,
  bundle: true,
  write: false,
  target: ['chrome123', 'firefox128', 'safari17.5'],
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
};

/** What a script takes over from the one before it, by the name of its place. @type {Record<string, RegExp>} */
const HANDED_OVER = {
  second: /\/(policy|dom|names|shortcuts)\.js$/,
  third: /\/(dom|link|marked|shortcuts|texts)\.js$/,
};

/** Files that the service worker keeps: of a bundle, and of the demo page. */
const BUNDLE = ['samara.js', 'samara.search.js', 'samara.extras.js', 'samara.wasm', 'samara.languages.json'];
const DEMO = ['index.html', 'demo.css', 'demo.js'];

const { wasm, out, pack, split } = readArguments();

await main();

async function main() {
  const glue = await glueFunction();
  const [scripts, [single], module, engine] = await Promise.all([
    classicScripts(
      [
        ['classic.js', { place: 'classic', load: 'classic' }],
        ['second/classic.js', { place: 'second', load: 'classic' }],
        ['third/classic.js', { place: 'third' }],
      ],
      glue,
    ),
    classicScripts([['single.js', { place: 'single', load: 'single' }]], glue),
    modules({ samara: 'api/search.js' }, glue),
    readFile(wasm).then((bytes) => withoutSection(bytes, SECTION)),
  ]);
  const half = split ? withoutSection(await readFile(split), SECTION) : undefined;
  const [first, second, third] = scripts;
  const hash = createHash('sha256').update(scripts.join('')).update(engine);
  const number = hash
    .update(half ?? '')
    .digest('hex')
    .slice(0, 12);
  const numbered = withSection(engine, SECTION, number);
  const write = (/** @type {string} */ name, /** @type {string | Uint8Array} */ content) =>
    writeFile(join(out, name), typeof content === 'string' ? content.replaceAll(PLACEHOLDER, number) : content);

  await mkdir(out, { recursive: true });
  await Promise.all([
    write('samara.js', first),
    write('samara.search.js', second),
    write('samara.extras.js', third),
    write('samara.wasm', numbered),
    write('samara.languages.json', await languages()),
    write('samara-highlight.js', await standalone('samara-highlight.js')),
  ]);
  if (pack) {
    const files = await modules({ samara: 'api/search.js', 'samara.auto': 'auto.js' }, glue);
    await Promise.all([...files].map(([name, text]) => write(name, text)));
    await write('samara-worker.js', await serviceWorker(out, BUNDLE));
    for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) await cp(join(ROOT, '..', licence), join(out, licence));
    await declareTypes(out);
    return;
  }
  await Promise.all([
    ...[...module].map(([name, text]) => write(name, text)),
    // Sites import it by the name that Pagefind's has.
    ...[...(await modules({ pagefind: '../pagefind/pagefind.js' }, glue))].map(([, text]) =>
      write('pagefind.js', text),
    ),
  ]);
  if (half) {
    await write('samara.second.wasm', withSection(half, SECTION, number));
    return;
  }
  await Promise.all([
    write('samara.single.js', single),
    write('index.html', await page((script) => `<script src="${script}" defer></script>`)),
    write('demo.css', await asset('demo.css')),
    write('demo.js', await asset('demo.js')),
    write('samara.html', await singleFile(single.replaceAll(PLACEHOLDER, number), numbered)),
    write('pagefind-highlight.js', await standalone('../pagefind/highlight.js')),
    write('pagefind-ui.js', await pagefindScript('ui.js', glue)),
    write('pagefind-component-ui.js', await pagefindScript('component.js', glue)),
    write('pagefind-ui.css', await style('pagefind/ui.css')),
  ]);
  await write('samara-worker.js', await serviceWorker(out, [...DEMO, ...BUNDLE]));
}

/**
 * Declarations for TypeScript, from the comments of the sources.
 * @param {string} out
 */
async function declareTypes(out) {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [
    tsc,
    '--project',
    join(ROOT, 'tsconfig.package.json'),
    '--outDir',
    join(out, 'types'),
  ]);
  // What the compiler does not copy: the glue's own, and what the element adds to the types of a page.
  await cp(join(ROOT, 'generated/samara.d.ts'), join(out, 'types/generated/samara.d.ts'));
  for (const name of ['elements', 'jsx', 'vue', 'svelte']) {
    await cp(join(SOURCES, `${name}.d.ts`), join(out, `types/src/${name}.d.ts`));
  }
  await appendFile(join(out, 'types/src/auto.d.ts'), "import './elements.js';\n");
}

/**
 * The service worker, with the list of files and a version that changes with any of them.
 * @param {string} out folder of the finished files
 * @param {string[]} kept
 */
async function serviceWorker(out, kept) {
  const hash = createHash('sha256');
  for (const file of kept) hash.update(await readFile(join(out, file)));
  return (await standalone('samara-worker.js'))
    .replace('__SAMARA_VERSION__', hash.digest('hex').slice(0, 12))
    .replace('"__SAMARA_FILES__"', JSON.stringify(kept).slice(1, -1));
}

/**
 * A script that stands for itself and imports nothing.
 * @param {string} name
 */
async function standalone(name) {
  const { code } = await transform(await readFile(join(SOURCES, name), 'utf8'), {
    minify: true,
    charset: 'utf8',
    target: OPTIONS.target,
  });
  return code;
}

/** @param {string} name */
async function style(name) {
  const { code } = await transform(await readFile(join(ROOT, name), 'utf8'), {
    loader: 'css',
    minify: true,
    target: OPTIONS.target,
  });
  return code;
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      wasm: { type: 'string' },
      out: { type: 'string' },
      package: { type: 'boolean', default: false },
      split: { type: 'string' },
    },
  });
  const { wasm, out, package: pack, split } = values;
  if (!wasm || !out) throw new Error('usage: node tools/build.mjs --wasm PATH --out DIR [--package | --split PATH]');
  return { wasm, out, pack, split };
}

/**
 * `glue.js` with the glue inside of a function, every call of which makes a copy.
 * @returns {Promise<string>}
 */
async function glueFunction() {
  const lean = leanGlue(await readFile(join(ROOT, 'generated/samara.js'), 'utf8'));
  const { code } = await transform(lean, { format: 'esm', minifySyntax: true, target: OPTIONS.target });
  const [body, names] = code.replace('export class Engine', 'class Engine').split(/^export /m);
  const init = /(\w+) as default/.exec(names ?? '')?.[1];
  if (!init) throw new Error('the glue does not export what it should: a default function beside Engine');
  return `export async function freshGlue() {${body}\nreturn { default: ${init}, Engine };}`;
}

/**
 * Which file stands in for one that sources import: `place` for `api/place.js` and for what the script before it hands over,
 * `load` for `second/load.js` and `third/load.js`.
 * @typedef {{ place: string, load?: string }} Variant
 */

/**
 * @param {Variant} variant
 * @param {string} glue stands in for `glue.js`
 * @returns {import('esbuild').Plugin}
 */
function sourcesOf({ place, load }, glue) {
  const api = join(SOURCES, 'api');
  return {
    name: 'places, glue and styles',
    setup(setup) {
      setup.onResolve({ filter: /\/place\.js$/ }, () => ({ path: join(api, `place/${place}.js`) }));
      if (load) {
        setup.onResolve({ filter: /\/load\.js$/ }, ({ resolveDir, path }) => ({
          path: join(resolveDir, path.replace(/js$/, `${load}.js`)),
        }));
      }
      const handedOver = HANDED_OVER[place];
      if (handedOver) setup.onResolve({ filter: handedOver }, () => ({ path: join(api, `place/${place}.js`) }));
      if (split) {
        setup.onResolve({ filter: /\/root\.js$/ }, () => ({ path: join(api, 'root.blocks.js') }));
        setup.onResolve({ filter: /\/engine\.js$/ }, () => ({ path: join(SOURCES, 'worker/engine.blocks.js') }));
      }
      setup.onLoad({ filter: /[\\/]glue\.js$/ }, () => ({ contents: glue }));
      setup.onLoad({ filter: /\.css\.js$/ }, ({ path }) => styles(path.replace(/\.js$/, '')));
    },
  };
}

/** @param {string} path of a style sheet */
async function styles(path) {
  const sheet = await readFile(path, 'utf8');
  const { code } = await transform(sheet, { loader: 'css', minify: true, target: OPTIONS.target });
  // Values of custom properties are left as they are written.
  const tight = code
    .trim()
    .replaceAll(/(--[\w-]+): /g, '$1:')
    .replaceAll(', ', ',');
  return { contents: `export const css = ${JSON.stringify(tight)};` };
}

/**
 * Classic scripts, each with everything that it needs. They know each other's names, so names that nobody else knows
 * become letters, the same in all of them.
 * @param {[string, Variant][]} entries
 * @param {string} glue
 * @returns {Promise<string[]>}
 */
async function classicScripts(entries, glue) {
  const properties = { regex: await internalNames(SOURCES) };
  const nameCache = {};
  const scripts = [];
  for (const [entry, variant] of entries) {
    scripts.push(await minified(await joined(entry, variant, glue), { mangle: { properties }, nameCache }));
  }
  return scripts;
}

/**
 * @param {string} name of a script that stands in for one of Pagefind's
 * @param {string} glue
 */
async function pagefindScript(name, glue) {
  return minified(await joined(`../pagefind/${name}`, { place: 'single', load: 'single' }, glue));
}

/**
 * @param {string} entry
 * @param {Variant} variant
 * @param {string} glue
 * @returns {Promise<string>} everything that the entry needs, in one script
 */
async function joined(entry, variant, glue) {
  const { outputFiles } = await build({
    ...OPTIONS,
    entryPoints: [entry],
    minify: true,
    format: 'iife',
    plugins: [sourcesOf(variant, glue)],
  });
  return outputFiles[0].text;
}

/**
 * @param {Record<string, string>} entries by the names of their modules
 * @param {string} glue
 * @returns {Promise<Map<string, string>>} the modules and what they share, by the names of their files
 */
async function modules(entries, glue) {
  const several = Object.keys(entries).length > 1;
  const { outputFiles } = await build({
    ...OPTIONS,
    entryPoints: entries,
    minify: true,
    format: 'esm',
    splitting: several,
    outdir: SOURCES,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'samara-[name]-[hash]',
    plugins: [sourcesOf(several ? { place: 'module' } : { place: 'module', load: 'api' }, glue)],
  });
  const files = outputFiles.map(
    async ({ path, text }) => /** @type {const} */ ([basename(path), await minified(text, { module: true })]),
  );
  return new Map(await Promise.all(files));
}

/**
 * Over what esbuild leaves, terser saves another 3 % of the compressed script (measured). No function here that could be
 * an arrow is called with `new`.
 * @param {string} script
 * @param {import('terser').MinifyOptions} [options]
 */
async function minified(script, options) {
  const { code } = await minify(script, {
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true },
    ...options,
  });
  return /** @type {string} */ (code);
}

/** @returns {Promise<string>} the interface's other languages, without the spaces that people need */
async function languages() {
  return JSON.stringify(JSON.parse(await readFile(join(SOURCES, 'element/languages.json'), 'utf8')));
}

/** @param {string} name of a file of the demo page */
function asset(name) {
  return readFile(join(ROOT, 'demo', name), 'utf8');
}

/**
 * The demo page, which in this folder loads its sources as they are.
 * @param {(script: string) => string} tag
 */
async function page(tag) {
  return replaced(await asset('index.html'), '<script type="module" src="../src/auto.js"></script>', tag('samara.js'));
}

/**
 * The demo page with everything inside. The module is gzipped, since base64 adds a third and the page itself
 * may be handed over uncompressed.
 * @param {string} script
 * @param {Uint8Array} wasm
 */
async function singleFile(script, wasm) {
  const others = await languages();
  const base64 = gzipSync(wasm, { level: 9 }).toString('base64');
  let html = await page(
    () =>
      `<script type="application/wasm+gzip+base64" id="samara-wasm">${base64}</script>\n` +
      `<script type="application/json" id="samara-languages">${inline(others, 'languages.json')}</script>\n` +
      `<script>${inline(script, 'samara.js')}</script>`,
  );
  html = replaced(
    html,
    '<link rel="stylesheet" href="demo.css">',
    `<style>${inline(await asset('demo.css'), 'demo.css')}</style>`,
  );
  return replaced(
    html,
    '<script src="demo.js" defer></script>',
    `<script>${inline(await asset('demo.js'), 'demo.js')}</script>`,
  );
}

/**
 * @param {string} text that is to stand inside of an element
 * @param {string} name for the message
 */
function inline(text, name) {
  if (/<\/(script|style)|<!--/i.test(text))
    throw new Error(`${name} holds markup that would end its element when it stands inside a page`);
  return text;
}

/**
 * @param {string} text
 * @param {string} part that must be there, once
 * @param {string} by
 */
function replaced(text, part, by) {
  const [before, after, more] = text.split(part);
  if (after === undefined || more !== undefined) throw new Error(`the demo page should hold ${part} exactly once`);
  return before + by + after;
}

/**
 * Joins the sources of this folder with an optimised module into a site:
 *
 *     node tools/build.mjs --wasm PATH --out DIR [--package]
 *
 * writes `samara.js` (classic script: element, API and worker in one), `samara.mjs` (the API as a module),
 * `samara.wasm`, `samara.languages.json` (the interface in other languages than English), `index.html` (the demo page),
 * `samara.html` (the same page as one file without any network), and, for sites that want them, `samara-highlight.js`
 * (marks the words on the page of a hit) and `samara-worker.js` (service worker).
 * Script and module carry the same build number, a hash of everything in them. With `--package` it writes the files of
 * the npm package: no pages, and `samara.auto.mjs`, which registers the element, with the types of all.
 */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { minify } from 'terser';
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

/** Files of a bundle that the service worker keeps. */
const KEPT = ['index.html', 'demo.css', 'demo.js', 'samara.js', 'samara.wasm', 'samara.languages.json'];

await main();

async function main() {
  const { wasm, out, pack } = readArguments();
  const glue = await glueFunction();
  const [classic, module, engine] = await Promise.all([
    script('classic.js', 'iife', 'api/place.classic.js', glue),
    script('api/search.js', 'esm', 'api/place.module.js', glue),
    readFile(wasm).then((bytes) => withoutSection(bytes, SECTION)),
  ]);
  const number = createHash('sha256').update(classic).update(module).update(engine).digest('hex').slice(0, 12);
  const numbered = withSection(engine, SECTION, number);
  const ownScript = classic.replaceAll(PLACEHOLDER, number);

  await mkdir(out, { recursive: true });
  await Promise.all([
    writeFile(join(out, 'samara.js'), ownScript),
    writeFile(join(out, 'samara.mjs'), module.replaceAll(PLACEHOLDER, number)),
    writeFile(join(out, 'samara.wasm'), numbered),
    writeFile(join(out, 'samara.languages.json'), await languages()),
    writeFile(join(out, 'samara-highlight.js'), await standalone('samara-highlight.js')),
  ]);
  if (pack) {
    const auto = await script('auto.js', 'esm', 'api/place.module.js', glue);
    await writeFile(join(out, 'samara.auto.mjs'), auto.replaceAll(PLACEHOLDER, number));
    await declareTypes(out);
    return;
  }
  await Promise.all([
    writeFile(join(out, 'index.html'), await page((script) => `<script src="${script}" defer></script>`)),
    writeFile(join(out, 'demo.css'), await asset('demo.css')),
    writeFile(join(out, 'demo.js'), await asset('demo.js')),
    writeFile(join(out, 'samara.html'), await singleFile(ownScript, numbered)),
  ]);
  await writeFile(join(out, 'samara-worker.js'), await serviceWorker(out));
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
  await cp(join(SOURCES, 'elements.d.ts'), join(out, 'types/src/elements.d.ts'));
  await appendFile(join(out, 'types/src/auto.d.ts'), "import './elements.js';\n");
}

/**
 * The service worker, with the list of files and a version that changes with any of them.
 * @param {string} out folder of the finished files
 */
async function serviceWorker(out) {
  const hash = createHash('sha256');
  for (const file of KEPT) hash.update(await readFile(join(out, file)));
  return (await standalone('samara-worker.js'))
    .replace('__SAMARA_VERSION__', hash.digest('hex').slice(0, 12))
    .replace('"__SAMARA_FILES__"', JSON.stringify(KEPT).slice(1, -1));
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

function readArguments() {
  const { values } = parseArgs({
    options: { wasm: { type: 'string' }, out: { type: 'string' }, package: { type: 'boolean', default: false } },
  });
  const { wasm, out, package: pack } = values;
  if (!wasm || !out) throw new Error('usage: node tools/build.mjs --wasm PATH --out DIR [--package]');
  return { wasm, out, pack };
}

/**
 * `glue.js` with the glue inside of a function, every call of which makes a copy.
 * @returns {Promise<string>}
 */
async function glueFunction() {
  const { outputFiles } = await build({
    ...OPTIONS,
    stdin: { contents: `export { default as init, Engine } from './generated/samara.js'`, resolveDir: ROOT },
    format: 'esm',
    minifySyntax: true,
    // The loader hands over compiled modules only, so that the ways to fetch one are left out; engines are freed by name.
    define: {
      Response: 'undefined',
      Request: 'undefined',
      URL: 'undefined',
      FinalizationRegistry: 'undefined',
      'Symbol.dispose': 'undefined',
    },
  });
  const [body, names] = outputFiles[0].text.split(/^export /m);
  const init = /(\w+) as init/.exec(names ?? '')?.[1];
  if (!init)
    throw new Error('generated/samara.js does not export what wasm-bindgen should: a default function and Engine');
  return `export async function freshGlue() {${body}\nreturn { default: ${init}, Engine };}`;
}

/**
 * @param {string} entry
 * @param {'iife' | 'esm'} format
 * @param {string} place which file stands in for `place.js`
 * @param {string} glue stands in for `glue.js`
 * @returns {Promise<string>} everything that the entry needs, joined and minified
 */
async function script(entry, format, place, glue) {
  const { outputFiles } = await build({
    ...OPTIONS,
    entryPoints: [entry],
    minify: true,
    format,
    plugins: [
      {
        name: 'place, glue and styles',
        setup(setup) {
          setup.onLoad({ filter: /[\\/]glue\.js$/ }, () => ({ contents: glue }));
          setup.onLoad({ filter: /[\\/]place\.js$/ }, async () => ({
            contents: await readFile(join(SOURCES, place)),
            resolveDir: join(SOURCES, 'api'),
          }));
          setup.onLoad({ filter: /[\\/]styles\.js$/ }, async ({ path }) => {
            const { code } = await transform(await readFile(path.replace(/js$/, 'css'), 'utf8'), {
              loader: 'css',
              minify: true,
              target: OPTIONS.target,
            });
            return { contents: `export const css = ${JSON.stringify(code.trim())};` };
          });
        },
      },
    ],
  });
  // Over what esbuild leaves, terser saves another 3 % of the compressed script (measured).
  const { code } = await minify(outputFiles[0].text, { ecma: 2020, module: format === 'esm', compress: { passes: 3 } });
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

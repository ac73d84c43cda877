/**
 * Joins the page with the modules of the command:
 *
 *     node pack.mjs --modules DIR --out DIR
 */

import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, transform } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const TARGET = ['chrome123', 'firefox128', 'safari17.5'];
const MODULES = ['samara-light.wasm', 'samara.wasm'];

const { values: { modules, out } } = parseArgs({ options: { modules: { type: 'string' }, out: { type: 'string' } } });
if (!modules || !out) throw new Error('usage: node pack.mjs --modules DIR --out DIR');
await mkdir(out, { recursive: true });
await build({
  absWorkingDir: HERE, entryPoints: ['build.js', 'worker.js'], outdir: out, bundle: true, minify: true, format: 'esm', target: TARGET, charset: 'utf8',
  legalComments: 'none', logLevel: 'warning',
  // The files of the command lie elsewhere, and its packages here.
  nodePaths: [join(HERE, 'node_modules')],
});
const { code } = await transform(await readFile(join(HERE, 'build.css'), 'utf8'), { loader: 'css', minify: true, target: TARGET });
await writeFile(join(out, 'build.css'), code);
await cp(join(HERE, 'build.html'), join(out, 'build.html'));
await writeFile(join(out, 'notices.txt'), await notices());
for (const name of MODULES) await cp(join(modules, name), join(out, name));

const files = ['build.html', 'build.css', 'build.js', 'worker.js', ...MODULES];
const hash = createHash('sha256');
for (const name of files) hash.update(await readFile(join(out, name)));
const worker = (await readFile(join(HERE, 'offline.js'), 'utf8')).replace('__VERSION__', hash.digest('hex').slice(0, 12)).replace('__FILES__', JSON.stringify(files));
await writeFile(join(out, 'offline.js'), (await transform(worker, { minify: true, charset: 'utf8', target: TARGET })).code);

/** The licences of what the scripts carry of others. */
async function notices() {
  const texts = [];
  for (const [name, file] of [['fflate', 'LICENSE'], ['@bjorn3/browser_wasi_shim', 'LICENSE-MIT']]) {
    texts.push(`${name}\n\n${await readFile(join(HERE, 'node_modules', name, file), 'utf8')}`);
  }
  return texts.join('\n\n---\n\n');
}

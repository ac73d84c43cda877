/** Puts the files of a bundle where those of an earlier one are. */

import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What a bundle is known by: one of Samara's, one of Pagefind's. */
const [MANIFEST, ENTRY] = ['samara.manifest', 'pagefind-entry.json'];
/** Where an index in blocks has them, and their names, which tell their content. */
const [BLOCKS, BLOCK] = ['blocks', /^[a-z]\d+-[0-9a-f]{8}$/];
/** What Pagefind writes beside its entry. */
const PAGEFINDS = /^(pagefind.*\.(js|css|pf_meta)|wasm\..*\.pagefind|(filter|fragment|index)\/.*\.pf_\w+|pagefind-entry\.json)$/;

/**
 * Writes the files into a folder; what an earlier bundle had and this one has not is deleted, and nothing else.
 * @param {string} folder
 * @param {Map<string, Uint8Array>} files
 */
export function replace(folder, files) {
  mkdirSync(folder, { recursive: true });
  const had = earlier(folder);
  // Those whose names tell their content first: pages that are open go on with the old ones until the entry names these.
  const names = [...files.keys()].sort((a, b) => rank(a) - rank(b));
  for (const name of names) {
    const path = join(folder, name);
    const unfinished = join(dirname(path), `.${basename(path)}.new`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, files.get(name) ?? '');
    renameSync(unfinished, path);
  }
  for (const name of had) if (!files.has(name)) rmSync(join(folder, name), { force: true });
}

/** @param {string} name */
function rank(name) {
  return name === MANIFEST ? 2 : Number(!/\.[0-9a-f]{16}\./.test(name) && !BLOCK.test(basename(name)));
}

/**
 * The files of the bundle that is there.
 * @param {string} folder
 * @returns {string[]}
 */
function earlier(folder) {
  if (existsSync(join(folder, MANIFEST))) {
    const { files } = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'));
    // Names alone: what a manifest says of other folders is not followed.
    const own = Object.keys(files).filter((name) => !/[/\\]/.test(name) && name !== '..');
    const blocks = existsSync(join(folder, BLOCKS)) ? readdirSync(join(folder, BLOCKS)).filter((name) => BLOCK.test(name)) : [];
    return [...own, ...blocks.map((name) => `${BLOCKS}/${name}`)];
  }
  const names = readdirSync(folder);
  if (names.includes(ENTRY)) {
    const inner = ['filter', 'fragment', 'index'].filter((name) => names.includes(name) && statSync(join(folder, name)).isDirectory());
    return [...names, ...inner.flatMap((name) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`))].filter((name) => PAGEFINDS.test(name));
  }
  if (names.length) throw new Error(`${folder}: the folder holds something else; name a new one, or one that a search was written into`);
  return [];
}

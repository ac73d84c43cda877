/** Folders and files of this system as a build in memory takes them. */

import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';

/**
 * @param {string} path
 * @returns {import('./memory.mjs').Input}
 */
export function input(path) {
  if (statSync(path).isDirectory()) return { name: basename(realpathSync(path)) || 'root', sources: below(path) };
  return { file: source(path, basename(path)) };
}

/**
 * The files beneath a folder, by their paths relative to it. Which of them are documents is the module's to say.
 * @param {string} path
 * @returns {Generator<import('./memory.mjs').Source>}
 */
function* below(path) {
  const root = realpathSync(path);
  const seen = new Set();
  const folders = [''];
  for (let folder; (folder = folders.pop()) !== undefined;) {
    const real = realpathSync(join(root, folder));
    // Links in a circle end, and none leads out.
    if (seen.has(real)) continue;
    seen.add(real);
    for (const name of readdirSync(real).sort()) {
      const inner = folder ? `${folder}/${name}` : name;
      let target;
      try {
        target = realpathSync(join(real, name));
      } catch {
        continue;
      }
      if (target !== root && !target.startsWith(root + sep)) continue;
      const found = statSync(target);
      if (found.isDirectory()) folders.push(inner);
      else if (found.isFile()) yield source(target, inner);
    }
  }
}

/**
 * A file that is read when it is opened.
 * @param {string} file where it is
 * @param {string} path what it is called
 * @returns {import('./memory.mjs').Source}
 */
export function source(file, path) {
  return { path, size: statSync(file).size, read: () => Uint8Array.from(readFileSync(file)) };
}

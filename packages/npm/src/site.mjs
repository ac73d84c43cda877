/** For generators: the search of a site that was just built, by the native command where it is installed. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds the search of a site into it.
 * @param {string} folder of the finished site
 * @param {object} [options]
 * @param {string} [options.bundle] folder of the search in the site; `samara` unless told
 * @param {string[]} [options.arguments] further ones of `samara build`
 */
export function buildSite(folder, { bundle = 'samara', arguments: more = [] } = {}) {
  const command = fileURLToPath(new URL('bin.mjs', import.meta.url));
  const words = ['build', folder, '--output', join(folder, bundle), '--quiet', ...more];
  const { status, error } = spawnSync(process.execPath, [command, ...words], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error || status !== 0) throw new Error(`the search of ${folder} was not built: ${error?.message ?? 'the reason stands above'}`);
}

/** The native binary of this system, if its package is installed: an optional dependency of this one. */

import { createRequire } from 'node:module';

/** @returns {string | undefined} its path */
export function native() {
  const require = createRequire(import.meta.url);
  const { platform, arch } = process;
  const program = `samara${platform === 'win32' ? '.exe' : ''}`;
  // Programs linked with musl run on every Linux; those with glibc need one that is new enough, and are faster.
  const libc = /** @type {any} */ (process.report?.getReport())?.header?.glibcVersionRuntime;
  const names = platform === 'linux' ? [...libc ? ['linux-gnu'] : [], 'linux-musl'] : [platform];
  for (const name of names) {
    try {
      return require.resolve(`samara-search-${name}-${arch}/bin/${program}`);
    } catch {
      // Not for this system, or left out by `npm install --omit=optional`.
    }
  }
  return undefined;
}

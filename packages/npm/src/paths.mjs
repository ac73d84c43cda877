/** Paths of this system as the module sees them: with `/`, and a drive of Windows as a folder. */

import { isAbsolute, resolve } from 'node:path';

const WINDOWS = process.platform === 'win32';
/** Commands whose first words are paths and whose later ones are what somebody typed. */
const TYPED = ['search', 'suggest'];

/**
 * A path, or an argument that may hold one.
 * @param {string} word
 * @param {string} [command] whose argument it is
 */
export function guestPath(word, command) {
  if (!WINDOWS) return word;
  const [, option = '', path = word] = /^(--[\w-]+=)(.*)$/s.exec(word) ?? [];
  if (isAbsolute(path) && /^[a-z]:/i.test(path)) return `${option}/${path[0].toUpperCase()}${path.slice(2).replaceAll('\\', '/')}`;
  if (command && TYPED.includes(command)) return word;
  return option + path.replaceAll('\\', '/');
}

/**
 * The folders that the module may open: all that the user may.
 * @param {string[]} words in which a drive may be named
 * @returns {Record<string, string>}
 */
export function preopened(words) {
  if (!WINDOWS) return { '/': '/' };
  const drives = [process.cwd(), resolve(process.env.TEMP ?? '.'), ...words].map((word) => /(?:^|=)([a-z]):/i.exec(word)?.[1].toUpperCase());
  return Object.fromEntries(drives.filter((drive) => drive).map((drive) => [`/${drive}`, `${drive}:\\`]));
}

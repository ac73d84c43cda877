/** What was built, as files to take away. */

import { zipSync } from 'fflate';

/** @param {Map<string, Uint8Array>} files @returns {Uint8Array<ArrayBuffer>} a zip with one folder */
export function archive(files) {
  // One date, so that the same documents give the same archive.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries([...files].map(([name, bytes]) => [`samara/${name}`, bytes])), { level: 6, mtime });
}

/**
 * @param {HTMLElement} link
 * @param {string | Uint8Array<ArrayBuffer>} content
 * @param {string} type
 * @param {string} text
 * @returns {string} its address
 */
export function download(link, content, type, text) {
  const anchor = /** @type {HTMLAnchorElement} */ (link);
  if (anchor.href) URL.revokeObjectURL(anchor.href);
  anchor.href = URL.createObjectURL(new Blob([content], { type }));
  anchor.textContent = text;
  return anchor.href;
}

/** What somebody chose or dropped, as files with their paths. */

/** @typedef {{ path: string, file: File }} Chosen */

/** @param {FileList | File[]} files @returns {Chosen[]} */
export function fromInput(files) {
  return [...files].map((file) => ({ path: beneath(file.webkitRelativePath || file.name), file }));
}

/** @param {DataTransfer} dropped @returns {Promise<Chosen[]>} */
export async function fromDrop(dropped) {
  // The list is empty as soon as this event is over.
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry !== null && entry !== undefined);
  if (!entries.length) return fromInput(dropped.files);
  /** @type {Chosen[]} */
  const found = [];
  const alone = entries.length === 1;
  await Promise.all(entries.map((entry) => below(entry, alone && entry.isDirectory ? '' : entry.name, found)));
  return found.sort((one, other) => one.path < other.path ? -1 : 1);
}

/**
 * @param {FileSystemEntry} entry
 * @param {string} path
 * @param {Chosen[]} found
 */
async function below(entry, path, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject));
    found.push({ path, file });
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  for (;;) {
    // It comes in parts.
    const entries = /** @type {FileSystemEntry[]} */ (await new Promise((resolve, reject) => reader.readEntries(resolve, reject)));
    if (!entries.length) return;
    await Promise.all(entries.map((inner) => below(inner, path ? `${path}/${inner.name}` : inner.name, found)));
  }
}

/** A path without the folder that was chosen, which is no part of addresses. @param {string} path */
function beneath(path) {
  return path.slice(path.indexOf('/') + 1);
}

/**
 * The same documents as other libraries index them. They are installed by `bench/package.json`, for the bench alone.
 */

import { copyFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { minisearchOptions } from './minisearch-options.js';

const require = createRequire(import.meta.url);

/**
 * Writes `minisearch.js` with its index `minisearch.json`, and the folder `pagefind`.
 * @param {{ path: string, title: string, text: string }[]} documents
 * @param {string} folder
 */
export async function writePeers(documents, folder) {
  // By names that the type checker does not follow: it also runs where they are not installed.
  const [minisearch, pagefindName] = ['minisearch', 'pagefind'];
  const MiniSearch = require(minisearch);
  const mini = new MiniSearch(minisearchOptions);
  mini.addAll(documents.map(({ path, title, text }) => ({ id: path, title, text })));
  await writeFile(join(folder, 'minisearch.json'), JSON.stringify(mini));
  await copyFile(join(dirname(require.resolve(minisearch)), '../es/index.js'), join(folder, 'minisearch.js'));

  const pagefind = await import(pagefindName);
  const { index } = await pagefind.createIndex();
  for (const { path, title, text } of documents) {
    const { errors } = await index.addCustomRecord({
      url: `/${path}`,
      content: text || title || path,
      language: 'en',
      meta: { title },
    });
    if (errors.length) throw new Error(`pagefind: ${path}: ${errors}`);
  }
  const { errors } = await index.writeFiles({ outputPath: join(folder, 'pagefind') });
  if (errors.length) throw new Error(`pagefind: ${errors}`);
  await pagefind.close();
}

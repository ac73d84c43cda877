/** The page that builds: documents in, a search out, nothing sent anywhere. */

import { fromDrop, fromInput } from './choosing.js';
import { Documents } from './documents.js';
import { archive, download } from './taking.js';

/** @template {HTMLElement} T @param {string} id @returns {T} */
const part = (id) => /** @type {T} */ (document.getElementById(id));
const [state, progress, fault, result, drop] = ['state', 'progress', 'fault', 'result', 'drop'].map(part);
const [title, base] = /** @type {HTMLInputElement[]} */ (['title', 'base'].map(part));
const documents = new Documents(part('documents'), part('more'), part('filter'));

/** @type {Worker | undefined} */
let worker;
/** Files of the last choice, so that options can change. @type {import('./choosing.js').Chosen[]} */
let chosen = [];

for (const kind of ['folder', 'files']) {
  const input = /** @type {HTMLInputElement} */ (part(`${kind}-input`));
  part(kind).addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    start(fromInput(input.files ?? []));
    // The same folder may be chosen again when it has changed.
    input.value = '';
  });
}
part('form').addEventListener('submit', (event) => event.preventDefault());
for (const input of [title, base]) input.addEventListener('change', () => chosen.length && start(chosen));
part('stop').addEventListener('click', () => finish('Stopped.'));

document.addEventListener('dragover', (event) => {
  event.preventDefault();
  drop.classList.add('over');
});
document.addEventListener('dragleave', (event) => event.relatedTarget || drop.classList.remove('over'));
document.addEventListener('drop', async (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  if (!event.dataTransfer) return;
  say('Looking into the folder …');
  try {
    start(await fromDrop(event.dataTransfer));
  } catch (error) {
    fail(`The folder cannot be read: ${error instanceof Error ? error.message : error}`);
  }
});

/** @param {import('./choosing.js').Chosen[]} files */
function start(files) {
  chosen = files;
  worker?.terminate();
  fault.hidden = true;
  result.hidden = true;
  part('chosen').textContent = files.length === 1 ? files[0].path : `${files.length} files`;
  if (!files.length) return fail('There is no file in it.');
  part('work').hidden = false;
  say('Loading …');
  worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }) => {
    if (data.outcome) show(data.outcome);
    else if (data.fault) fail(data.fault);
    else say(data.state, data.done, data.all);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    fail(`The builder could not run: ${event.message || 'its files could not be loaded; reload this page'}`);
  });
  worker.postMessage({ files, options: { title: title.value || undefined, baseUrl: base.value || undefined } });
}

/** @param {string} text @param {number} [done] @param {number} [all] */
function say(text, done, all) {
  state.textContent = text;
  const bar = /** @type {HTMLProgressElement} */ (progress);
  if (all) {
    bar.max = all;
    bar.value = done ?? 0;
  } else {
    bar.removeAttribute('value');
  }
}

/** @param {string} text */
function finish(text) {
  worker?.terminate();
  worker = undefined;
  part('work').hidden = true;
  part('chosen').textContent = text;
}

/** @param {string} text */
function fail(text) {
  finish('Nothing was built.');
  fault.textContent = text;
  fault.hidden = false;
}

/** @param {import('../npm/src/memory.mjs').Outcome & { seconds: number }} outcome */
function show({ files, page, account, seconds }) {
  const kept = documents.show(account);
  finish(`${kept} ${kept === 1 ? 'document' : 'documents'} in ${seconds.toFixed(1)} s. Choose others to begin anew.`);
  const bundle = archive(files);
  const size = [...files].reduce((sum, [name, bytes]) => sum + (/\.wasm$|^samara\.js$/.test(name) ? bytes.length : 0), 0);
  part('summary').textContent = `A visitor loads ${(size / 1e6).toFixed(2)} MB, once, before compression.`;
  const html = download(part('page'), page, 'text/html', `One page (${megabytes(page.length)})`);
  download(part('bundle'), bundle, 'application/zip', `Folder for a site (${megabytes(bundle.length)})`);
  const frame = document.createElement('iframe');
  frame.title = 'The search that was built';
  frame.src = html;
  frame.addEventListener('load', () => frame.contentDocument?.addEventListener('samara-select', (event) => {
    // The documents lie on no host yet: what became of them is shown.
    event.preventDefault();
    documents.reveal(/** @type {CustomEvent} */ (event).detail.hit.id);
  }));
  part('search').replaceChildren(frame);
  result.hidden = false;
}

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

// Without a network, too: the worker keeps this page's own files.
if ('serviceWorker' in navigator && isSecureContext) navigator.serviceWorker.register(new URL('offline.js', import.meta.url)).catch(() => {});

/**
 * The command as a WebAssembly module over this system's files. A panic ends an instance; its journal tells the page at
 * fault, and a fresh instance goes on without it.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readJournal, retry } from './journal.mjs';
import { preopened, guestPath } from './paths.mjs';

/** Megabytes of stack for the module's calls: readers recurse into elements. */
export const STACK = 64;

/**
 * Runs the command to its end.
 * @param {string[]} words its arguments
 * @returns {Promise<number>} its exit code
 */
export async function command(words) {
  const folder = mkdtempSync(join(tmpdir(), 'samara-'));
  const journal = join(folder, 'journal');
  const env = {
    ...process.env,
    PWD: guestPath(process.cwd()),
    TMPDIR: guestPath(tmpdir()),
    SAMARA_JOURNAL: guestPath(journal),
  };
  // Standard input cannot be read a second time.
  const readsInput = words.includes('-');
  try {
    return await retry(
      () => instance({ words: words.map((word) => guestPath(word, words[0])), env, preopens: preopened(words) }),
      () => readsInput ? '' : readJournal(() => readFileSync(journal, 'utf8')),
      (text) => console.error(text),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs one instance on a thread of its own, whose stack is large.
 * @param {object} call what the thread is told
 * @returns {Promise<number>} its exit code
 */
function instance(call) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./command-thread.mjs', import.meta.url), {
      workerData: call,
      resourceLimits: { stackSizeMb: STACK },
    });
    worker.once('message', ({ code, trap }) => trap === undefined ? resolve(code) : reject(new Error(trap)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread ended')));
  });
}

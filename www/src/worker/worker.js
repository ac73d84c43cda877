/**
 * The worker's side: messages in, answers out.
 *
 * Importing this file has an effect only in a worker that the searcher started; it knows it by its name.
 */

import { toPlain } from '../api/errors.js';
import { build } from '../api/place.js';
import { openHost } from './host.js';

/** Name of the workers that the searcher starts. */
export const WORKER_NAME = 'samara';

/**
 * @typedef {{ number: number, method: 'open' | 'cancel' | import('./host.js').Method, args: unknown[] }} Request
 * @typedef {{ hello: string } | { number: number, result: unknown } | { number: number, error: import('../api/errors.js').PlainError }} Reply
 */

/** @typedef {{ name?: string, postMessage(reply: Reply): void, addEventListener(type: 'message', listener: (event: MessageEvent<Request>) => void): void }} WorkerScope */

const scope = /** @type {WorkerScope} */ (/** @type {unknown} */ (globalThis));

/** Whether this script runs as Samara's worker. */
export const inWorker = typeof document === 'undefined' && scope.name === WORKER_NAME;

if (inWorker) serve();

function serve() {
  /** @type {import('./host.js').Host | undefined} */
  let host;
  /** @param {Request} request */
  const answer = async ({ method, args }) => {
    if (method === 'open') {
      host = await openHost(/** @type {import('./host.js').Loaded} */ (args[0]));
      return undefined;
    }
    if (method === 'cancel') return host?.cancel();
    // The searcher opens it first; what it asked before that would be an error as any other.
    return /** @type {import('./host.js').Host} */ (host).call(method, args);
  };
  scope.addEventListener('message', ({ data }) => {
    answer(data).then(
      (result) => scope.postMessage({ number: data.number, result }),
      (error) => scope.postMessage({ number: data.number, error: toPlain(error) }),
    );
  });
  scope.postMessage({ hello: build });
}

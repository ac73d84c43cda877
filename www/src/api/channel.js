/**
 * A channel carries calls to an engine: one to a worker, and one to this thread for where workers are refused.
 */

import { openHost } from '../worker/host.js';
import { WORKER_NAME } from '../worker/worker.js';
import { closed, codeOf, failure, fault } from './errors.js';
import { build, workerScript } from './place.js';
import { trustedScript } from './policy.js';

/** Milliseconds that a worker's script may take to arrive before the page's own thread does the work. */
const ARRIVAL = 10000;

/** @typedef {import('../worker/host.js').Loaded} Loaded */
/** @typedef {{ call(method: import('../worker/host.js').Method, args: unknown[]): Promise<unknown>, cancel(): void, end(): void }} Channel */

/**
 * @param {Promise<Loaded>} loading the module, which arrives while the worker starts
 * @param {boolean} worker whether one is wanted
 * @returns {Promise<Channel>} with the index open
 */
export async function openChannel(loading, worker) {
  const starting = worker ? startWorker() : undefined;
  // Whichever fails first is the one that is told of.
  starting?.catch(() => {});
  try {
    const loaded = await loading;
    const started = await starting;
    return started ? await openThere(started, loaded) : await openHost(loaded);
  } catch (error) {
    starting?.then((started) => started?.terminate());
    throw error;
  }
}

/**
 * @param {Worker} worker
 * @param {Loaded} loaded
 * @returns {Promise<Channel>}
 */
async function openThere(worker, loaded) {
  const { send, end } = workerChannel(worker);
  await send('open', [loaded]);
  return { call: send, cancel: () => send('cancel', []), end };
}

/**
 * @returns {Promise<Worker | undefined>} nothing where the browser refuses: another origin, a policy, `file://`
 */
async function startWorker() {
  /** @type {Worker | undefined} */
  let worker;
  const script = workerScript();
  if (!script) return undefined;
  try {
    worker = new Worker(trustedScript(script.address), { type: script.type, name: WORKER_NAME });
    const hello = await firstMessage(worker);
    if (hello !== build) {
      throw failure('build-mismatch', [build, hello, 'worker']);
    }
    return worker;
  } catch (error) {
    worker?.terminate();
    if (codeOf(error)) throw error;
    return undefined;
  } finally {
    script.release();
  }
}

/**
 * @param {Worker} worker
 * @returns {Promise<string>} the worker's build; rejected when it cannot start
 */
function firstMessage(worker) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, ARRIVAL);
    const once = { once: true };
    const greet = (/** @type {MessageEvent} */ { data }) => {
      clearTimeout(timer);
      resolve(data.hello);
    };
    const fail = (/** @type {Event} */ event) => {
      clearTimeout(timer);
      event.preventDefault();
      reject(event);
    };
    worker.addEventListener('message', greet, once);
    worker.addEventListener('error', fail, once);
  });
}

/** @param {Worker} worker */
function workerChannel(worker) {
  /** @type {Map<number, { resolve(result: unknown): void, reject(error: unknown): void }>} */
  const waiting = new Map();
  let last = 0;
  /** @param {unknown} error */
  const fail = (error) => {
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  };
  worker.addEventListener('message', ({ data }) => {
    const call = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.error) call?.reject(Object.assign(fault('', ''), data.error));
    else call?.resolve(data.result);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    fail(failure('crashed', [event.message ?? '']));
  });
  return {
    /**
     * @param {import('../worker/worker.js').Request['method']} method
     * @param {unknown[]} args
     * @returns {Promise<unknown>}
     */
    send(method, args) {
      return new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        worker.postMessage({ number: last, method, args });
      });
    },
    end() {
      worker.terminate();
      fail(closed());
    },
  };
}

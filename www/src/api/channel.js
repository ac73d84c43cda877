/**
 * A channel carries calls to an engine: one to a worker, and one to this thread for where workers are refused.
 */

import { openHost } from '../worker/host.js';
import { WORKER_NAME } from '../worker/worker.js';
import { closed, fault } from './errors.js';
import { build, workerScript } from './place.js';
import { trustedScript } from './policy.js';

/** Milliseconds that a worker's script may take to arrive before the page's own thread does the work. */
const ARRIVAL = 10000;

/** @typedef {{ call(method: import('../worker/host.js').Method, args: unknown[]): Promise<unknown>, end(): void }} Channel */

/**
 * @param {import('../worker/loader.js').ModuleSource} source
 * @param {{ worker: boolean, stall: number }} options `worker: false` stays on this thread; stall: milliseconds without a byte
 *   after which the transfer of the module is given up
 * @returns {Promise<Channel>} with the index open
 */
export async function openChannel(source, { worker, stall }) {
  const started = worker ? await startWorker() : undefined;
  if (!started) return openHere(source, stall);
  const channel = workerChannel(started);
  try {
    await channel.send('open', [source, stall]);
  } catch (error) {
    channel.end();
    throw error;
  }
  return { call: channel.send, end: channel.end };
}

/**
 * @param {import('../worker/loader.js').ModuleSource} source
 * @param {number} stall
 * @returns {Promise<Channel>}
 */
async function openHere(source, stall) {
  const host = await openHost(source, stall);
  return { call: async (method, args) => host.call(method, args), end: () => host.end() };
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
      throw fault(
        'build-mismatch',
        `The page runs build ${build}, its worker build ${hello}. Reload the page; ` +
          'if that does not help, deploy all files of one build together.',
      );
    }
    return worker;
  } catch (error) {
    worker?.terminate();
    if (error instanceof Error && error.name === 'SamaraError') throw error;
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
    worker.addEventListener('message', ({ data }) => (clearTimeout(timer), resolve(data.hello)), once);
    worker.addEventListener('error', (event) => (clearTimeout(timer), event.preventDefault(), reject(event)), once);
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
    if (data.error) call?.reject(fault(data.error.code ?? 'crashed', data.error.message));
    else call?.resolve(data.result);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    fail(
      fault(
        'crashed',
        `The search worker stopped: ${event.message ?? 'no reason given'}. The next query starts a fresh one.`,
      ),
    );
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

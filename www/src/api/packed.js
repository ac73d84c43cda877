/** Files that the build has compressed, so that hosts which compress nothing cost nothing. */

import { transfer } from './early.js';
import { codeOf, fault } from './errors.js';

/**
 * @param {string} address of a file that is deflated
 * @param {object} options
 * @param {number} options.stall milliseconds without a byte after which the transfer is given up
 * @param {RequestCache} [options.cache]
 * @param {RequestPriority} [options.priority]
 * @param {AbortSignal} [options.signal]
 * @param {Promise<Uint8Array<ArrayBuffer>>} [options.dictionary] what stood before the file when it was deflated
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function fetchPacked(address, { stall, cache = 'default', priority, signal, dictionary }) {
  const { control, arriving } = transfer(address, cache, priority);
  const abort = () => control.abort();
  signal?.addEventListener('abort', abort, { once: true });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(abort, stall);
  };
  alive();
  try {
    const response = await arriving;
    if (!response.ok || !response.body) {
      throw fault(
        'missing-file',
        `${address} is not there (status ${response.status}). Deploy all files of one build together.`,
      );
    }
    const before = await dictionary;
    const watched = response.body.pipeThrough(
      new TransformStream({
        start(controller) {
          if (!before) return;
          // As if both were one stream: here as what deflate calls a stored block.
          const { length } = before;
          controller.enqueue(new Uint8Array([0, length, length >> 8, ~length, ~length >> 8]));
          controller.enqueue(before);
        },
        transform(chunk, controller) {
          alive();
          controller.enqueue(chunk);
        },
      }),
    );
    const unpacked = watched.pipeThrough(new DecompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer()).slice(before?.length);
  } catch (error) {
    if (codeOf(error)) throw error;
    if (signal?.aborted) throw fault('closed', 'Nobody waits for this any more.', error);
    if (control.signal.aborted) {
      throw fault('timeout', `${address} did not arrive: no byte for ${stall / 1000} seconds. Try again.`, error);
    }
    throw fault('unreachable', `${address} could not be fetched, or is damaged. Try again, or deploy it again.`, error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

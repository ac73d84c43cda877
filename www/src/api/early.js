/** Transfers that the first script began beside that of the second, which thus need no round trip after it. */

import { early } from './place.js';

/** @typedef {{ control: AbortController, arriving: Promise<Response> }} Transfer */
/** One that is under way, or was taken over. @typedef {Partial<Transfer>} Early */

/**
 * Takes over the transfer of an address where one is under way, or begins one; also where that one failed, so that whoever
 * watches now sees why.
 * @param {string} address
 * @param {RequestCache} cache
 * @param {RequestPriority} [priority]
 * @returns {Transfer}
 */
export function transfer(address, cache, priority) {
  const { control = new AbortController(), arriving } = early[address] ?? {};
  // No transfer, but a sign that there was one: a second one would be for nobody.
  early[address] = {};
  const begin = () => fetch(address, { cache, priority, signal: control.signal });
  return { control, arriving: arriving?.catch(begin) ?? begin() };
}

/** Registers the service worker that keeps page and search when the network is gone. */

import { home } from '../api/place.js';
import { trustedScript } from '../api/policy.js';

/**
 * @param {string} folder in which `samara-worker.js` lies, and which it covers; empty: the bundle's own
 */
export function keepOffline(folder) {
  // The name is fixed, so that no attribute can make a worker of another script.
  const script = new URL('samara-worker.js', new URL(folder, home || document.baseURI));
  try {
    navigator.serviceWorker?.register(trustedScript(script.href)).catch(() => {});
  } catch {
    // Refused by a policy, or no secure page: the search works as long as there is a network.
  }
}

/** What went wrong, and what to do about it: a sentence for each code of `failure`. */

/** @type {Record<string, (...about: (string | number)[]) => string>} */
const SENTENCES = {
  'missing-file': (address, status) => {
    if (status) {
      return (
        `${address} is not there (status ${status}). ` +
        'Correct the attribute src, or what open(url) is given, or upload samara.wasm.'
      );
    }
    return address
      ? `${address} is not an address. Give the address of a samara.wasm or of the folder it lies in.`
      : 'This page carries no samara.wasm; say where it lies with the attribute src, or open(url).';
  },
  'wrong-type': (name) =>
    `${name} is a web page, not a wasm module. The file is probably missing and the host ` +
    'answers with a page of its own: upload samara.wasm, or correct its address.',
  'damaged-module': (name) =>
    `${name} is no whole wasm module. Deploy it again, and check that the host does not convert it.`,
  'blocked-by-policy': (address) =>
    address
      ? `The page's content security policy forbids fetching ${address}. Allow its origin in connect-src.`
      : "The page's content security policy forbids WebAssembly. Add 'wasm-unsafe-eval' to its script-src.",
  unreachable: (address) => `${address} could not be fetched. ${remedyFor(String(address))}`,
  timeout: (address, seconds) =>
    address
      ? `${address} did not arrive: no byte for ${seconds} seconds. Try again.`
      : 'The search engine did not answer. Try again.',
  'build-mismatch': (script, other, isWorker) =>
    isWorker
      ? `The page runs build ${script}, its worker build ${other}. Reload the page; ` +
        'if that does not help, deploy all files of one build together.'
      : `The script is of build ${script}, the module of build ${other}. ` +
        'Deploy samara.js and samara.wasm of one build together, and reload the page.',
  crashed: (why) => `The search engine stopped${why ? `: ${why}` : ''}. The next query starts a fresh one.`,
};

/**
 * What to do about an address from which nothing came. Only who made the page can do anything about its disk or another
 * origin; a reader is told of neither.
 * @param {string} address
 */
function remedyFor(address) {
  const { protocol = '', origin = '' } = globalThis.location ?? {};
  if (protocol === 'file:') return 'A page on a disk needs the single-file layout.';
  if (!URL.canParse(address) || new URL(address).origin === origin) return 'The device may be offline.';
  return 'The device may be offline, connect-src forbid it, or the other origin not allow it (CORS).';
}

/**
 * @param {string} code
 * @param {(string | number)[]} about
 */
export function sentence(code, about) {
  return SENTENCES[code](...about);
}

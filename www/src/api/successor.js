/** What a module is called now that is not there any more. */

/**
 * A script out of a cache may call a module that the site has replaced since. The script of today, past all caches, says
 * what the module is called now, and is from then on what caches hold.
 * @param {string} address of the module that is missing
 * @param {(address: string) => Promise<Uint8Array>} fetchFresh past all caches
 * @returns {Promise<string | undefined>} the address of its successor; nothing where names tell nothing, or it is the same
 */
export async function successorOf(address, fetchFresh) {
  const name = /samara\.\w{16}\.wasm/;
  if (!name.test(address)) return undefined;
  const script = await fetchFresh(new URL('samara.js', address).href).catch(() => undefined);
  const [current] = (script && name.exec(new TextDecoder().decode(script))) ?? [];
  return current && !address.endsWith(current) ? new URL(current, address).href : undefined;
}

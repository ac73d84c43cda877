/**
 * The index inside of a module of another version, and its way into one of this version. A module says in a *descriptor*
 * where in its memory the index lies: a magic, then address and length.
 */

const MAGIC = 'samara:index:at\0';

/** Bytes of a page of memory. */
const PAGE = 65536;

/**
 * @param {unknown} module
 * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} nothing where it is no module with a descriptor
 */
export async function indexOf(module) {
  if (!(module instanceof WebAssembly.Module)) return undefined;
  /** @type {WebAssembly.Imports} */
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => {};
  }
  try {
    const { exports } = await WebAssembly.instantiate(module, imports);
    const memory = /** @type {WebAssembly.Memory} */ (exports.memory);
    const descriptor = descriptorOf(memory);
    const [address, length] = [descriptor.getUint32(0, true), descriptor.getUint32(4, true)];
    return new Uint8Array(memory.buffer, address, length).slice();
  } catch {
    return undefined;
  }
}

/**
 * Puts an index behind everything that the memory holds, and says so in its descriptor.
 * @param {WebAssembly.Memory} memory of an engine that has not opened its index
 * @param {Uint8Array} index
 */
export function putIndex(memory, index) {
  const address = memory.grow(Math.ceil(index.length / PAGE)) * PAGE;
  new Uint8Array(memory.buffer).set(index, address);
  const descriptor = descriptorOf(memory);
  descriptor.setUint32(0, address, true);
  descriptor.setUint32(4, index.length, true);
}

/**
 * @param {WebAssembly.Memory} memory
 * @returns {DataView} of address and length
 */
function descriptorOf({ buffer }) {
  // The first one: static data comes before the index, which may hold any text.
  const at = new TextDecoder('latin1').decode(buffer).indexOf(MAGIC);
  return new DataView(buffer, at < 0 ? buffer.byteLength : at + MAGIC.length, 8);
}

/** The custom sections of a wasm module, by its bytes. */

/**
 * @param {Uint8Array} wasm
 * @param {string} name
 * @param {string} text
 * @returns {Uint8Array} the module with a custom section at its end
 */
export function withSection(wasm, name, text) {
  return Buffer.concat([wasm, section(0, Buffer.concat([named(name), Buffer.from(text)]))]);
}

/**
 * @param {Uint8Array} wasm
 * @param {string} name
 * @returns {Uint8Array} the module without custom sections of that name
 */
export function withoutSection(wasm, name) {
  return mapSections(wasm, (id, whole, content) => id === 0 && readName(content, 0)[0] === name ? undefined : whole);
}

/**
 * @param {Uint8Array} wasm
 * @param {(id: number, whole: Uint8Array, content: Uint8Array) => Uint8Array | undefined} change nothing: leave the section out
 * @returns {Uint8Array}
 */
function mapSections(wasm, change) {
  if (Buffer.from(wasm.subarray(0, 4)).toString('latin1') !== '\0asm') throw new Error('the file of --wasm is no wasm module');
  const kept = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length;) {
    const [size, start] = readLeb128(wasm, at + 1);
    const changed = change(wasm[at], wasm.subarray(at, start + size), wasm.subarray(start, start + size));
    if (changed) kept.push(changed);
    at = start + size;
  }
  return Buffer.concat(kept);
}

/** @param {number} id @param {Uint8Array} content @returns {Buffer} */
function section(id, content) {
  return Buffer.concat([Buffer.from([id, ...leb128(content.length)]), content]);
}

/** @param {string} name @returns {Buffer} the name behind its length */
function named(name) {
  const bytes = Buffer.from(name);
  return Buffer.concat([Buffer.from(leb128(bytes.length)), bytes]);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @returns {[string, number]} the name, and where it ends
 */
function readName(bytes, at) {
  const [length, start] = readLeb128(bytes, at);
  return [Buffer.from(bytes.subarray(start, start + length)).toString(), start + length];
}

/** @param {number} number @returns {number[]} */
function leb128(number) {
  return number < 128 ? [number] : [(number & 127) | 128, ...leb128(number >>> 7)];
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @returns {[number, number]} the number, and where it ends
 */
function readLeb128(bytes, at) {
  let number = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    number |= (byte & 127) << shift;
    if (byte < 128) return [number >>> 0, at];
  }
}

/** The custom sections of a wasm module, by its bytes. */

/**
 * @param {Uint8Array} wasm
 * @param {string} name
 * @param {string} text
 * @returns {Uint8Array} the module with a custom section at its end
 */
export function withSection(wasm, name, text) {
  const title = Buffer.from(name);
  const content = Buffer.concat([Buffer.from(leb128(title.length)), title, Buffer.from(text)]);
  return Buffer.concat([wasm, Buffer.from([0, ...leb128(content.length)]), content]);
}

/**
 * @param {Uint8Array} wasm
 * @param {string} name
 * @returns {Uint8Array} the module without custom sections of that name
 */
export function withoutSection(wasm, name) {
  if (Buffer.from(wasm.subarray(0, 4)).toString('latin1') !== '\0asm')
    throw new Error('the file of --wasm is no wasm module');
  const kept = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length; ) {
    const [size, start] = readLeb128(wasm, at + 1);
    const end = start + size;
    const [length, title] = wasm[at] === 0 ? readLeb128(wasm, start) : [0, start];
    if (wasm[at] !== 0 || Buffer.from(wasm.subarray(title, title + length)).toString() !== name)
      kept.push(wasm.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
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

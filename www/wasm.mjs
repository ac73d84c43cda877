/** Changes to the bytes of a wasm module that no tool makes: its custom sections, and the names of its imports. */

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
 * Gives the imported functions short names. Those of wasm-bindgen end in a hash, which no compression makes smaller.
 * @param {Uint8Array} wasm whose imports are all functions of one module
 * @param {string} glue the script that provides them
 * @returns {{ wasm: Uint8Array, glue: string }} both with the new names
 */
export function withShortImports(wasm, glue) {
  /** @type {Map<string, string>} */
  const names = new Map();
  /** @param {string} name */
  const short = (name) => {
    const own = names.get(name) ?? `_${names.size.toString(36)}`;
    names.set(name, own);
    return own;
  };
  const renamed = mapSections(wasm, (id, whole, content) => {
    if (id !== 2) return whole;
    let [count, at] = readLeb128(content, 0);
    /** @type {Uint8Array[]} */
    const parts = [Buffer.from(leb128(count))];
    for (; count > 0; count--) {
      const [module, afterModule] = readName(content, at);
      const [field, kind] = readName(content, afterModule);
      const [, end] = readLeb128(content, kind + 1);
      if (content[kind] !== 0) throw new Error(`the module imports ${field}, which is no function`);
      parts.push(named(short(module)), named(short(field)), content.subarray(kind, end));
      at = end;
    }
    return section(id, Buffer.concat(parts));
  });
  for (const [name, own] of names) {
    const pattern = new RegExp(`(?<![\\w$./])${name.replace(/[.$]/g, '\\$&')}(?![\\w$])`, 'g');
    if (!pattern.test(glue)) throw new Error(`the glue does not provide ${name}; take the module that was generated with it`);
    glue = glue.replace(pattern, own);
  }
  return { wasm: renamed, glue };
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

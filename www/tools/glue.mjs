/**
 * The glue that wasm-bindgen generates, without what this page never does: fetch a module by itself, start twice, run in
 * browsers that lack what is asked of them here, or leave an engine to the collector. That saves .5 kB of the compressed
 * script.
 */

/** What stands in the glue, and what takes its place. @type {[RegExp, string][]} */
const LEANER = [
  // The loader hands over a compiled module, once.
  [
    /^let wasmModule, wasmInstance, wasm;[\s\S]*?^export \{.*\};\n/m,
    `let wasm;
async function init({ module_or_path }) {
  const { exports } = await WebAssembly.instantiate(module_or_path, __wbg_get_imports());
  wasm = exports;
  wasm.__wbindgen_start();
  return wasm;
}
export { init as default };
`,
  ],
  // Engines are freed by name.
  [/^const EngineFinalization = [\s\S]*?;\n\n/m, ''],
  [/^ *EngineFinalization\.register\(.*\n/m, ''],
  [/^ *EngineFinalization\.unregister\(.*\n/m, ''],
  [/^if \(Symbol\.dispose\).*\n/m, ''],
  // A memory that has grown has another buffer.
  [/cachedDataViewMemory0 === null \|\| .*(?=\) \{)/, 'cachedDataViewMemory0?.buffer !== wasm.memory.buffer'],
  [
    /cachedUint8ArrayMemory0 === null \|\| cachedUint8ArrayMemory0\.byteLength === 0/,
    'cachedUint8ArrayMemory0?.buffer !== wasm.memory.buffer',
  ],
  // What goes in are short texts: a query, and names of options.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{[\s\S]*?^\}\n/m, ''],
  [
    /^function passStringToWasm0\([\s\S]*?^\}\n/m,
    `function passStringToWasm0(text, malloc) {
  const bytes = cachedTextEncoder.encode(text);
  const ptr = malloc(bytes.length, 1) >>> 0;
  getUint8ArrayMemory0().set(bytes, ptr);
  WASM_VECTOR_LEN = bytes.length;
  return ptr;
}
`,
  ],
];

/**
 * @param {string} glue as wasm-bindgen wrote it
 * @returns {string}
 */
export function leanGlue(glue) {
  return LEANER.reduce((text, [pattern, leaner]) => {
    if (!pattern.test(text))
      throw new Error(`generated/samara.js has nothing like ${pattern}: wasm-bindgen has changed`);
    return text.replace(pattern, () => leaner);
  }, glue);
}

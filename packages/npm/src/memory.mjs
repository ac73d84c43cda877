/**
 * The command as a WebAssembly module over files in memory: nothing is written anywhere else. In Node and in browsers.
 */

import { ConsoleStdout, Directory, File, Inode, OpenDirectory, OpenFile, PreopenDirectory, WASI, wasi } from '@bjorn3/browser_wasi_shim';
import { readJournal, retry } from './journal.mjs';

/** Where the documents, the outcome and the journal lie. */
const [IN, OUT, JOURNAL] = ['in', 'out', 'journal'];
/** The page that holds everything is made in the folder of the first documents: hits lead from it as from there. */
const PAGE = '.samara-search.html';

/**
 * A document: its path, its length, and its bytes, which are asked for when it is read.
 * @typedef {{ path: string, size: number, read: () => Uint8Array<ArrayBuffer> }} Source
 */

/**
 * What is built from: a folder with what lies beneath it, or a file that is named and hence read whatever lies beside it.
 * @typedef {{ name: string, sources: Iterable<Source> } | { file: Source }} Input
 */

/**
 * What a build may be told; `docs/configuration.md` says of each what it does.
 * @typedef {object} Options
 * @property {string} [title]
 * @property {string} [baseUrl]
 * @property {string} [config] the text of a `samara.toml`
 * @property {string[]} [arguments] further ones of `samara build`
 * @property {boolean} [alone] whether one page that holds everything is made, too; it is unless told
 * @property {boolean} [hits] whether each document is wanted as searches give it
 */

/** A file that is read when it is opened, and forgotten when it is closed. */
class Lazy extends Inode {
  /** @param {Source} source @param {(path: string) => void} opened */
  constructor(source, opened) {
    super();
    this.source = source;
    this.opened = opened;
  }

  /** @param {number} oflags @param {bigint} rights */
  path_open(oflags, rights) {
    if (oflags & wasi.OFLAGS_TRUNC || rights & BigInt(wasi.RIGHTS_FD_WRITE)) return { ret: wasi.ERRNO_PERM, fd_obj: null };
    let bytes;
    try {
      bytes = this.source.read();
    } catch {
      return { ret: wasi.ERRNO_IO, fd_obj: null };
    }
    this.opened(this.source.path);
    const whole = bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes;
    return { ret: wasi.ERRNO_SUCCESS, fd_obj: new OpenFile(new File(whole, { readonly: true })) };
  }

  stat() {
    return new wasi.Filestat(this.ino, wasi.FILETYPE_REGULAR_FILE, BigInt(this.source.size));
  }
}

/**
 * Files of a folder, by their paths in it.
 * @param {Directory} folder
 * @returns {[string, Uint8Array][]}
 */
function below(folder) {
  return [...folder.contents].flatMap(([name, entry]) => entry instanceof Directory
    ? below(entry).map(([path, bytes]) => /** @type {[string, Uint8Array]} */ ([`${name}/${path}`, bytes]))
    : [/** @type {[string, Uint8Array]} */ ([name, /** @type {File} */ (entry).data])]);
}

/** A folder whose list is made once for whoever reads it, not once an entry. */
class Folder extends Directory {
  constructor() {
    super(new Map());
  }

  path_open() {
    const open = new OpenDirectory(this);
    const entries = [...this.contents];
    const all = open.fd_readdir_single.bind(open);
    open.fd_readdir_single = (cookie) => {
      const [name, entry] = entries[Number(cookie) - 2] ?? [];
      if (!entry || name === undefined) return cookie < 2n ? all(cookie) : { ret: 0, dirent: null };
      return { ret: 0, dirent: new wasi.Dirent(cookie + 1n, entry.ino, name, entry.stat().filetype) };
    };
    return { ret: wasi.ERRNO_SUCCESS, fd_obj: open };
  }
}

/**
 * Builds a search of documents.
 * @param {WebAssembly.Module} module the command
 * @param {Iterable<Input>} inputs
 * @param {Options} options
 * @param {(read: number, all: number) => void} [progress]
 * @returns {Promise<Outcome>}
 */
export async function build(module, inputs, options, progress = () => {}) {
  const [root, documents, out] = [new Folder(), new Folder(), new Folder()];
  const opened = new Set();
  let all = 0;
  const open = (/** @type {string} */ path) => {
    opened.add(path);
    progress(opened.size, all);
  };
  /** @type {string[]} */
  const paths = [];
  /** @type {{ path: string, folder: Folder } | undefined} */
  let home;
  for (const input of inputs) {
    const folder = new Folder();
    documents.contents.set(String(paths.length), folder);
    if ('file' in input) {
      put(folder, input.file.path, new Lazy(input.file, open));
      all++;
    } else {
      const inner = new Folder();
      folder.contents.set(input.name, inner);
      for (const source of input.sources) {
        put(inner, source.path, new Lazy(source, open));
        all++;
      }
    }
    paths.push(`/${IN}/${paths.length}/${'file' in input ? input.file.path : input.name}`);
    home ??= 'file' in input ? { path: `/${IN}/0`, folder } : { path: paths[0], folder: /** @type {Folder} */ (folder.contents.get(input.name)) };
  }
  root.contents.set(IN, documents).set(OUT, out);
  const env = ['PWD=/', `SAMARA_JOURNAL=/${JOURNAL}`, 'NO_COLOR=1'];
  if (options.title !== undefined) env.push(`SAMARA_TITLE=${options.title}`);
  if (options.baseUrl !== undefined) env.push(`SAMARA_BASE_URL=${options.baseUrl}`);
  if (options.config !== undefined) root.contents.set('samara.toml', new File(new TextEncoder().encode(options.config)));
  const words = ['build', ...paths, '--output', `/${OUT}/samara`, ...home && options.alone !== false ? ['--page', `${home.path}/${PAGE}`] : [], '--account', `/${OUT}/account`, ...options.arguments ?? []];
  const { errors: messages } = await command(module, root, words, env);
  const hits = options.hits ? await everything(module, root, env) : [];
  return {
    files: new Map(below(/** @type {Directory} */ (out.contents.get('samara')))),
    page: home && options.alone !== false ? text(home.folder, PAGE) : '',
    account: text(out, 'account').split('\n').filter(Boolean).map((line) => JSON.parse(line)),
    messages,
    hits,
  };
}

/**
 * Runs the command over files in memory, and returns what it says.
 * @param {WebAssembly.Module} module
 * @param {Folder} root
 * @param {string[]} given its arguments
 * @param {string[]} env
 * @returns {Promise<{ output: string, errors: string }>}
 */
async function command(module, root, given, env) {
  const words = ['samara', ...given];
  const out = /** @type {Directory} */ (root.contents.get(OUT));
  /** @type {ReturnType<typeof ear>[]} */
  let ears = [];
  const code = await retry(
    async () => {
      if (given[0] === 'build') out.contents.clear();
      ears = [ear(), ear()];
      const host = new WASI(words, env, [new OpenFile(new File([])), ...ears.map(({ console }) => console), preopened(root)], { debug: false });
      // The shim counts characters where bytes are meant.
      host.wasiImport.args_sizes_get = (/** @type {number} */ count, /** @type {number} */ size) => {
        const memory = new DataView(/** @type {WebAssembly.Memory} */ (instance.exports.memory).buffer);
        memory.setUint32(count, words.length, true);
        memory.setUint32(size, words.reduce((sum, word) => sum + new TextEncoder().encode(word).length + 1, 0), true);
        return wasi.ERRNO_SUCCESS;
      };
      const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: host.wasiImport });
      return host.start(/** @type {any} */ (instance));
    },
    () => readJournal(() => text(root, JOURNAL)),
    () => {},
  );
  const [output, errors] = ears.map(({ heard }) => heard());
  if (code !== 0) throw new Error(errors.replace(/^error: /m, '').replaceAll(/\/in\/\d+\//g, '').trim());
  return { output, errors };
}

/** Keeps what is written to it. */
function ear() {
  const decoder = new TextDecoder();
  let heard = '';
  return { console: new ConsoleStdout((bytes) => void (heard += decoder.decode(bytes, { stream: true }))), heard: () => heard };
}

/**
 * Every document of the bundle, as a search gives it: one for all that do not have a word that nobody wrote.
 * @param {WebAssembly.Module} module
 * @param {Folder} root
 * @param {string[]} env
 * @returns {Promise<Hit[]>}
 */
async function everything(module, root, env) {
  const word = Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => String.fromCharCode(97 + byte % 26)).join('');
  const { output } = await command(module, root, ['search', `/${OUT}/samara`, '--json', '--exact', '--limit', '1000000', '--', `-${word}`], env);
  return JSON.parse(output).hits;
}

/**
 * @typedef {object} Outcome
 * @property {Map<string, Uint8Array>} files what a site deploys as one folder, by their paths in it
 * @property {string} page the same as one page, where that is made: hits lead from it as if it lay in the folder of the first documents
 * @property {(Cleaned | Skipped)[]} account what each document became, as `samara clean --json` says it
 * @property {string} messages what the command says
 * @property {Hit[]} hits each document as searches give it, where that is wanted
 */

/** @typedef {{ path: string, id: string, url: string, title: string, text: string, lang: string | null, dropped: { text: string, rule: string }[] }} Cleaned */
/** @typedef {{ path: string, skipped: string }} Skipped */
/** @typedef {{ id: string, url: string, title: string, meta: Record<string, string | string[]> }} Hit */

/** @param {Folder} root */
function preopened(root) {
  const open = new PreopenDirectory('/', new Map());
  open.dir = root;
  return open;
}

/**
 * Puts a document into its folder; a name that leads out of it is none.
 * @param {Folder} root
 * @param {string} path
 * @param {Lazy} file
 */
function put(root, path, file) {
  const parts = path.split('/').filter((part) => part && part !== '.');
  const name = parts.pop();
  if (!name || parts.includes('..') || name === '..') throw new Error(`${path}: not the path of a document; write it as a/b.html`);
  let folder = /** @type {Directory} */ (root);
  for (const part of parts) {
    let inner = folder.contents.get(part);
    if (inner instanceof Lazy) throw new Error(`${path}: ${part} is a document, and no folder; name one of them differently`);
    if (!(inner instanceof Directory)) {
      const made = new Folder();
      folder.contents.set(part, made);
      inner = made;
    }
    folder = /** @type {Directory} */ (inner);
  }
  if (folder.contents.has(name)) throw new Error(`${path}: there are two documents of this path; name each differently`);
  folder.contents.set(name, file);
}

/** @param {Directory} folder @param {string} name */
function text(folder, name) {
  const file = folder.contents.get(name);
  if (!(file instanceof File)) throw new Error(`there is no ${name}`);
  return new TextDecoder().decode(file.data);
}

// Pagefind's interface for the steps of a scenario: the `pagefind.js` that the build wrote. What differs from a browser is set
// right here: files are fetched from the disk, and addresses begin where the scenario's server would.
// It stands in the harness of the suite, whose `fs`, `path`, `pathToFileURL`, `job` and `E` it uses.

const fetchFromNet = globalThis.fetch;
globalThis.fetch = async (address, options) => {
  const url = String(address instanceof Request ? address.url : address);
  if (!url.startsWith('file:')) return fetchFromNet(address, options);
  try {
    return new Response(fs.readFileSync(new URL(url)));
  } catch {
    return new Response('', { status: 404 });
  }
};
globalThis.addEventListener ??= () => {};
globalThis.removeEventListener ??= () => {};

/** Texts are compared by meaning: the suite wants them with the title that they belong to. */
const told = (kind, title, text) => E(kind, JSON.stringify({ title: title ?? '', text }));
const excerpts = (of, title) => ({ ...of, excerpt: told('E', title, of.excerpt), plain_excerpt: told('P', title, of.plain_excerpt) });

async function compared(result) {
  const data = await result.data();
  return {
    ...excerpts(data, data.meta.title),
    content: told('C', data.meta.title, data.content),
    sub_results: data.sub_results.map((section) => excerpts(section, section.title)),
  };
}

const found = (answer) => answer && { ...answer, results: answer.results.map((result) => ({ ...result, data: () => compared(result) })) };

/** Where the site of a bundle lies below the folder that is served. */
function baseOf(bundle) {
  const site = job.sites[bundle];
  if (!site || path.relative(site, bundle).startsWith('..')) return '/';
  const below = path.relative(job.root, site);
  return below && !below.startsWith('..') ? `/${below}/` : '/';
}

let copies = 0;

class Pagefind {
  static async load(bundle) {
    globalThis.document = { documentElement: { getAttribute: () => job.lang } };
    const script = pathToFileURL(path.join(bundle, 'pagefind.js')).href;
    const own = await import(`${script}?${++copies}`);
    const base = { baseUrl: baseOf(bundle) };
    await own.options(base);
    const folderOf = (address) => path.join(job.root, address.replace(/^https?:\/\/[^/]+/, ''));
    return {
      ...own,
      search: async (...given) => found(await own.search(...given)),
      debouncedSearch: async (...given) => found(await own.debouncedSearch(...given)),
      destroy: async () => {
        await own.destroy();
        await own.options(base);
      },
      mergeIndex: (address, options) => {
        const folder = folderOf(address);
        return own.mergeIndex(pathToFileURL(folder).href, { baseUrl: baseOf(folder.replace(/\/$/, '')), ...options });
      },
    };
  }
}

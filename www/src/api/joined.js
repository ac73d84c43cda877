/**
 * How several indexes are asked as one. Each answers by itself; scores are made comparable by what the words of the query
 * count in all of them together.
 */

/** @typedef {import('./several.js').Part} Part */
/** @typedef {import('./search.js').Answer} Answer */
/** @typedef {import('./search.js').Hit} Hit */

/** Words of a query whose frequencies are asked for at most. */
const WORDS = 8;

/** Hits that are asked for unless told. */
const LIMIT = 10;

/**
 * @param {Part[]} parts
 * @param {import('../worker/host.js').Method} method
 * @param {unknown[]} args
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} as one index would answer
 */
export function askSeveral(parts, method, args, signal) {
  return new Joined(parts).ask(method, args, signal);
}

class Joined {
  #parts;

  /** @param {Part[]} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {import('../worker/host.js').Method} method
   * @param {unknown[]} args
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  async ask(method, args, signal) {
    const [text, options] = /** @type {[string, any]} */ (args);
    if (method === 'query') return this.#query(text, options ?? {}, signal);
    const all = await this.#all(method, args, signal);
    if (method === 'suggest') return suggestions(all, options?.limit);
    if (method === 'similar')
      return all.flatMap((hits, at) => hits.map((/** @type {Hit} */ hit) => this.#placed(hit, at, 1)));
    return all.reduce(sumOfInfos);
  }

  /**
   * @param {import('../worker/host.js').Method} method
   * @param {unknown[]} args
   * @param {AbortSignal} [signal]
   */
  #all(method, args, signal) {
    return Promise.all(this.#parts.map(({ asked }) => asked.request(method, args, signal)));
  }

  /**
   * @param {string} text
   * @param {import('./search.js').QueryOptions} options
   * @param {AbortSignal} [signal]
   * @returns {Promise<Answer>}
   */
  async #query(text, options, signal) {
    const { limit = LIMIT, offset = 0, sort = 'relevance' } = options;
    const wanted = { ...options, offset: 0, limit: offset + limit };
    let answers = /** @type {Answer[]} */ (await this.#all('query', [text, wanted], signal));
    // What one index knows is not misspelt, though others lack it.
    if (answers.some(({ corrected, total }) => total && !corrected)) {
      const literal = [text, { ...wanted, correct: false }];
      answers = await Promise.all(
        answers.map((answer, at) =>
          answer.corrected ? this.#parts[at].asked.request('query', literal, signal) : answer,
        ),
      );
    }
    // An index leaves out fields whose documents all say the same, which those of another may not.
    const fields = [...new Set(answers.flatMap(({ facets = {} }) => Object.keys(facets)))];
    if (!options.facets && answers.some(({ facets = {} }) => fields.some((field) => !facets[field]))) {
      const counts = await this.#all('query', [text, { ...options, offset: 0, limit: 1, facets: fields }], signal);
      for (const [at, { facets }] of counts.entries()) answers[at] = { ...answers[at], facets };
    }
    const factors = sort === 'relevance' ? await this.#factors(text, signal) : answers.map(() => 1);
    const hits = answers.flatMap((answer, at) => answer.hits.map((hit) => this.#placed(hit, at, factors[at])));
    const corrected = answers.find((answer) => answer.corrected)?.corrected;
    return {
      total: answers.reduce((sum, { total }) => sum + total, 0),
      hits: hits.sort(orderBy(sort)).slice(offset, offset + limit),
      facets: mergedFacets(answers),
      ...(corrected ? { corrected } : {}),
      // What one index uses counts, though others do not.
      ignored: (answers[0].ignored ?? []).filter(({ text: word }) =>
        answers.every(({ ignored = [] }) => ignored.some((other) => other.text === word)),
      ),
      took: Math.max(...answers.map(({ took }) => took)),
    };
  }

  /**
   * By how much the words of a query weigh more or less in all indexes together than in each.
   * @param {string} text
   * @param {AbortSignal} [signal]
   * @returns {Promise<number[]>}
   */
  async #factors(text, signal) {
    const words = [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, WORDS);
    const count = (/** @type {string} */ word) =>
      this.#all('query', [word, { exact: true, limit: 1, facets: [] }], signal);
    const [infos, ...found] = await Promise.all([this.#all('info', [], signal), ...words.map(count)]);
    const sizes = /** @type {number[]} */ (infos.map(({ documents }) => documents));
    const size = sum(sizes);
    return sizes.map((own, at) => {
      const present = found.map((answers) => answers.map(({ total }) => total)).filter((totals) => totals[at] > 0);
      const alone = sum(present.map((totals) => weight(own, totals[at])));
      return alone > 0 ? sum(present.map((totals) => weight(size, sum(totals)))) / alone : 1;
    });
  }

  /**
   * A hit that says whence it is, with whole addresses.
   * @param {Hit} hit
   * @param {number} at
   * @param {number} factor
   * @returns {Hit}
   */
  #placed(hit, at, factor) {
    const { from, asked } = this.#parts[at];
    const whole = (/** @type {string} */ url) =>
      asked.site && URL.canParse(url, asked.site) ? new URL(url, asked.site).href : url;
    const moved = (/** @type {any} */ one) => ({ ...one, url: whole(one.url) });
    return {
      ...moved(hit),
      score: hit.score * factor,
      from,
      ...(hit.sections ? { sections: hit.sections.map(moved) } : {}),
      ...(hit.duplicates ? { duplicates: hit.duplicates.map(moved) } : {}),
    };
  }
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((one, other) => one + other, 0);
}

/**
 * What a word counts by how few documents have it, as in BM25.
 * @param {number} documents
 * @param {number} having
 */
function weight(documents, having) {
  return Math.log(1 + (documents - having + 0.5) / (having + 0.5));
}

/**
 * @param {string} sort
 * @returns {(one: Hit, other: Hit) => number}
 */
function orderBy(sort) {
  if (sort === 'relevance') return (one, other) => other.score - one.score;
  const [, field, direction] = /^(.*?)(?::(asc|desc))?$/.exec(sort) ?? [];
  const sign = direction === 'desc' ? -1 : 1;
  const value = (/** @type {Hit} */ { meta }) => [meta?.[field] ?? []].flat()[0];
  return (one, other) => {
    const [first, second] = [value(one), value(other)];
    // What lacks the field comes last in either direction.
    if (!first || !second) return Number(!first) - Number(!second);
    return sign * first.localeCompare(second, 'en', { numeric: true });
  };
}

/** @param {Answer[]} answers */
function mergedFacets(answers) {
  /** @type {Record<string, { value: string, count: number, total: number }[]>} */
  const merged = {};
  for (const [field, values] of answers.flatMap(({ facets = {} }) => Object.entries(facets))) {
    merged[field] ??= [];
    for (const { value, count, total } of values) {
      const known = merged[field].find((other) => other.value === value);
      if (known) Object.assign(known, { count: known.count + count, total: known.total + total });
      else merged[field].push({ value, count, total });
    }
    merged[field].sort((one, other) => other.count - one.count);
  }
  return merged;
}

/**
 * @param {{ text: string, documents: number }[][]} all
 * @param {number} [limit]
 */
function suggestions(all, limit = 5) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const { text, documents } of all.flat()) found.set(text, (found.get(text) ?? 0) + documents);
  const merged = [...found].map(([text, documents]) => ({ text, documents }));
  return merged.sort((one, other) => other.documents - one.documents).slice(0, limit);
}

/**
 * @param {import('./search.js').Info} one
 * @param {import('./search.js').Info} other
 */
function sumOfInfos(one, other) {
  const { documents, terms, words, opened } = one;
  return {
    ...one,
    documents: documents + other.documents,
    terms: terms + other.terms,
    words: words + other.words,
    opened: Math.max(opened, other.opened),
  };
}

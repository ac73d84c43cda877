/** What `pagefind.js` makes of Pagefind's filters, options and results, by themselves. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { condition, tagsOf } from '../pagefind/conditions.js';
import { best, markup, wordsOf } from '../pagefind/excerpt.js';
import { fragment } from '../pagefind/fragment.js';
import { ranking } from '../pagefind/options.js';

/**
 * Whether a condition holds for a page, by what its names mean.
 * @param {any} of
 * @param {Record<string, string[]>} page
 * @returns {boolean}
 */
function holds(of, page) {
  if (Array.isArray(of)) return of.every((one) => holds(one, page));
  return Object.entries(of).every(([name, value]) => {
    const parts = Array.isArray(value) ? value : Object.entries(value).map(([key, one]) => ({ [key]: one }));
    if (name === 'all') return parts.every((part) => holds(part, page));
    if (name === 'any') return parts.some((part) => holds(part, page));
    if (name === 'none') return !parts.some((part) => holds(part, page));
    return value.some((/** @type {string} */ one) => page[name]?.includes(one));
  });
}

describe('filters', () => {
  const PAGES = {
    ali: { color: ['Tabby', 'White'], mood: ['Angry'] },
    bo: { color: ['Tabby'] },
    cy: { color: ['Black'], mood: ['Calm'] },
  };
  for (const [filters, expected] of /** @type {[any, string][]} */ ([
    [undefined, 'ali bo cy'],
    [{}, 'ali bo cy'],
    [{ color: 'Tabby' }, 'ali bo'],
    [{ color: ['Tabby', 'White'] }, 'ali'],
    [{ color: { any: ['White', 'Black'] } }, 'ali cy'],
    [{ color: { not: 'Tabby' } }, 'cy'],
    [{ color: { none: ['White', 'Black'] } }, 'bo'],
    [{ color: { not: ['White', 'Tabby'] } }, 'bo cy'],
    [{ any: { color: 'Black', mood: 'Angry' } }, 'ali cy'],
    [{ any: [{ color: 'Black' }, { color: 'Tabby', mood: 'Angry' }] }, 'ali cy'],
    [{ not: { color: 'Tabby', mood: 'Angry' } }, 'bo cy'],
    [{ none: [{ mood: 'Angry' }, { mood: 'Calm' }] }, 'bo'],
    [{ all: [{ color: { any: ['Tabby', 'Black'] } }, { not: { any: [{ mood: 'Calm' }, { color: 'White' }] } }] }, 'bo'],
    [[{ color: 'Tabby' }, { mood: 'Angry' }], 'ali'],
    [{ color: { all: ['Tabby', { any: ['White', 'Black'] }] } }, 'ali'],
    [{ year: 2020 }, ''],
    [{ any: [] }, ''],
  ])) {
    test(`hold_where_Pagefind_says: ${JSON.stringify(filters)}`, () => {
      const found = Object.entries(PAGES)
        .filter(([, page]) => holds(condition(filters), page))
        .map(([name]) => name);
      assert.equal(found.join(' '), expected);
    });
  }

  test('hold_for_what_all_pages_of_an_index_are', () => {
    const tags = tagsOf({ site: 'Blog' });
    assert.ok(holds(condition({ site: 'Blog' }, tags), {}));
    assert.ok(!holds(condition({ site: 'Docs' }, tags), {}));
    assert.ok(holds(condition({ any: [{ site: 'Blog' }, { color: 'Red' }] }, tags), {}));
    assert.ok(!holds(condition({ not: { site: 'Blog' } }, tags), {}));
  });

  test('that_lie_too_deep_are_an_error_instead_of_another_question', () => {
    let filters = /** @type {any} */ ({ color: 'Red' });
    for (let depth = 0; depth < 20; depth++) filters = { not: filters };
    assert.throws(() => condition(filters), /too deep/);
  });
});

describe('options of ranking', () => {
  test('are_those_of_Samara_where_they_are_those_of_Pagefind', () => {
    assert.deepEqual(ranking(), {
      correct: true,
      fields: { title: 3, meta: 1 },
      ranking: { saturation: 1.6, length: 0.4, counts: 0, accents: 1 / 1.8, beginnings: 1 },
    });
  });

  for (const [weights, look, expected] of /** @type {[any, (of: any) => number, number][]} */ ([
    [{ termSaturation: 0.7 }, ({ ranking }) => ranking.saturation, 0.8],
    [{ pageLength: 0 }, ({ ranking }) => ranking.length, 0],
    [{ pageLength: 1 }, ({ ranking }) => ranking.length, 1],
    [{ termFrequency: 0.25 }, ({ ranking }) => ranking.counts, 0.75],
    [{ termSimilarity: 0 }, ({ ranking }) => ranking.beginnings, 0],
    [{ diacriticSimilarity: 0 }, ({ ranking }) => ranking.accents, 1],
    [{ metaWeights: { title: 10 } }, ({ fields }) => fields.title, 6],
    [{ metaWeights: { author: 3, text: 2 } }, ({ fields }) => fields.meta, 3],
  ])) {
    test(`move_Samaras: ${JSON.stringify(weights)}`, () => assert.equal(look(ranking(weights)), expected));
  }

  test('that_take_all_weight_from_a_field_leave_it_searched', () => {
    const { fields } = ranking({ metaWeights: { title: 0, author: 0 } });
    assert.ok(
      Number(fields?.title) > 0 &&
        Number(fields?.title) < 0.01 &&
        Number(fields?.meta) > 0 &&
        Number(fields?.meta) < 0.01,
    );
  });

  test('exact_diacritics_count_others_as_nothing_and_correct_nothing', () => {
    const exact = ranking({}, true);
    assert.equal(exact.ranking?.accents, 0);
    assert.equal(exact.correct, false);
  });
});

describe('excerpts', () => {
  const marked = (/** @type {string} */ text) => {
    /** @type {[number, number][]} */
    const marks = [];
    let plain = '';
    for (const [number, part] of text.split('*').entries()) {
      if (number % 2) marks.push([plain.length, plain.length + part.length]);
      plain += part;
    }
    return wordsOf({ text: plain, marks }, () => 1);
  };

  test('are_safe_as_markup', () => {
    assert.equal(markup(marked('<img src=x> & *<b>*')), '&lt;img src=x&gt; &amp; <mark>&lt;b&gt;</mark>.');
    assert.equal(markup(marked('a *b* c'), true), 'a b c.');
  });

  test('end_lines_with_a_stop', () => {
    assert.equal(markup(marked('Heading\nText. More!\nlast')), 'Heading. Text. More! last.');
  });

  for (const [text, length, expected] of /** @type {[string, number, string][]} */ ([
    ['one two three four five', 3, 'one two three'],
    ['one two three *four* five six seven', 3, 'three <mark>four</mark> five'],
    ['*a* x x x x *a* *b* x', 3, '<mark>a</mark> <mark>b</mark> x.'],
    ['x x x x. New sentence with *a* word and on and on', 6, 'New sentence with <mark>a</mark> word and'],
    ['x *a*', 30, 'x <mark>a</mark>.'],
  ])) {
    test(`show_what_says_most: ${text}`, () => {
      const words = marked(text);
      const [start, end] = best(words, 0, words.length, length);
      assert.ok(end - start <= length);
      assert.equal(markup(words.slice(start, end)), expected);
    });
  }
});

describe('the data of a result', () => {
  const place = {
    address: (/** @type {string} */ url) => `/site/${url}?hl=x`,
    raw: (/** @type {string} */ url) => `/${url}`,
    filters: ['kind', 'title'],
    meta: ['author', 'image'],
    tags: { site: ['Blog'] },
    length: 30,
  };
  const hit = {
    id: 'a',
    url: 'a/',
    title: 'Tea <b>',
    titleMarks: /** @type {[number, number][]} */ ([[0, 3]]),
    score: 1200,
    snippet: { text: 'Lead of tea', marks: /** @type {[number, number][]} */ ([[8, 11]]) },
    sections: [
      {
        title: 'Drying',
        url: 'a/#dry',
        snippet: { text: 'Drying\nTea in the shade', marks: /** @type {[number, number][]} */ ([[7, 10]]) },
      },
      { title: 'Sun', url: 'a/#sun', snippet: { text: 'Sun\nNone.', marks: [] } },
      {
        title: 'Without',
        url: 'a/',
        snippet: { text: 'Without\nmore tea', marks: /** @type {[number, number][]} */ ([[13, 16]]) },
      },
    ],
    meta: { kind: ['herb', 'drink'], author: 'Ann', lang: 'en', image: '/x.png' },
  };
  const data = fragment(hit, place);

  test('has_the_whole_text_with_places_that_count_its_words', () => {
    assert.equal(data.content, 'Lead of tea. Drying. Tea in the shade. Sun. None. Without. more tea.');
    assert.equal(data.word_count, 13);
    assert.deepEqual(data.locations, [2, 4, 12]);
    assert.deepEqual(data.weighted_locations[0], { weight: 1, balanced_score: 576, location: 2 });
    assert.deepEqual(
      data.locations.map((at) => data.content.split(/\s+/)[at].toLowerCase()),
      ['tea.', 'tea', 'tea.'],
    );
    assert.deepEqual(data.anchors, [
      { element: 'h2', id: 'dry', text: 'Drying', location: 3 },
      { element: 'h2', id: 'sun', text: 'Sun', location: 8 },
    ]);
  });

  test('has_the_fields_that_pages_mark_and_no_others', () => {
    assert.deepEqual(data.meta, { author: 'Ann', image: '/x.png', title: 'Tea <b>' });
    assert.deepEqual(data.filters, { kind: ['herb', 'drink'], title: ['Tea <b>'], site: ['Blog'] });
    assert.equal(data.raw_url, '/a/');
  });

  test('has_the_page_itself_and_sections_that_match', () => {
    assert.deepEqual(
      data.sub_results.map(({ title, url, excerpt, locations }) => [title, url, excerpt, locations]),
      [
        ['Tea <b>', '/site/a/?hl=x', 'Lead of <mark>tea</mark>.', [2]],
        ['Drying', '/site/a/?hl=x#dry', '<mark>Tea</mark> in the shade.', [4]],
        ['Sun', '/site/a/?hl=x#sun', 'None. Without. more <mark>tea</mark>.', [12]],
      ],
    );
  });

  test('scores_words_by_their_weight_and_by_how_much_of_them_was_matched', () => {
    /** @type {[number, number][]} */
    const marks = [
      [0, 3],
      [4, 8],
    ];
    const sections = [{ title: 'Oak', url: 'a/#oak', snippet: { text: 'Oak\nOaksAshes', marks } }];
    const { weighted_locations } = fragment({ ...hit, titleMarks: [], snippet: undefined, sections }, place);
    assert.deepEqual(
      weighted_locations.map(({ weight, balanced_score }) => [weight, balanced_score]),
      [
        [6, (6 * 24) ** 2],
        [1, 576 * (4 / 9)],
      ],
    );
  });

  test('has_the_page_itself_where_nothing_is_marked', () => {
    const bare = fragment({ ...hit, titleMarks: [], snippet: { text: 'Lead', marks: [] }, sections: [] }, place);
    assert.deepEqual(
      bare.sub_results.map(({ url, excerpt }) => [url, excerpt]),
      [['/site/a/?hl=x', 'Lead.']],
    );
  });

  test('has_the_title_as_a_section_where_it_can_be_linked_to', () => {
    const titled = fragment(
      {
        ...hit,
        snippet: { text: '', marks: [] },
        sections: [{ title: '', url: 'a/#top', snippet: { text: 'Lead', marks: [] } }],
      },
      place,
    );
    assert.equal(titled.content, 'Tea <b>. Lead.');
    assert.deepEqual(
      titled.sub_results.map(({ title, url, excerpt }) => [title, url, excerpt]),
      [['Tea <b>', '/site/a/?hl=x#top', '<mark>Tea</mark> &lt;b&gt;. Lead.']],
    );
  });
});

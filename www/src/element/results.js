/** Turns hits into options of the listbox: the document, its sections, and what is folded away at first. */

import { create, marked } from './dom.js';
import { safeLink, withHighlight } from './link.js';
import { formatDate } from './texts.js';

/** Sections shown beneath a document; the others are folded. */
const SECTIONS = 3;

/**
 * @typedef {object} Setting
 * @property {string} base address that relative links start from
 * @property {string | null} highlight parameter that tells the page which words to mark; null: the page is left alone
 * @property {import('./texts.js').Language} language
 * @property {string} prefix of the ids, so that several lists never share one
 */

/**
 * @param {import('../api/search.js').Hit} hit
 * @param {number} index of the hit in its list
 * @param {Setting} setting
 * @returns {HTMLElement}
 */
export function hitNode(hit, index, setting) {
  const { language, prefix } = setting;
  const id = `${prefix}-${index}`;
  const words = wordsOf(hit.snippet);
  const sections = hit.sections ?? [];
  const duplicates = hit.duplicates ?? [];
  const option = linkNode(id, hit.url, words, setting, 'hit', [
    create(
      'div',
      { id: `${id}-title`, part: 'title', dir: 'auto' },
      marked(hit.title || hit.url, hit.title ? hit.titleMarks : []),
    ),
    aboutNode(id, originNode(hit, language.tag), snippetNode(hit.snippet)),
  ]);
  if (!sections.length && !duplicates.length) return option;

  /** @type {HTMLElement[]} */
  const shown = [];
  /** @type {HTMLElement[]} */
  const folded = [];
  sections.forEach((section, at) =>
    (at < SECTIONS ? shown : folded).push(sectionNode(section, `${id}-s${at}`, hit.title, setting)),
  );
  const others = duplicates.map((other, at) =>
    linkNode(`${id}-d${at}`, other.url, words, setting, 'section', [
      create('div', { part: 'section-title', dir: 'auto' }, other.title || other.url),
    ]),
  );
  return create(
    'div',
    { role: 'group', class: 'group', 'aria-labelledby': `${id}-title` },
    option,
    ...shown,
    folded.length > 0 && foldNode(`${id}-more`, language.say('onPage', { n: folded.length }), folded),
    others.length > 0 && foldNode(`${id}-others`, language.say('others', { n: others.length }), others),
  );
}

/**
 * @param {import('../api/search.js').SectionHit} section
 * @param {string} id
 * @param {string} document title of the document, which the option's name begins with
 * @param {Setting} setting
 */
function sectionNode({ title, url, snippet, titleMarks }, id, document, setting) {
  return linkNode(id, url, wordsOf(snippet), setting, 'section', [
    create('span', { class: 'unseen' }, `${document}: `),
    create('div', { part: 'section-title', dir: 'auto' }, marked(title || url, title ? titleMarks : [])),
    aboutNode(id, snippetNode(snippet)),
  ]);
}

/**
 * @param {string} id
 * @param {string} url
 * @param {string[]} words to highlight there
 * @param {Setting} setting
 * @param {string} kind of option, for styles
 * @param {HTMLElement[]} content
 */
function linkNode(id, url, words, { base, highlight }, kind, content) {
  const link = safeLink(url, base);
  const about = content.find((node) => node.id === `${id}-about`);
  return create(
    'a',
    {
      role: 'option',
      id,
      part: kind,
      tabindex: -1,
      href: link && withHighlight(link, words, highlight),
      'aria-selected': 'false',
      'aria-describedby': about?.textContent ? about.id : null,
      'aria-disabled': link ? null : 'true',
    },
    ...content,
  );
}

/**
 * What describes an option and is not part of its name; screen readers reach it by `aria-describedby` alone.
 * @param {string} id of the option
 * @param {...(HTMLElement | null)} content
 */
function aboutNode(id, ...content) {
  return create('div', { id: `${id}-about`, class: 'about', 'aria-hidden': 'true' }, ...content);
}

/**
 * An option that gives way to others when it is chosen. It is an option and no button, since a listbox holds no buttons.
 * @param {string} id
 * @param {string} text
 * @param {HTMLElement[]} folded
 */
function foldNode(id, text, folded) {
  const node = create('div', { role: 'option', id, part: 'fold', 'aria-selected': 'false' }, text);
  node.addEventListener('click', () => {
    node.replaceWith(...folded);
    folded[0].dispatchEvent(new CustomEvent('unfold', { bubbles: true }));
  });
  return node;
}

/** @param {import('../api/search.js').Snippet} [snippet] */
function snippetNode(snippet) {
  return snippet?.text ? create('div', { part: 'snippet', dir: 'auto' }, marked(snippet.text, snippet.marks)) : null;
}

/**
 * Where a document comes from and when; where nothing says so, the folders of its address do.
 * @param {import('../api/search.js').Hit} hit
 * @param {string} tag language
 */
function originNode({ url, meta = {} }, tag) {
  const source = [meta.source ?? trail(url)].flat().join(', ');
  const date = [meta.date ?? []].flat()[0] ?? '';
  if (!source && !date) return null;
  return create(
    'div',
    { part: 'origin' },
    source && create('span', { class: 'source', dir: 'auto' }, source),
    date && create('time', { datetime: date }, formatDate(date, tag)),
  );
}

/** @param {string} url */
function trail(url) {
  try {
    return decodeURIComponent(new URL(url, 'x:/').pathname).split('/').slice(1, -1).join(' › ');
  } catch {
    // No address, or one whose escapes are no text.
    return '';
  }
}

/** @param {import('../api/search.js').Snippet} [snippet] */
function wordsOf({ text, marks } = { text: '', marks: [] }) {
  return [...new Set(marks.map(([start, end]) => text.slice(start, end)))].filter(Boolean);
}

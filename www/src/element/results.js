/** Turns hits into options of the listbox: the document, its sections, and what is folded away at first. */

import { create } from './dom.js';
import { safeLink } from './link.js';
import { marked } from './marked.js';
import { formatDate } from './texts.js';

/** Sections shown beneath a document; the others are folded. */
const SECTIONS = 3;

/** @typedef {import('../api/search.js').Hit} Hit */
/** @typedef {import('../api/search.js').SectionHit} SectionHit */

/**
 * What an option stands for.
 * @typedef {{ hit: Hit, index: number, url: string, section?: SectionHit }} Choice
 */

/**
 * @typedef {object} Setting
 * @property {string} base address that relative links start from
 * @property {string | null} highlight parameter that tells the page which words to mark; null: the page is left alone
 * @property {import('./texts.js').Language} language
 * @property {string} prefix of the ids, so that several lists never share one
 * @property {string} [image] metadata field with the address of a picture
 * @property {boolean} [reachable] whether Tab leads to each hit
 * @property {HTMLTemplateElement | null} [template] of the page, for hits
 * @property {typeof import('../third/third.js')} [third] what fills it, once it is there
 * @property {((hit: Hit) => Node) | null} [renderHit]
 * @property {WeakMap<Element, Choice>} choices where what options stand for is noted
 */

/**
 * @param {Hit} hit
 * @param {number} index of the hit in its list
 * @param {Setting} setting
 * @returns {HTMLElement}
 */
export function hitNode(hit, index, setting) {
  const { language, prefix } = setting;
  const id = `${prefix}-${index}`;
  const words = wordsOf(hit.snippet);
  const sections = (hit.sections ?? []).filter(({ title }) => !sameName(title, hit.title));
  const duplicates = hit.duplicates ?? [];
  const option = linkNode(id, { hit, index, url: hit.url }, words, setting, 'hit', contentOf(hit, id, setting));
  if (!sections.length && !duplicates.length) return option;

  const nodes = sections.map((section, at) =>
    sectionNode({ hit, index, url: section.url, section }, `${id}-s${at}`, setting),
  );
  const [shown, folded] = [nodes.slice(0, SECTIONS), nodes.slice(SECTIONS)];
  const others = duplicates.map((other, at) =>
    linkNode(`${id}-d${at}`, { hit, index, url: other.url }, words, setting, 'section', [
      create('div', { part: 'section-title', dir: 'auto' }, other.title || other.url),
    ]),
  );
  return create(
    'div',
    { role: 'group', class: 'group', 'aria-label': hit.title || hit.url },
    option,
    ...shown,
    folded.length > 0 && foldNode(`${id}-more`, language.say('onPage', { n: folded.length }), folded),
    others.length > 0 && foldNode(`${id}-others`, language.say('others', { n: others.length }), others),
  );
}

/**
 * What stands in the link of a hit: the page's own making, or title, origin, passage and picture.
 * @param {Hit} hit
 * @param {string} id
 * @param {Setting} setting
 * @returns {Node[]}
 */
function contentOf(hit, id, setting) {
  const { template, third, renderHit, base, language } = setting;
  if (renderHit) return [renderHit(hit)];
  if (template && third) return [third.fillTemplate(template, hit, base, language.tag)];
  return [
    ...(third?.pictureNodes(hit, setting.image, base) ?? []),
    create('div', { part: 'title', dir: 'auto' }, marked(hit.title || hit.url, hit.title ? hit.titleMarks : [])),
    aboutNode(id, originNode(hit, language.tag), snippetNode(hit.snippet)),
  ];
}

/**
 * @param {Choice & { section: SectionHit }} choice
 * @param {string} id
 * @param {Setting} setting
 */
function sectionNode(choice, id, setting) {
  const { title, url, snippet, titleMarks } = choice.section;
  return linkNode(id, choice, wordsOf(snippet), setting, 'section', [
    create('span', { class: 'unseen' }, `${choice.hit.title}: `),
    create('div', { part: 'section-title', dir: 'auto' }, marked(title || url, title ? titleMarks : [])),
    aboutNode(id, snippetNode(snippet)),
  ]);
}

/**
 * @param {string} id
 * @param {Choice} choice
 * @param {string[]} words to highlight there
 * @param {Setting} setting
 * @param {string} kind of option, for styles
 * @param {Node[]} content
 */
function linkNode(id, choice, words, { base, highlight, reachable, choices, third }, kind, content) {
  const link = safeLink(choice.url, base);
  const about = content.find((node) => node instanceof Element && node.id === `${id}-about`);
  const option = create(
    'a',
    {
      role: 'option',
      id,
      part: kind,
      tabindex: reachable ? 0 : -1,
      // A drag over a passage selects its text.
      draggable: 'false',
      href: link && third ? third.withHighlight(link, words, highlight) : link,
      'aria-selected': 'false',
      'aria-describedby': about?.textContent ? `${id}-about` : null,
      'aria-disabled': link ? null : 'true',
    },
    ...content,
  );
  choices.set(option, choice);
  return option;
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
 * @param {Hit} hit
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

/**
 * @param {string} one
 * @param {string} other
 */
function sameName(one, other) {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

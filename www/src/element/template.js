/**
 * Pictures of hits, and a page's own look of them: a `<template>` within the element, whose nodes say by `data-field` what they show. Text
 * reaches it as text, addresses only where they are plain links.
 */

import { create } from './dom.js';
import { safeLink } from './link.js';
import { marked } from './marked.js';
import { formatDate } from './texts.js';

/**
 * @param {HTMLTemplateElement} template
 * @param {import('../api/search.js').Hit} hit
 * @param {string} base
 * @param {string} tag language
 * @returns {DocumentFragment} without the nodes of fields that the hit lacks
 */
export function fillTemplate(template, hit, base, tag) {
  const filled = /** @type {DocumentFragment} */ (document.importNode(template.content, true));
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (filled.querySelectorAll('[data-field]'))) {
    const field = node.dataset.field ?? '';
    const values = valuesOf(hit, field);
    if (!values.length) node.remove();
    else if (node instanceof HTMLImageElement) setPicture(node, values[0], base);
    else if (field === 'title') node.replaceChildren(marked(hit.title, hit.titleMarks));
    else if (field === 'snippet') node.replaceChildren(marked(values[0], hit.snippet?.marks));
    else if (node instanceof HTMLTimeElement) setDate(node, values[0], tag);
    else node.textContent = values.join(', ');
  }
  return filled;
}

/**
 * @param {import('../api/search.js').Hit} hit
 * @param {string} field
 * @returns {string[]}
 */
function valuesOf(hit, field) {
  const values = { ...hit.meta, title: hit.title || hit.url, url: hit.url, snippet: hit.snippet?.text ?? '' };
  const value = /** @type {Record<string, string | string[]>} */ (values)[field];
  return [value ?? []].flat().filter(Boolean);
}

/**
 * @param {HTMLImageElement} node
 * @param {string} address
 * @param {string} base
 */
function setPicture(node, address, base) {
  const src = safeLink(address, base);
  if (src) node.src = src;
  else node.remove();
}

/**
 * @param {HTMLTimeElement} node
 * @param {string} date
 * @param {string} tag
 */
function setDate(node, date, tag) {
  node.dateTime = date;
  node.textContent = formatDate(date, tag);
}

/**
 * @param {import('../api/search.js').Hit} hit
 * @param {string | undefined} field that holds the address of a picture
 * @param {string} base
 */
export function pictureNodes({ meta = {} }, field, base) {
  const [address] = [(field && meta[field]) ?? []].flat();
  const src = address && safeLink(address, base);
  return src ? [create('img', { part: 'image', src, alt: '', loading: 'lazy', draggable: 'false' })] : [];
}

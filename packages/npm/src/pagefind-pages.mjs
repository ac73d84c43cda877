/** What is added to an index as pages of HTML that say all that is known of them by attributes. */

/** Elements that no page has: what stands in them counts whatever part of pages is the content. */
const [RECORD, ADDRESS] = ['samara-record', 'samara-address'];
/** Selectors of them, to go with one that a site has for its content. */
export const OWN_ROOTS = [RECORD, ADDRESS];
/** Files that are read as pages by their names. */
const PAGE = /\.(html?|xhtml|xht|shtml)$/i;

/**
 * Data that an index is made of without an HTML file.
 * @typedef {object} CustomRecord
 * @property {string} url
 * @property {string} content
 * @property {string} language code of ISO 639-1
 * @property {Record<string, string>} [meta]
 * @property {Record<string, string[]>} [filters]
 * @property {Record<string, string>} [sort]
 */

/**
 * A page of a record.
 * @param {CustomRecord} record
 * @param {boolean} marked whether it says that it is content, which the pages of the site do
 */
export function recordPage({ url, content, language, meta = {}, filters = {}, sort = {} }, marked) {
  const told = [
    ...fields('meta', { url, ...meta }),
    ...fields('filter', filters),
    ...fields('sort', sort),
  ].join('');
  const text = content.split(/\r\n|\n|\r/).map(escaped).join('<br>');
  return `<!DOCTYPE html><html lang="${escaped(language)}"><body><${RECORD}${marked ? ' data-pagefind-body' : ''}>${told}${text}</${RECORD}></body></html>`;
}

/**
 * A page whose address is told; where it tells one itself, that one stays.
 * @param {string} content
 * @param {string} url
 */
export function addressed(content, url) {
  return `${content}\n<${ADDRESS} data-pagefind-default-meta="url:${escaped(url)}"></${ADDRESS}>`;
}

/** Whether a file of this name is read as a page. @param {string} path */
export function isPage(path) {
  return PAGE.test(path);
}

/**
 * What is wrong with a record.
 * @param {any} record
 * @returns {string[]}
 */
export function faults(record) {
  const texts = ['url', 'content', 'language'].filter((name) => typeof record?.[name] !== 'string').map((name) => `${name}: a record needs it, as a text`);
  const faults = [...texts, ...record?.url === '' ? ['url: it is empty; write where the record leads to'] : []];
  for (const kind of ['meta', 'filters', 'sort']) {
    const given = record?.[kind] ?? {};
    if (typeof given !== 'object' || Array.isArray(given)) {
      faults.push(`${kind}: write an object of names and values`);
      continue;
    }
    for (const [name, value] of Object.entries(given)) {
      const fits = kind === 'filters' ? Array.isArray(value) && value.every((one) => typeof one === 'string') : typeof value === 'string';
      if (!fits) faults.push(`${kind}.${name}: write ${kind === 'filters' ? 'a list of texts' : 'a text'}, not ${JSON.stringify(value)}`);
      if (!name.trim() || /[:,[\]]/.test(name)) faults.push(`${kind}: ${JSON.stringify(name)} is no name of a field; write one without : , [ and ]`);
    }
  }
  return faults;
}

/**
 * An element for each value of each field.
 * @param {string} kind
 * @param {Record<string, string | string[]>} values
 */
function fields(kind, values) {
  return Object.entries(values).flatMap(([name, value]) => [value].flat().map((one) => `<i data-pagefind-${kind}="${escaped(`${name}:${one}`)}"></i>`));
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

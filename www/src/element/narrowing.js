/** Controls that narrow an answer: the values of its fields. */

import { pickedOf } from './conditions.js';
import { buttonNode, create } from './dom.js';
import { ENGLISH } from './texts.js';

// Said here alone, so that it comes with this.
Object.assign(ENGLISH, {
  values: 'More',
  from: 'From',
  until: 'Until',
  any: 'All',
  'field-author': 'Author',
  'field-source': 'Source',
  'field-tag': 'Topic',
  'field-date': 'Date',
  'field-lang': 'Language',
});

/** Values shown of one field at first. */
const SHOWN = 8;

/** @typedef {import('./conditions.js').Span} Span */
/** @typedef {import('./conditions.js').Filters} Filters */
/** @typedef {import('./conditions.js').Kind} Kind */
/** @typedef {import('./conditions.js').Field} Field */
/** @typedef {{ value: string, count: number, total: number }} Value */

/**
 * @typedef {object} Narrowing
 * @property {Field[] | undefined} fields which to show; all of them as chips where undefined
 * @property {Filters} chosen
 * @property {Record<string, string[]>} admitted what the page narrows every answer to
 * @property {Set<string>} wide fields all of whose values are shown
 * @property {import('./texts.js').Language} language
 * @property {string} tag the page's language
 * @property {(field: string, value: string) => void} toggle
 * @property {(field: string, condition: string[] | Span | undefined) => void} set
 * @property {(field: string) => void} unfold
 */

/**
 * The facets of an answer as groups of controls. Chosen values are shown even where the answer has none of them, and
 * beside them the others of their field, which may be added to them; of those the answer does not know the numbers.
 * @param {import('../api/search.js').Answer['facets']} facets
 * @param {Narrowing} narrowing
 * @returns {HTMLElement[]}
 */
export function facetNodes(facets = {}, narrowing) {
  const fields =
    narrowing.fields ??
    // Nobody chooses by the address of a picture, unless the site says so.
    Object.keys(facets)
      .filter((field) => field !== 'image')
      .map((field) => ({ field, kind: /** @type {Kind} */ ('chips') }));
  const groups = [];
  for (const { field, kind } of fields) {
    const controls =
      kind === 'range'
        ? rangeNodes(field, facets[field] ?? [], narrowing)
        : valueNodes(field, kind, facets[field] ?? [], narrowing);
    if (!controls.length) continue;
    const name = narrowing.language.say(`field-${field}`) || field;
    const label = create('span', { class: 'facet-name', 'aria-hidden': 'true', dir: 'auto' }, name);
    groups.push(
      create(
        'div',
        { role: 'group', part: 'facets', class: `facets as-${kind}`, 'data-field': field, 'aria-label': name },
        label,
        ...controls,
      ),
    );
  }
  return groups;
}

/**
 * @param {string} field
 * @param {Kind} kind
 * @param {Value[]} values
 * @param {Narrowing} narrowing
 */
function valueNodes(field, kind, values, narrowing) {
  const picked = pickedOf(narrowing.chosen, field);
  const offered = offeredOf(field, values, picked, narrowing);
  if (offered.length < 2 && !picked.length) return [];
  if (kind === 'select') return [selectNode(field, offered, picked, narrowing)];
  const shown = narrowing.wide.has(field) ? offered : firstOf(offered, picked);
  const nodes = shown.map((value) =>
    kind === 'chips' ? chipNode(field, value, picked, narrowing) : checkNode(field, value, picked, narrowing),
  );
  if (shown.length < offered.length) nodes.push(unfoldNode(field, narrowing));
  return nodes;
}

/**
 * The values of a field that make sense to choose, those of the page's language first.
 * @param {string} field
 * @param {Value[]} values
 * @param {string[]} picked
 * @param {Narrowing} narrowing
 */
function offeredOf(field, values, picked, { admitted, tag }) {
  const missing = picked
    .filter((value) => !values.some((other) => other.value === value))
    .map((value) => ({ value, count: 0, total: 0 }));
  const possible = values.filter(
    ({ count, value }) => count > 0 || (picked.length && (admitted[field] ?? [value]).includes(value)),
  );
  const offered = [...missing, ...possible];
  if (field !== 'lang') return offered;
  const own = ({ value = '' }) => value.split('-')[0] === tag.split('-')[0].toLowerCase();
  return [...offered.filter(own), ...offered.filter((value) => !own(value))];
}

/**
 * Values that one document alone has wait behind "More" where others have several.
 * @param {Value[]} offered
 * @param {string[]} picked
 */
function firstOf(offered, picked) {
  const several = offered.some(({ count }) => count > 1);
  return offered.filter(({ value, count }, at) => picked.includes(value) || (at < SHOWN && (count !== 1 || !several)));
}

/**
 * @param {string} field
 * @param {string} value
 * @param {import('./texts.js').Language} language
 */
export function nameOf(field, value, language) {
  if (field !== 'lang') return value;
  try {
    return new Intl.DisplayNames(language.tag, { type: 'language' }).of(value) ?? value;
  } catch {
    // No language tag.
    return value;
  }
}

/**
 * @param {Value} value
 * @param {string[]} picked
 * @param {import('./texts.js').Language} language
 */
function countNode({ value, count }, picked, language) {
  if (!count && !picked.includes(value)) return null;
  return create('span', { class: 'number' }, new Intl.NumberFormat(language.tag).format(count));
}

/**
 * @param {string} field
 * @param {Value} value
 * @param {string[]} picked
 * @param {Narrowing} narrowing
 */
function chipNode(field, value, picked, { language, toggle }) {
  return buttonNode(
    {
      part: 'facet',
      'data-key': `${field} ${value.value}`,
      'aria-pressed': String(picked.includes(value.value)),
    },
    () => toggle(field, value.value),
    create('span', { dir: 'auto' }, nameOf(field, value.value, language)),
    countNode(value, picked, language),
  );
}

/**
 * @param {string} field
 * @param {Value} value
 * @param {string[]} picked
 * @param {Narrowing} narrowing
 */
function checkNode(field, value, picked, { language, toggle }) {
  const box = create('input', {
    type: 'checkbox',
    'data-key': `${field} ${value.value}`,
    checked: picked.includes(value.value),
  });
  box.addEventListener('change', () => toggle(field, value.value));
  const name = create('span', { dir: 'auto' }, nameOf(field, value.value, language));
  return create('label', { part: 'check' }, box, name, countNode(value, picked, language));
}

/**
 * @param {string} field
 * @param {Value[]} offered
 * @param {string[]} picked
 * @param {Narrowing} narrowing
 */
function selectNode(field, offered, picked, { language, set }) {
  const label = language.say(`field-${field}`) || field;
  const select = create('select', { part: 'select', 'data-key': field, 'aria-label': label });
  select.append(create('option', { value: '' }, language.say('any')));
  const numbers = new Intl.NumberFormat(language.tag);
  for (const { value, count } of offered) {
    const text = `${nameOf(field, value, language)}${count ? ` (${numbers.format(count)})` : ''}`;
    select.append(create('option', { value, selected: picked[0] === value }, text));
  }
  select.addEventListener('change', () => set(field, select.value ? [select.value] : undefined));
  return select;
}

/**
 * Two dates, either of which may be missing; nothing where no document has a date.
 * @param {string} field
 * @param {Value[]} values
 * @param {Narrowing} narrowing
 */
function rangeNodes(field, values, { chosen, language, set }) {
  if (!values.length && !chosen[field]) return [];
  const span = /** @type {Span} */ (Array.isArray(chosen[field]) ? {} : (chosen[field] ?? {}));
  return /** @type {const} */ (['from', 'to']).map((end) => {
    const input = create('input', { type: 'date', part: 'date', 'data-key': `${field} ${end}`, value: span[end] });
    input.addEventListener('change', () => {
      const now = { ...span, [end]: input.value };
      set(field, now.from || now.to ? now : undefined);
    });
    return create('label', { class: 'range-end' }, language.say(end === 'from' ? 'from' : 'until'), ' ', input);
  });
}

/**
 * @param {string} field
 * @param {Narrowing} narrowing
 */
function unfoldNode(field, { language, unfold }) {
  return buttonNode({ part: 'unfold', class: 'link' }, () => unfold(field), language.say('values'));
}

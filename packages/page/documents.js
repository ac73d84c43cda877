/** The list of what documents became: what was kept, what was dropped by which rule, and what was not read. */

/** @typedef {import('../npm/src/memory.mjs').Cleaned | import('../npm/src/memory.mjs').Skipped} Line */

/** So many documents are shown at once. */
const MOST = 200;
/** So many characters of a document are. */
const LONGEST = 20_000;

export class Documents {
  /** @type {Line[]} */
  #lines = [];

  /** @param {HTMLElement} list @param {HTMLElement} more @param {HTMLElement} filter */
  constructor(list, more, filter) {
    this.list = list;
    this.more = more;
    this.filter = /** @type {HTMLInputElement} */ (filter);
    this.filter.addEventListener('input', () => this.#fill());
  }

  /** @param {Line[]} lines @returns {number} how many became documents */
  show(lines) {
    this.#lines = lines;
    this.filter.value = '';
    this.#fill();
    return lines.filter((line) => 'text' in line).length;
  }

  /** Opens a document. @param {string} id */
  reveal(id) {
    const line = this.#lines.find((line) => 'id' in line && line.id === id);
    if (!line) return;
    this.filter.value = line.path;
    this.#fill(line);
    const details = this.list.querySelector('details');
    if (!details) return;
    details.open = true;
    details.scrollIntoView({ block: 'nearest' });
    details.querySelector('summary')?.focus();
  }

  /** @param {Line} [first] */
  #fill(first) {
    const part = this.filter.value.toLowerCase();
    const wanted = this.#lines.filter((line) => line !== first && `${line.path} ${'title' in line ? line.title : ''}`.toLowerCase().includes(part));
    if (first) wanted.unshift(first);
    this.list.replaceChildren(...wanted.slice(0, MOST).map(item));
    this.more.textContent = wanted.length > MOST ? `and ${wanted.length - MOST} more; type a part of a path above` : '';
  }
}

/** @param {Line} line */
function item(line) {
  const item = document.createElement('li');
  if ('skipped' in line) {
    item.append(made('p', 'quiet', `${line.path}: ${line.skipped}`));
    return item;
  }
  const details = document.createElement('details');
  const dropped = line.dropped.length ? ` – ${line.dropped.length} ${line.dropped.length === 1 ? 'block' : 'blocks'} dropped` : '';
  details.append(made('summary', '', `${line.title || line.path} (${line.path})${dropped}`));
  // What nobody opens takes no memory.
  details.addEventListener('toggle', () => details.childElementCount > 1 || details.append(...contents(line)));
  item.append(details);
  return item;
}

/** @param {import('../npm/src/memory.mjs').Cleaned} line */
function contents({ text, dropped }) {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
  return [made('p', 'kept', shown), ...dropped.flatMap(({ text, rule }) => [made('p', 'rule', `dropped by ${rule}`), made('p', 'dropped', text)])];
}

/** @param {string} name @param {string} kind @param {string} text */
function made(name, kind, text) {
  const element = document.createElement(name);
  element.className = kind;
  element.textContent = text;
  return element;
}

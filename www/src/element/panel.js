/** Shows the states of a search: an answer, nothing found, under way, failed. */

import { codeOf } from '../api/errors.js';
import { create, replaceKeepingFocus } from './dom.js';
import { facetNodes, sortNode } from './narrowing.js';
import { hitNode } from './results.js';

/** Milliseconds before a search that is under way is shown as such; most are done long before. */
const PATIENCE = 250;

/**
 * @typedef {object} Setting
 * @property {string} base address that relative links start from
 * @property {string | null} highlight
 * @property {import('./texts.js').Language} language
 * @property {string[] | undefined} fields facets to show; all where undefined
 * @property {import('./narrowing.js').Filters} chosen values that the answer was narrowed to
 * @property {import('./narrowing.js').Filters} admitted values that the page narrows every answer to
 * @property {string} sort
 */

export class Panel {
  #view;
  #prefix;
  #on;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {import('../api/search.js').Hit[]} */
  #hits = [];

  /**
   * @param {import('./view.js').View} view
   * @param {string} prefix of the options' ids
   * @param {{ instead(): void, retry(): void, toggle(field: string, value: string): void, sort(sort: string): void, widen(): void,
   *   take(query: string): void, forget(): void }} on what the buttons in the panel are for; take: a query for the box
   */
  constructor(view, prefix, on) {
    this.#view = view;
    this.#prefix = prefix;
    this.#on = on;
  }

  /** Whether there is anything to show. */
  get filled() {
    const { list, message } = this.#view;
    return list.childElementCount > 0 || !message.hidden;
  }

  /** The hit that a node within the list belongs to. @param {EventTarget | null} target */
  hitOf(target) {
    const option = target instanceof Element ? target.closest('a[role="option"]') : null;
    const index = option?.id.slice(this.#prefix.length + 1).split('-')[0];
    return option ? this.#hits[Number(index)] : undefined;
  }

  /**
   * The box is empty.
   * @param {string[]} recent searches to go back to
   * @param {import('./texts.js').Language} language
   */
  rest(recent, language) {
    if (!recent.length) return this.#show({});
    const searches = recent.map((query, at) => {
      const option = create(
        'div',
        { role: 'option', id: `${this.#prefix}-r${at}`, part: 'recent', 'aria-selected': 'false', dir: 'auto' },
        query,
      );
      option.addEventListener('click', () => this.#on.take(query));
      return option;
    });
    this.#show({
      hits: searches,
      count: language.say('recent'),
      tools: [linkButton('forget', language.say('clear'), this.#on.forget)],
    });
  }

  /** What was shown stays until the answer comes. @param {import('./texts.js').Language} language */
  busy(language) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#view.search.classList.add('busy');
      this.#view.status.textContent = language.say('loading');
    }, PATIENCE);
  }

  /**
   * @param {import('../api/search.js').Answer} answer
   * @param {string[]} words that the query may become
   * @param {string} query
   * @param {Setting} setting
   */
  answer(answer, words, query, setting) {
    const { language } = setting;
    const facets = facetNodes(answer.facets, { ...setting, toggle: this.#on.toggle });
    const suggestions = words.map((text) => {
      const button = create('button', { type: 'button', part: 'suggestion', 'data-key': text, dir: 'auto' }, text);
      // With the space behind it, the word is no beginning any more, and the next one is suggested.
      button.addEventListener('click', () => this.#on.take(`${text} `));
      return button;
    });
    if (!answer.hits.length) {
      return this.#show({
        suggestions,
        facets,
        message: this.#nothing(answer, query, setting),
        said: language.say('none', { query: `“${query}”` }),
      });
    }
    const found = language.say('count', { n: answer.total });
    const time = new Intl.NumberFormat(language.tag, {
      style: 'unit',
      unit: 'millisecond',
      maximumFractionDigits: answer.took < 10 ? 1 : 0,
    }).format(answer.took);
    const dated = answer.hits.length > 1 && answer.hits.some(({ meta }) => meta?.date);
    this.#show({
      hits: answer.hits.map((hit, index) => hitNode(hit, index, { ...setting, prefix: this.#prefix })),
      count: `${found} · ${time}`,
      tools: dated ? [sortNode(setting.sort, language, this.#on.sort)] : [],
      suggestions,
      facets,
      notice: [
        ...(answer.corrected ? this.#corrected(answer.corrected, language) : []),
        ...(answer.offered ? [this.#offered(answer.offered, language)] : []),
        ...ignoredNodes(answer, language),
      ],
      more: answer.total > answer.hits.length ? language.say('more') : '',
      said: [
        found,
        ...(answer.corrected ? [language.say('corrected', { query: answer.corrected.to })] : []),
        ...(answer.offered ? [language.say('offered', { query: answer.offered.to })] : []),
      ].join('. '),
    });
    this.#hits = answer.hits;
  }

  /**
   * Adds hits that were asked for later.
   * @param {import('../api/search.js').Answer} answer
   * @param {Setting} setting
   */
  append(answer, setting) {
    const first = this.#hits.length;
    this.#view.list.append(
      ...answer.hits.map((hit, index) => hitNode(hit, first + index, { ...setting, prefix: this.#prefix })),
    );
    this.#hits.push(...answer.hits);
    this.#view.more.hidden = answer.total <= this.#hits.length || !answer.hits.length;
    this.#settle(setting.language.say('shown', { n: this.#hits.length }));
  }

  /**
   * @param {unknown} error
   * @param {import('./texts.js').Language} language
   */
  error(error, language) {
    const offline = codeOf(error) === 'unreachable' && navigator.onLine === false;
    const said = language.say(offline ? 'offline' : 'failed');
    const retry = create('button', { type: 'button', part: 'retry', class: 'button' }, language.say('retry'));
    retry.addEventListener('click', () => this.#on.retry());
    this.#show({
      message: [
        create('p', { class: 'strong' }, said),
        !offline &&
          create(
            'p',
            { class: 'quiet', lang: 'en', dir: 'auto' },
            error instanceof Error ? error.message : String(error),
          ),
        retry,
      ],
      said,
    });
  }

  /**
   * What was not found, and what to leave out so that something is.
   * @param {import('../api/search.js').Answer} answer
   * @param {string} query
   * @param {Setting} setting
   */
  #nothing(answer, query, { language, chosen }) {
    const plain = withoutOperators(query);
    return [
      create('p', { class: 'strong' }, language.around('none', create('q', { dir: 'auto' }, query))),
      plain !== '' &&
        plain !== query.trim() &&
        create(
          'p',
          {},
          language.around(
            'instead',
            linkButton('instead', plain, () => this.#on.take(plain)),
          ),
        ),
      Object.keys(chosen).length > 0 && create('p', {}, linkButton('widen', language.say('widen'), this.#on.widen)),
      create('p', {}, language.say('advice')),
      ...ignoredNodes(answer, language),
      create('slot', { name: 'empty' }),
    ];
  }

  /**
   * @param {{ from: string, to: string }} corrected
   * @param {import('./texts.js').Language} language
   */
  #corrected({ from, to }, language) {
    return [
      create('span', {}, language.around('corrected', create('b', { dir: 'auto' }, to))),
      create('span', {}, language.around('instead', linkButton('instead', from, this.#on.instead))),
    ];
  }

  /**
   * What may have been meant, in a quiet line: the answer has it, beside what was typed.
   * @param {{ to: string }} offered
   * @param {import('./texts.js').Language} language
   */
  #offered({ to }, language) {
    return create(
      'span',
      { class: 'quiet' },
      language.around(
        'offered',
        linkButton('instead', to, () => this.#on.take(to)),
      ),
    );
  }

  /**
   * Replaces everything at once, so that nothing flickers.
   * @param {{ hits?: HTMLElement[], count?: string, tools?: HTMLElement[], suggestions?: HTMLElement[], facets?: HTMLElement[],
   *   notice?: Node[], message?: (Node | false)[], more?: string, said?: string }} shown
   */
  #show({
    hits = [],
    count = '',
    tools = [],
    suggestions = [],
    facets = [],
    notice = [],
    message = [],
    more = '',
    said = '',
  }) {
    const view = this.#view;
    this.#hits = [];
    view.list.replaceChildren(...hits);
    view.list.hidden = !hits.length;
    view.count.textContent = count;
    replaceKeepingFocus(view.tools, tools);
    view.bar.hidden = !count;
    replaceKeepingFocus(view.words, suggestions);
    view.words.hidden = !suggestions.length;
    replaceKeepingFocus(view.narrow, facets);
    view.narrow.hidden = !facets.length;
    view.notice.replaceChildren(...notice);
    view.notice.hidden = !notice.length;
    view.message.replaceChildren(...message.filter((node) => node !== false));
    view.message.hidden = !message.length;
    view.more.textContent = more;
    view.more.hidden = !more;
    this.#settle(said);
  }

  /** @param {string} said aloud by screen readers */
  #settle(said) {
    clearTimeout(this.#timer);
    this.#view.search.classList.remove('busy');
    this.#view.status.textContent = said;
  }
}

/**
 * A button that reads like a link within its sentence.
 * @param {string} part
 * @param {string} text
 * @param {() => void} run
 */
function linkButton(part, text, run) {
  const button = create('button', { type: 'button', part, class: 'link', dir: 'auto' }, text);
  button.addEventListener('click', run);
  return button;
}

/**
 * The words of a query alone: what is excluded is left out, what was demanded may be missing.
 * @param {string} query
 */
function withoutOperators(query) {
  return query
    .replace(/(^|\s)-\S+/g, '')
    .replace(/"|(?<=^|\s)(\+|\w+:)/g, '')
    .trim();
}

/**
 * @param {import('../api/search.js').Answer} answer
 * @param {import('./texts.js').Language} language
 */
function ignoredNodes({ ignored = [] }, language) {
  const words = ignored.map(({ text }) => text).join(', ');
  return words ? [create('p', { class: 'quiet', dir: 'auto' }, language.say('ignored', { words }))] : [];
}

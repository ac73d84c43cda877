/** Shows the states of a search: an answer, nothing found, under way, failed. */

import { codeOf } from '../api/errors.js';
import { buttonNode, create, faultNodes } from './dom.js';
import { isDated } from './extras.js';
import { replaceKeepingFocus } from './marked.js';
import { hitNode } from './results.js';
import { language as languageOf } from './texts.js';

/** Milliseconds before a search that is under way is shown as such; most are done long before. */
const PATIENCE = 250;

/** Milliseconds of rest before screen readers are told of an answer: not at every letter. */
const QUIET = 700;

/** @typedef {import('./texts.js').Language} Language */
/** @typedef {import('../api/search.js').Answer} Answer */

/**
 * @typedef {object} Setting
 * @property {string} base address that relative links start from
 * @property {string | null} highlight
 * @property {string} tag language
 * @property {import('./conditions.js').Field[] | undefined} fields facets to show; all where undefined
 * @property {import('./conditions.js').Filters} chosen values that the answer was narrowed to
 * @property {Record<string, string[]>} admitted values that the page narrows every answer to
 * @property {Set<string>} wide fields all of whose values are shown
 * @property {string} sort
 * @property {string} group field that hits are grouped by
 * @property {string} image field that holds the address of a picture
 * @property {boolean} timing
 * @property {boolean} reachable
 * @property {HTMLTemplateElement | null} template
 * @property {typeof import('../third/third.js')} [third] what only some searches need, once it is there
 * @property {((hit: import('../api/search.js').Hit) => Node) | null} renderHit
 */

/**
 * What the buttons in the panel are for; take: a query for the box; slow: what is under way is shown as such.
 * @typedef {object} Acts
 * @property {() => void} instead
 * @property {() => void} retry
 * @property {(query: string) => void} take
 * @property {() => void} forget
 * @property {(field: string, value: string) => void} toggle
 * @property {(field: string, condition: string[] | import('./conditions.js').Span | undefined) => void} set
 * @property {(field: string) => void} unfold
 * @property {(sort: string) => void} sort
 * @property {() => void} widen
 * @property {() => void} slow
 */

/** What the panel is made of, and what an answer fills. */
const REGIONS = /** @type {const} */ (['words', 'notice', 'count', 'tools', 'narrow', 'list', 'message', 'more']);

export class Panel {
  #box;
  #prefix;
  #acts;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;
  /** How much of the module has arrived. */
  #part = 0;
  /** Hits that are shown. */
  #count = 0;
  /** @type {WeakMap<Element, import('./results.js').Choice>} */
  #choices = new WeakMap();
  view;

  /**
   * @param {import('./view.js').View} box whose panel is filled
   * @param {string} prefix of the options' ids
   * @param {Acts} acts
   */
  constructor(box, prefix, acts) {
    this.#box = box;
    this.#prefix = prefix;
    this.#acts = acts;
    this.view = createPanelView(prefix);
    const { words, opening, notice, bar, narrow, list, message, more } = this.view;
    box.panel.replaceChildren(
      words,
      opening,
      notice,
      bar,
      narrow,
      list,
      message,
      more,
      create('slot', { name: 'footer' }),
    );
  }

  /** Whether there is anything to show. */
  get filled() {
    const { list, message, opening } = this.view;
    return list.childElementCount > 0 || !message.hidden || !opening.hidden;
  }

  /** What an option stands for. @param {Element} option */
  chosen(option) {
    return this.#choices.get(option);
  }

  /** @param {Language} words */
  describe(words) {
    this.view.list.setAttribute('aria-label', words.say('results'));
    this.view.words.setAttribute('aria-label', words.say('suggestions'));
  }

  /**
   * The box is empty.
   * @param {HTMLElement[]} recent searches to go back to, as options
   * @param {Language} language
   */
  rest(recent, language) {
    this.#show(
      recent.length
        ? {
            list: recent,
            count: [language.say('recent')],
            tools: [linkButton('forget', language.say('clear'), this.#acts.forget)],
          }
        : {},
    );
  }

  /**
   * What was shown stays until the answer comes.
   * @param {string} tag language
   * @param {boolean} opening whether the module is on its way
   */
  busy(tag, opening) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#box.search.classList.add('busy');
      // What was to be said of the state before is over.
      clearTimeout(this.#saying);
      this.#box.status.textContent = languageOf(tag).say(opening ? 'opening' : 'loading');
      if (!opening) return;
      this.view.opening.hidden = false;
      this.opening(tag, this.#part);
      this.#acts.slow();
    }, PATIENCE);
  }

  /**
   * The module is on its way.
   * @param {string} tag language
   * @param {number} part of it that has arrived; 0 where that is not known
   */
  opening(tag, part) {
    this.#part = part;
    const language = languageOf(tag);
    const percent = new Intl.NumberFormat(language.tag, { style: 'percent' }).format(part);
    this.view.opening.textContent = `${language.say('opening')}${part ? ` ${percent}` : ''}`;
  }

  /** The module is there. */
  opened() {
    this.#part = 0;
    this.view.opening.hidden = true;
  }

  /**
   * @param {Answer} answer
   * @param {string[]} words that the query may become
   * @param {string} query
   * @param {Setting} setting
   */
  answer(answer, words, query, setting) {
    const language = languageOf(setting.tag);
    const narrow = setting.third?.facetNodes(answer.facets, { ...setting, language, ...this.#acts }) ?? [];
    const shown = { words: words.map((text) => this.#suggestion(text)), narrow };
    if (!answer.hits.length) {
      const message = query.trim() ? this.#nothing(answer, query, language, setting) : [];
      return this.#show({ ...shown, message, said: language.say('none', { query: `“${query}”` }) });
    }
    const dated = isDated(answer);
    const isLatest = dated && !query.trim() && setting.sort === 'date:desc';
    this.#show({
      ...shown,
      list: this.#hits(answer.hits, 0, language, setting),
      count: [
        language.say(isLatest ? 'latest' : 'count', { n: answer.total }),
        query.trim() && setting.timing && setting.third?.duration(answer.took, language.tag),
      ],
      tools: dated && setting.third ? [setting.third.sortNode(setting.sort, language, this.#acts.sort)] : [],
      notice: [
        ...(answer.corrected ? this.#corrected(answer.corrected, language) : []),
        ...(answer.offered ? [this.#offered(answer.offered, language)] : []),
        ...ignoredNodes(answer, language),
      ],
      more: [answer.total > answer.hits.length && language.say('more')],
      said: [
        language.say('count', { n: answer.total }),
        ...(answer.corrected ? [language.say('corrected', { query: answer.corrected.to })] : []),
        ...(answer.offered ? [language.say('offered', { query: answer.offered.to })] : []),
      ].join('. '),
    });
    this.#count = answer.hits.length;
  }

  /**
   * Adds hits that were asked for later.
   * @param {Answer} answer
   * @param {Setting} setting
   */
  append(answer, setting) {
    const language = languageOf(setting.tag);
    this.view.list.append(...this.#hits(answer.hits, this.#count, language, setting));
    this.#count += answer.hits.length;
    this.view.more.hidden = answer.total <= this.#count || !answer.hits.length;
    this.#settle(language.say('shown', { n: this.#count }));
  }

  /**
   * @param {any} error
   * @param {string} tag language
   */
  error(error, tag) {
    const language = languageOf(tag);
    const offline = codeOf(error) === 'unreachable' && navigator.onLine === false;
    const said = language.say(offline ? 'offline' : 'failed');
    const reason = !offline && error?.message;
    this.#show({ message: faultNodes(said, reason, language.say('retry'), this.#acts.retry), said });
  }

  /**
   * @param {import('../api/search.js').Hit[]} hits
   * @param {number} first index of the first of them
   * @param {Language} language
   * @param {Setting} setting
   * @returns {HTMLElement[]} what is to be added to the list
   */
  #hits(hits, first, language, setting) {
    const options = { ...setting, language, prefix: this.#prefix, choices: this.#choices };
    const nodes = hits.map((hit, at) => hitNode(hit, first + at, options));
    const { group, third } = setting;
    return group && third
      ? third.groupedNodes(hits, nodes, group, language, first ? this.view.list : undefined)
      : nodes;
  }

  /** @param {string} text */
  #suggestion(text) {
    // With the space behind it, the word is no beginning any more, and the next one is suggested.
    const take = () => this.#acts.take(`${text} `);
    return buttonNode({ part: 'suggestion', 'data-key': text, dir: 'auto' }, take, text);
  }

  /**
   * What was not found, and what to leave out so that something is.
   * @param {Answer} answer
   * @param {string} query
   * @param {Language} language
   * @param {Setting} setting
   */
  #nothing(answer, query, language, { chosen, third }) {
    return [
      create('p', {}, language.around('none', create('q', { dir: 'auto' }, query))),
      ...(third?.adviceNodes(query, chosen, language, this.#acts) ?? []),
      // That words are in no document goes without saying here.
      ...ignoredNodes({ ignored: answer.ignored?.filter(({ reason }) => reason !== 'unknown') }, language),
      create('slot', { name: 'empty' }),
    ];
  }

  /**
   * @param {{ from: string, to: string }} corrected
   * @param {Language} language
   */
  #corrected({ from, to }, language) {
    return [
      create('span', {}, language.around('corrected', create('b', { dir: 'auto' }, to))),
      create('span', {}, language.around('instead', linkButton('instead', from, this.#acts.instead))),
    ];
  }

  /**
   * What may have been meant, in a quiet line: the answer has it, beside what was typed.
   * @param {{ to: string }} offered
   * @param {Language} language
   */
  #offered({ to }, language) {
    const button = linkButton('instead', to, () => this.#acts.take(to));
    return create('span', { class: 'quiet' }, language.around('offered', button));
  }

  /**
   * Replaces everything at once, so that nothing flickers.
   * @param {Partial<Record<typeof REGIONS[number], (Node | string | false | undefined)[]>> & { said?: string }} shown
   */
  #show({ said = '', ...shown }) {
    const { view } = this;
    const { panel, input } = this.#box;
    const root = /** @type {ShadowRoot} */ (panel.getRootNode());
    const held = panel.contains(root.activeElement);
    this.#count = 0;
    for (const region of REGIONS) {
      const nodes = /** @type {(Node | string)[]} */ ((shown[region] ?? []).filter(Boolean));
      replaceKeepingFocus(view[region], nodes);
      view[region].hidden = !nodes.length;
    }
    view.bar.hidden = view.count.hidden;
    // What had the focus may be gone: it is not lost to the page's beginning.
    if (held && !root.activeElement) input.focus({ preventScroll: true });
    this.#settle(said);
  }

  /** @param {string} said aloud by screen readers, once it rests */
  #settle(said) {
    clearTimeout(this.#timer);
    clearTimeout(this.#saying);
    this.view.opening.hidden = true;
    this.#box.search.classList.remove('busy');
    this.#saying = setTimeout(() => {
      this.#box.status.textContent = said;
    }, QUIET);
  }
}

/** @param {string} prefix of ids */
function createPanelView(prefix) {
  const count = create('span', { part: 'count' });
  const tools = create('div', { class: 'tools' });
  return {
    count,
    tools,
    words: create('div', { role: 'group', part: 'suggestions', hidden: true }),
    opening: create('div', { part: 'opening', hidden: true }),
    notice: create('div', { part: 'notice', hidden: true }),
    bar: create('div', { part: 'bar', hidden: true }, count, tools),
    narrow: create('div', { class: 'narrow', hidden: true }),
    list: create('div', { role: 'listbox', id: `${prefix}-list`, part: 'list', hidden: true }),
    message: create('div', { part: 'message', hidden: true }),
    more: create('button', { type: 'button', part: 'more', hidden: true }),
  };
}

/**
 * A button that reads like a link within its sentence.
 * @param {string} part
 * @param {string} text
 * @param {() => void} run
 */
function linkButton(part, text, run) {
  return buttonNode({ part, class: 'link', dir: 'auto' }, run, text);
}

/**
 * @param {Pick<Answer, 'ignored'>} answer
 * @param {Language} language
 */
function ignoredNodes({ ignored = [] }, language) {
  const words = ignored.map(({ text, reason }) => (reason === 'exclusion' ? '-' : '') + text).join(', ');
  return words ? [create('p', { class: 'quiet', dir: 'auto' }, language.say('ignored', { words }))] : [];
}

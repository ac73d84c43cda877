/** Shows the states of a search: an answer, nothing found, under way, failed. */

import { codeOf } from '../errors.js';
import { create } from './dom.js';
import { hitNode } from './results.js';

/** Milliseconds before a search that is under way is shown as such; most are done long before. */
const PATIENCE = 250;

export class Panel {
  #view;
  #prefix;
  #on;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {import('../api.js').Hit[]} */
  #hits = [];

  /**
   * @param {import('./view.js').View} view
   * @param {string} prefix of the options' ids
   * @param {{ instead(query: string): void, retry(): void }} on buttons that stand in the texts
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
    const option = target instanceof Element ? target.closest('[role="option"]') : null;
    const index = option?.id.slice(this.#prefix.length + 1).split('-')[0];
    return option ? this.#hits[Number(index)] : undefined;
  }

  /** Shows nothing: the box is empty. */
  rest() {
    this.#show({});
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
   * @param {import('../api.js').Answer} answer
   * @param {{ query: string, base: string, language: import('./texts.js').Language }} setting
   */
  answer(answer, { query, base, language }) {
    const found = language.say('count', { n: answer.total });
    if (!answer.hits.length) {
      return this.#show({ message: this.#nothing(answer, query, language), said: language.say('none', { query: `“${query}”` }) });
    }
    const time = new Intl.NumberFormat(language.tag, { style: 'unit', unit: 'millisecond', maximumFractionDigits: answer.took < 10 ? 1 : 0 }).format(answer.took);
    this.#show({
      hits: answer.hits.map((hit, index) => hitNode(hit, index, { base, language, prefix: this.#prefix })),
      count: [found, create('span', { class: 'took' }, time)],
      notice: answer.corrected ? this.#corrected(answer.corrected, language) : [],
      more: answer.total > answer.hits.length ? language.say('more') : '',
      said: answer.corrected ? `${found}. ${language.say('corrected', { query: answer.corrected.to })}` : found,
    });
    this.#hits = answer.hits;
  }

  /**
   * Adds hits that were asked for later.
   * @param {import('../api.js').Answer} answer
   * @param {{ base: string, language: import('./texts.js').Language }} setting
   */
  append(answer, { base, language }) {
    const first = this.#hits.length;
    this.#view.list.append(...answer.hits.map((hit, index) => hitNode(hit, first + index, { base, language, prefix: this.#prefix })));
    this.#hits.push(...answer.hits);
    this.#view.more.hidden = answer.total <= this.#hits.length || !answer.hits.length;
    this.#settle('');
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
        !offline && create('p', { class: 'reason', lang: 'en', dir: 'auto' }, error instanceof Error ? error.message : String(error)),
        retry,
      ],
      said,
    });
  }

  /**
   * @param {import('../api.js').Answer} answer
   * @param {string} query
   * @param {import('./texts.js').Language} language
   */
  #nothing({ ignored = [] }, query, language) {
    return [
      create('p', { class: 'strong' }, language.around('none', create('q', { dir: 'auto' }, query))),
      create('p', {}, language.say('advice')),
      ignored.length > 0 && create('p', { dir: 'auto' }, language.say('ignored', { words: ignored.join(', ') })),
      create('slot', { name: 'empty' }),
    ];
  }

  /**
   * @param {{ from: string, to: string }} corrected
   * @param {import('./texts.js').Language} language
   */
  #corrected({ from, to }, language) {
    const button = create('button', { type: 'button', class: 'link', dir: 'auto' }, from);
    button.addEventListener('click', () => this.#on.instead(from));
    return [
      create('span', {}, language.around('corrected', create('b', { dir: 'auto' }, to))),
      create('span', {}, language.around('instead', button)),
    ];
  }

  /**
   * Replaces everything at once, so that nothing flickers.
   * @param {{ hits?: HTMLElement[], count?: (Node | string)[], notice?: Node[], message?: (Node | false)[], more?: string, said?: string }} shown
   */
  #show({ hits = [], count = [], notice = [], message = [], more = '', said = '' }) {
    const view = this.#view;
    this.#hits = [];
    view.list.replaceChildren(...hits);
    view.list.hidden = !hits.length;
    view.count.replaceChildren(...count);
    view.bar.hidden = !count.length;
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

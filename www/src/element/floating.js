/**
 * Puts the panel of the inline mode into the top layer, beneath the box or above it, whatever clips or covers the box
 * itself.
 */

/** Pixels between box and panel, and between panel and the window's edge. */
const GAP = 8;

/** Pixels that the panel is wide at least where the window is: 20 times the size of its text, and no more than boxes on phones. */
const NARROWEST = 320;

/** Pixels that the panel is high at most, and how many are enough to stay beneath the box. */
const HIGHEST = 640;
const ENOUGH = 280;

export class Floating {
  #panel;
  #anchor;
  /** @type {AbortController | undefined} */
  #shown;

  /**
   * @param {HTMLElement} panel
   * @param {HTMLElement} anchor
   */
  constructor(panel, anchor) {
    this.#panel = panel;
    this.#anchor = anchor;
  }

  show() {
    if (this.#shown) return this.#place();
    this.#shown = new AbortController();
    const { signal } = this.#shown;
    this.#panel.popover = 'manual';
    this.#panel.showPopover();
    const place = () => this.#place();
    const options = { signal, capture: true, passive: true };
    addEventListener('scroll', place, options);
    addEventListener('resize', place, options);
    globalThis.visualViewport?.addEventListener('resize', place, options);
    const observer = new ResizeObserver(place);
    observer.observe(this.#anchor);
    signal.addEventListener('abort', () => observer.disconnect());
    place();
  }

  hide() {
    if (!this.#shown) return;
    this.#shown.abort();
    this.#shown = undefined;
    if (this.#panel.isConnected && this.#panel.matches(':popover-open')) this.#panel.hidePopover();
    this.#panel.popover = null;
    this.#panel.removeAttribute('style');
  }

  #place() {
    const box = this.#anchor.getBoundingClientRect();
    const { clientWidth } = document.documentElement;
    const height = globalThis.visualViewport?.height ?? innerHeight;
    const width = Math.min(Math.max(box.width, NARROWEST), clientWidth - 2 * GAP);
    const start = getComputedStyle(this.#anchor).direction === 'rtl' ? box.right - width : box.left;
    const below = height - box.bottom - 2 * GAP;
    const above = box.top - 2 * GAP;
    const up = below < ENOUGH && above > below;
    const { style } = this.#panel;
    style.width = `${width}px`;
    style.left = `${Math.max(GAP, Math.min(start, clientWidth - width - GAP))}px`;
    style.top = up ? 'auto' : `${box.bottom + GAP}px`;
    style.bottom = up ? `${innerHeight - box.top + GAP}px` : 'auto';
    style.maxHeight = `${Math.max(120, Math.min(HIGHEST, 0.7 * height, up ? above : below))}px`;
  }
}

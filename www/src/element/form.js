/**
 * A plain search form inside of the element works until the script is there; then the element's own box takes over
 * what the form's input holds. The form stays behind as the way to the site's page of results.
 */

/**
 * @typedef {object} OldForm
 * @property {string} name of the input: the parameter of the query
 * @property {string} label
 * @property {string} placeholder
 * @property {(query: string) => boolean} submit goes to the page of results; false where the form names none
 */

/**
 * @param {HTMLElement} host
 * @param {HTMLInputElement} own the element's box
 * @param {(form: OldForm) => void} done called when the own box has taken over, perhaps later
 * @param {AbortSignal} signal
 * @returns {boolean} whether there is a form that has not been taken over yet
 */
export function takeOverForm(host, own, done, signal) {
  const form = host.querySelector('form');
  const input = /** @type {HTMLInputElement | null | undefined} */ (
    form?.querySelector('input[type=search], input[type=text], input:not([type])')
  );
  if (!form || !input) return false;

  const takeOver = () => {
    waiting.abort();
    const { activeElement } = /** @type {Document | ShadowRoot} */ (host.getRootNode());
    const { value, selectionStart, selectionEnd, selectionDirection } = input;
    done({
      name: input.name,
      label: input.labels?.[0]?.textContent?.trim() || input.getAttribute('aria-label') || '',
      placeholder: input.placeholder,
      submit(query) {
        if (!form.hasAttribute('action')) return false;
        input.value = query;
        form.requestSubmit();
        return true;
      },
    });
    own.value = value;
    if (activeElement !== input) return;
    own.focus({ preventScroll: true });
    own.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined);
  };

  // Nothing tells whether an input method is composing; text in a focused box may be half a word of it. So the
  // first event that says it is over, or that it never was, is waited for.
  const waiting = new AbortController();
  const { activeElement } = /** @type {Document | ShadowRoot} */ (host.getRootNode());
  if (activeElement !== input || !input.value) {
    takeOver();
    return false;
  }
  const options = { signal: AbortSignal.any([signal, waiting.signal]) };
  input.addEventListener('input', (event) => !(/** @type {InputEvent} */ (event).isComposing) && takeOver(), options);
  input.addEventListener(
    'keydown',
    (event) => !event.isComposing && event.keyCode !== 229 && setTimeout(takeOver),
    options,
  );
  input.addEventListener('compositionend', () => setTimeout(takeOver), options);
  input.addEventListener('blur', takeOver, options);
  return true;
}

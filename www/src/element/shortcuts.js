/** Keys that lead to the search from anywhere on the page. */

/** Where this browser remembers that its reader wants no shortcuts of a single key. */
export const SINGLE_KEY = 'samara-single-key';

/** Whether shortcuts of a single key, which dictation software may type by mistake, are wanted here. */
export function singleKeysWanted() {
  try {
    return localStorage.getItem(SINGLE_KEY) !== 'off';
  } catch {
    return true;
  }
}

/**
 * Calls `run` on a shortcut, unless the key belongs to something that takes text.
 * @param {string} shortcuts separated by spaces, such as `/ mod+k`; `mod` is Ctrl or ⌘
 * @param {() => void} run
 * @param {AbortSignal} signal
 */
export function listenForShortcuts(shortcuts, run, signal) {
  const wanted = shortcuts.toLowerCase().split(/\s+/).filter(Boolean);
  if (!wanted.length) return;
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.defaultPrevented || event.isComposing || event.repeat || takesText(event)) return;
      const pressed = wanted.find((shortcut) => matchesShortcut(shortcut, event));
      if (!pressed || (isSingleKey(pressed) && !singleKeysWanted())) return;
      event.preventDefault();
      run();
    },
    { signal },
  );
}

/** @param {string} shortcut */
export const isSingleKey = (shortcut) => !shortcut.toLowerCase().startsWith('mod+');

/**
 * A shortcut as it is printed on keys.
 * @param {string} shortcuts
 * @returns {string} the first of them
 */
export function shortcutLabel(shortcuts) {
  const [first = ''] = shortcuts.split(/\s+/);
  const apple = /mac|iphone|ipad/i.test(navigator.platform);
  return first.replace(/^mod\+/i, apple ? '⌘' : 'Ctrl ').replace(/[a-z]$/, (letter) => letter.toUpperCase());
}

/**
 * @param {string} shortcut
 * @param {KeyboardEvent} event
 */
export function matchesShortcut(shortcut, event) {
  const mod = shortcut.startsWith('mod+');
  const key = mod ? shortcut.slice(4) : shortcut;
  if (event.altKey || mod !== (event.ctrlKey || event.metaKey)) return false;
  // With other alphabets the letter differs and the key is the same. A sign may need Shift, a letter must not.
  const letter = /^[a-z]$/.test(key);
  if (letter && event.shiftKey) return false;
  return event.key.toLowerCase() === key || (mod && letter && event.code === `Key${key.toUpperCase()}`);
}

/**
 * Whether a key press is for an input, for editable text, or for a component whose inside cannot be seen.
 * @param {KeyboardEvent} event
 */
function takesText(event) {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  return (
    document.designMode === 'on' ||
    target.isContentEditable ||
    target.getRootNode() !== document ||
    target.localName.includes('-') ||
    target.matches('input, textarea, select') ||
    // What has the focus but cannot take it holds something that can, in a root that nobody sees into.
    (target === document.activeElement &&
      target !== document.body &&
      target.tabIndex < 0 &&
      !target.hasAttribute('tabindex'))
  );
}

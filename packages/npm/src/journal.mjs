/**
 * Beginning anew where a panic ended an instance. The module notes in a journal which page it reads and by what; what an
 * earlier instance left there, the next one does not try again.
 */

/** Instances that a panic may end before the work as a whole is given up. */
const MOST = 100;

/**
 * Runs instances until one ends by itself.
 * @template T
 * @param {() => T | Promise<T>} run one instance; rejects where it trapped
 * @param {() => string} journal what stands in the journal now
 * @param {(text: string) => void} say
 * @returns {Promise<T>}
 */
export async function retry(run, journal, say) {
  for (let left = MOST, before = ''; ; left--) {
    try {
      return await run();
    } catch (trap) {
      const now = journal();
      if (now.length <= before.length || !left) throw trap;
      const [page, reader] = now.trimEnd().split('\n').at(-1)?.split('\t') ?? [];
      say(`${shown(page)}: ${reader ? `the reader ${reader}` : 'its reader'} failed; going on without it`);
      before = now;
    }
  }
}

/**
 * @param {() => string} read the journal's file
 * @returns {string} nothing where there is none
 */
export function readJournal(read) {
  try {
    return read();
  } catch {
    return '';
  }
}

/** @param {string} [text] of a corpus, whose control characters would move a terminal's cursor */
function shown(text = '') {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd');
}

/**
 * Names of properties that only the scripts of one build use among themselves, and that become letters in the classic
 * scripts: .3 kB of what is compressed. Nothing is here that a page, an answer of the engine or a message knows by its name.
 */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const INTERNAL = `
  __destroy_into_raw __wbg_ptr __wrap Address admitted adviceNodes again around arriving asked asking askSeveral began begin borrowSearcher buttonNode
  choices chosen conditionsOf describe DialogEntry dismiss dismissed early ENGLISH extras facetNodes faultNodes fieldsOf filled fillTemplate
  FIRST  focused foresee formatDate groupedNodes happened hintKeys indexOf isCurrent isSingleKey isWanted keyList languageTag leave leaveFor listensUntil
  literally loadThird marked module_or_path narrowed opened ownTexts paramName pictureNodes prefer prepare reachable recentNodes
  redraw remember reopen resolveSource rested safeLink said say scriptLoader searcher sentence Session settle
  SINGLE_KEY singleKeysWanted slow sortBy sortNode tell successorOf third toggled tongueOf trustedScript typed unpack users watchers
  wide withHighlight
`
  .split(/\s+/)
  .filter(Boolean);

/**
 * What terser is to rename.
 * @param {string} sources folder of the scripts
 * @returns {Promise<RegExp>}
 */
export async function internalNames(sources) {
  for (const file of await readdir(sources, { recursive: true })) {
    if (!/\.js$/.test(file)) continue;
    const text = (await readFile(join(sources, file), 'utf8')).replaceAll(/\/\*[\s\S]*?\*\//g, '');
    const quoted = INTERNAL.find((name) => text.includes(`'${name}'`));
    if (quoted)
      throw new Error(`${file} has '${quoted}' as a text: it may be the name of a property, which is renamed`);
  }
  return new RegExp(`^(${INTERNAL.join('|')})$`);
}

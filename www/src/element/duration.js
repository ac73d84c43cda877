/** What an answer took, where the page wants to tell. */

/**
 * @param {number} took milliseconds
 * @param {string} tag language
 * @returns {string} to stand behind the number of results
 */
export function duration(took, tag) {
  const style = { style: 'unit', unit: 'millisecond', maximumFractionDigits: took < 10 ? 1 : 0 };
  return ` · ${new Intl.NumberFormat(tag, /** @type {Intl.NumberFormatOptions} */ (style)).format(took)}`;
}

/**
 * Errors a caller can act on: an `Error` with a stable `code` and a sentence that names the remedy.
 *
 * Codes: `missing-file`, `wrong-type`, `unreachable`, `blocked-by-policy`, `build-mismatch`, `damaged-module`,
 * `timeout`, `crashed`, `closed`; and from the engine `no-index`, `index-version`, `damaged-index`.
 */

/**
 * @param {string} code stable, for programs
 * @param {string} message a sentence for people: what happened, and what to do about it
 * @param {unknown} [cause]
 * @returns {Error & { code: string }}
 */
export function fault(code, message, cause) {
  return Object.assign(new Error(message, { cause }), { name: 'SamaraError', code });
}

/**
 * An error whose sentence `explained` finds; until then the message is the code and what it is about.
 * @param {string} code
 * @param {(string | number)[]} about what the sentence has to name, such as an address
 * @param {unknown} [cause]
 */
export function failure(code, about, cause) {
  return Object.assign(fault(code, `${code}: ${about.join(' ')}`, cause), { about });
}

/** The error of whoever asks a search that was closed, or was waiting for it then. */
export const closed = () => fault('closed', 'This search was closed. Open it again.');

/**
 * The code of an error, or nothing if it did not come from Samara.
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function codeOf(error) {
  const code = /** @type {{ code?: unknown } | null | undefined} */ (error)?.code;
  return typeof code === 'string' ? code : undefined;
}

/**
 * What of an error can cross from the worker to the page: structured clones drop `code`.
 * @typedef {{ code?: string, message: string, about?: (string | number)[] }} PlainError
 */

/**
 * @param {unknown} error
 * @returns {PlainError}
 */
export function toPlain(error) {
  const { about, message = String(error) } = /** @type {Partial<ReturnType<typeof failure>>} */ (error ?? {});
  return { code: codeOf(error) ?? 'crashed', message, about };
}

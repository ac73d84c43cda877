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
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { name: 'SamaraError', code });
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
 * @typedef {{ code?: string, message: string }} PlainError
 */

/**
 * @param {unknown} error
 * @returns {PlainError}
 */
export function toPlain(error) {
  return { code: codeOf(error), message: error instanceof Error ? error.message : String(error) };
}

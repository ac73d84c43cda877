/**
 * The one Trusted Types policy, `samara`: it lets through addresses of Samara's own scripts and nothing else.
 */

/** @typedef {{ createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string } }} TrustedTypes */

/** @type {Set<string>} */
const allowed = new Set();

/** @type {{ createScriptURL(address: string): string } | undefined} */
let policy;

/**
 * An address as `new Worker` takes it under `require-trusted-types-for 'script'`.
 * @param {string} address of one of Samara's own scripts; never from a document, a query or an attribute
 * @returns {string}
 */
export function trustedScript(address) {
  const types = /** @type {{ trustedTypes?: TrustedTypes }} */ (globalThis).trustedTypes;
  if (!types) return address;
  policy ??= types.createPolicy('samara', {
    createScriptURL(wanted) {
      if (allowed.has(wanted)) return wanted;
      throw new TypeError(wanted);
    },
  });
  allowed.add(address);
  return policy.createScriptURL(address);
}

/**
 * Addresses of documents come from the corpus, which nobody vouches for: only plain links get through.
 */

/**
 * @param {string} url of a document or section
 * @param {string} base address that relative ones start from
 * @returns {string | undefined} an absolute address that is safe to follow, or nothing
 */
export function safeLink(url, base) {
  if (typeof url !== 'string' || !URL.canParse(url, base)) return undefined;
  const address = new URL(url, base);
  const home = new URL(base);
  if (!['http:', 'https:', home.protocol].includes(address.protocol) || address.protocol === 'javascript:')
    return undefined;
  // An address that leaves the site must say so: `//other.example` in a path is more often an attack than a link.
  if ((address.origin !== home.origin || address.host !== home.host) && !/^\s*https?:\/\//i.test(url)) return undefined;
  return address.href;
}

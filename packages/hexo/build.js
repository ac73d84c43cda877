/** What a plugin of Hexo cannot import itself. */

module.exports = import('samara-search/site');

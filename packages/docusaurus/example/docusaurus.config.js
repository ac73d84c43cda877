export default {
  title: 'The village handbook',
  url: 'https://example.org',
  baseUrl: '/handbook/docusaurus/',
  i18n: { defaultLocale: 'en', locales: ['en', 'de'] },
  presets: [['classic', { blog: false, docs: { lastVersion: 'current' } }]],
  themes: ['docusaurus-samara'],
  themeConfig: { navbar: { title: 'Handbook', items: [{ type: 'docsVersionDropdown' }, { type: 'localeDropdown' }] } },
};

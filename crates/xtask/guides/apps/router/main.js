// A router as people write it by hand: clicks on links of the site become states of the history.
import 'samara-search/auto';

const pages = { '/': 'Home', '/a/': 'Alpha', '/b/': 'Beta' };

function show() {
  document.querySelector('main').textContent = pages[location.pathname] ?? 'Nothing';
}

document.addEventListener('click', (event) => {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || link.origin !== location.origin || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  history.pushState({}, '', link.pathname);
  show();
});
addEventListener('popstate', show);
show();

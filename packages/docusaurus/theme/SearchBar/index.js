/** What the navigation bar shows: the search in Infima's colours, following the switch; hits go through the router. */

import { useColorMode } from '@docusaurus/theme-common';
import { useHistory } from '@docusaurus/router';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import React, { useEffect, useRef } from 'react';

const STYLE = { '--samara-accent': 'var(--ifm-color-primary)', '--samara-text': 'var(--ifm-font-color-base)', '--samara-surface': 'var(--ifm-background-surface-color)' };

export default function SearchBar() {
  const { colorMode } = useColorMode();
  const { siteConfig: { baseUrl }, i18n: { currentLocale } } = useDocusaurusContext();
  const history = useHistory();
  const element = useRef(null);
  useEffect(() => {
    const { current } = element;
    const select = (event) => {
      const { origin, pathname, search, hash } = new URL(event.detail.hit.url, new URL(baseUrl, location.href));
      if (origin !== location.origin) return;
      event.preventDefault();
      event.target.close?.();
      history.push(pathname.replace(/index\.html$/, '') + search + hash);
    };
    current.addEventListener('samara-select', select);
    return () => current.removeEventListener('samara-select', select);
  }, [baseUrl, history]);
  return (
    <samara-search ref={element} mode="modal" base={baseUrl} lang={currentLocale} theme={colorMode} style={STYLE}>
      <button slot="trigger" type="button" className="navbar__search-input" style={{ cursor: 'pointer', textAlign: 'start' }}>Search</button>
    </samara-search>
  );
}

/** What the navigation bar shows: the search in Infima's colours, following the switch; hits go through the router. */

import { useActivePluginAndVersion, useAllDocsData } from '@docusaurus/plugin-content-docs/client';
import { useHistory } from '@docusaurus/router';
import { useColorMode } from '@docusaurus/theme-common';
import { translate } from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import React, { useEffect, useRef } from 'react';

const STYLE = {
  '--samara-accent': 'var(--ifm-color-primary)', '--samara-text': 'var(--ifm-font-color-base)', '--samara-font': 'var(--ifm-font-family-base)',
  '--samara-surface': 'var(--ifm-background-surface-color)',
};

export default function SearchBar() {
  const { colorMode } = useColorMode();
  const { siteConfig: { baseUrl }, i18n: { currentLocale } } = useDocusaurusContext();
  const history = useHistory();
  const versions = useVersions();
  const element = useRef(null);
  useEffect(() => {
    element.current.navigate = (address) => {
      const { pathname, search, hash } = new URL(address);
      history.push(pathname.replace(/index\.html$/, '') + search + hash);
    };
  }, [history]);
  // As an attribute: React hands some of its versions a property, whose value is another.
  useEffect(() => void element.current.setAttribute('filters', versions), [versions]);
  return (
    <samara-search ref={element} mode="modal" base={baseUrl} lang={currentLocale} theme={colorMode} style={STYLE} facets="tag">
      <button slot="trigger" type="button" className="navbar__search-input" style={{ cursor: 'pointer', textAlign: 'start' }}>
        {translate({ id: 'theme.SearchBar.label', message: 'Search' })}
      </button>
    </samara-search>
  );
}

/**
 * What the search is narrowed to: of each set of documents the version that is read, or else the latest; and pages that
 * are of none (`any`). Nothing where there are no versions.
 */
function useVersions() {
  const active = useActivePluginAndVersion();
  const sets = Object.entries(useAllDocsData());
  if (sets.every(([, { versions }]) => versions.length < 2)) return '{}';
  const shown = sets.map(([id, { versions }]) => active?.activePlugin.pluginId === id && active.activeVersion || versions.find(({ isLast }) => isLast));
  return JSON.stringify({ version: ['any', ...shown.map(({ name }) => name)] });
}

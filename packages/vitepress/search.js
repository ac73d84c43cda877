/** What stands in the navigation bar: the search in the theme's colours, whose hits go through the router. */

import { useData, useRouter, withBase } from 'vitepress';
import { defineComponent, h, onMounted } from 'vue';

const STYLE = '--samara-accent: var(--vp-c-brand-1); --samara-text: var(--vp-c-text-1); --samara-surface: var(--vp-c-bg); white-space: normal; font-family: var(--vp-font-family-base)';
const BUTTON = 'display: flex; align-items: center; gap: .5rem; height: 40px; padding: 0 12px; border: 1px solid var(--vp-c-divider); border-radius: 8px; background: var(--vp-c-bg-alt); color: var(--vp-c-text-2); font-size: 13px';

export default defineComponent({
  name: 'SamaraSearch',
  setup() {
    const { isDark, lang, theme } = useData();
    const router = useRouter();
    const base = withBase('/');
    onMounted(() => {
      const src = withBase(`/${__SAMARA_BUNDLE__}/samara.js`);
      if (document.querySelector(`script[src="${src}"]`)) return;
      document.head.append(Object.assign(document.createElement('script'), { src, defer: true }));
    });
    const select = (/** @type {CustomEvent} */ event) => {
      const { origin, pathname, search, hash } = new URL(event.detail.hit.url, new URL(base, location.href));
      if (origin !== location.origin || event.detail.originalEvent?.metaKey) return;
      event.preventDefault();
      router.go(pathname + search + hash);
      /** @type {any} */ (event.target).close?.();
    };
    return () => h('div', { class: 'VPNavBarSearch', style: 'display: flex; align-items: center; flex-grow: 1; padding-inline-start: 24px' }, [
      h('samara-search', { mode: 'modal', base, lang: lang.value, theme: isDark.value ? 'dark' : 'light', style: STYLE, 'onSamara-select': select }, [
        h('button', { slot: 'trigger', type: 'button', style: BUTTON }, theme.value.search?.options?.translations?.button?.buttonText ?? 'Search'),
      ]),
    ]);
  },
});

/**
 * The interface's texts in other languages than English. Each costs every visitor about 270 bytes, so these are few;
 * a page adds its own with `SamaraSearch.texts`.
 */

const KEYS = ['search', 'clear', 'close', 'results', 'none', 'advice', 'ignored', 'corrected', 'instead', 'loading', 'failed', 'offline',
  'retry', 'more', 'sort', 'sort-relevance', 'sort-date:desc', 'sort-date:asc', 'field-source', 'field-tag'];

/**
 * @param {string[]} lines as many as there are keys
 * @param {Record<'count' | 'shown' | 'onPage' | 'others', string | Partial<Record<Intl.LDMLPluralRule, string>>>} counted
 * @returns {Record<string, import('./texts.js').Text>}
 */
function spoken(lines, counted) {
  return { ...Object.fromEntries(KEYS.map((key, at) => [key, lines[at]])), ...counted };
}

/** @type {Record<string, Record<string, import('./texts.js').Text>>} */
export const translations = {
  de: spoken([
    'Suchen', 'Leeren', 'Schließen', 'Treffer', 'Keine Treffer für {query}', 'Prüfen Sie die Schreibung, oder nehmen Sie weniger oder allgemeinere Wörter.',
    'Nicht verwendet: {words}', 'Treffer für {query}', 'Stattdessen suchen nach {query}', 'Suche läuft…', 'Die Suche ist gerade nicht verfügbar.',
    'Sie sind offline, und die Suche ist noch nicht geladen.', 'Noch einmal versuchen', 'Mehr zeigen', 'Reihenfolge', 'Beste Treffer', 'Neueste zuerst',
    'Älteste zuerst', 'Quelle', 'Thema',
  ], {
    count: '{n} Treffer', shown: '{n} Treffer gezeigt', onPage: '{n} weitere auf dieser Seite',
    others: { one: 'Auch bei einer weiteren Quelle', other: 'Auch bei {n} weiteren Quellen' },
  }),
  fr: spoken([
    'Rechercher', 'Effacer', 'Fermer', 'Résultats', 'Aucun résultat pour {query}', 'Vérifiez l’orthographe, ou essayez des mots moins nombreux ou plus généraux.',
    'Non pris en compte : {words}', 'Résultats pour {query}', 'Rechercher plutôt {query}', 'Recherche en cours…', 'La recherche est indisponible pour le moment.',
    'Vous êtes hors ligne, et la recherche n’est pas encore chargée.', 'Réessayer', 'Afficher plus', 'Ordre', 'Pertinence', 'Plus récents', 'Plus anciens', 'Source', 'Sujet',
  ], {
    count: { one: '{n} résultat', other: '{n} résultats' }, shown: { one: '{n} résultat affiché', other: '{n} résultats affichés' },
    onPage: { one: '{n} autre sur cette page', other: '{n} autres sur cette page' }, others: { one: 'Publié aussi par {n} autre source', other: 'Publié aussi par {n} autres sources' },
  }),
  es: spoken([
    'Buscar', 'Borrar', 'Cerrar', 'Resultados', 'No hay resultados para {query}', 'Revise la ortografía o pruebe con menos palabras o más generales.',
    'Sin usar: {words}', 'Resultados de {query}', 'Buscar en cambio {query}', 'Buscando…', 'La búsqueda no está disponible en este momento.',
    'No hay conexión y la búsqueda aún no se ha cargado.', 'Reintentar', 'Mostrar más', 'Orden', 'Más pertinentes', 'Más recientes', 'Más antiguos', 'Fuente', 'Tema',
  ], {
    count: { one: '{n} resultado', other: '{n} resultados' }, shown: { one: '{n} resultado mostrado', other: '{n} resultados mostrados' },
    onPage: '{n} más en esta página', others: { one: 'También en {n} fuente más', other: 'También en {n} fuentes más' },
  }),
  pt: spoken([
    'Pesquisar', 'Limpar', 'Fechar', 'Resultados', 'Nenhum resultado para {query}', 'Confira a ortografia ou tente menos palavras, ou mais gerais.',
    'Não usado: {words}', 'Resultados para {query}', 'Pesquisar em vez disso {query}', 'Pesquisando…', 'A pesquisa não está disponível agora.',
    'Sem conexão, e a pesquisa ainda não foi carregada.', 'Tentar de novo', 'Mostrar mais', 'Ordem', 'Mais relevantes', 'Mais recentes', 'Mais antigos', 'Fonte', 'Assunto',
  ], {
    count: { one: '{n} resultado', other: '{n} resultados' }, shown: { one: '{n} resultado mostrado', other: '{n} resultados mostrados' },
    onPage: 'Mais {n} nesta página', others: { one: 'Também em {n} outra fonte', other: 'Também em {n} outras fontes' },
  }),
  ar: spoken([
    'بحث', 'مسح', 'إغلاق', 'النتائج', 'لا توجد نتائج عن {query}', 'تحقق من الإملاء، أو جرّب كلمات أقل أو أعم.', 'لم يُستخدم: {words}', 'عرض نتائج {query}',
    'البحث بدلًا من ذلك عن {query}', 'جارٍ البحث…', 'البحث غير متاح الآن.', 'أنت غير متصل، ولم يُحمَّل البحث بعد.', 'إعادة المحاولة', 'عرض المزيد', 'الترتيب', 'الأكثر صلة',
    'الأحدث أولًا', 'الأقدم أولًا', 'المصدر', 'الموضوع',
  ], {
    count: { zero: 'لا نتائج', one: 'نتيجة واحدة', two: 'نتيجتان', few: '{n} نتائج', many: '{n} نتيجة', other: '{n} نتيجة' },
    shown: 'النتائج المعروضة: {n}', onPage: 'المزيد في هذه الصفحة: {n}', others: 'مصادر أخرى للخبر: {n}',
  }),
  zh: spoken([
    '搜索', '清除', '关闭', '结果', '没有找到{query}', '请检查拼写，或试用更少、更常见的词。', '未使用：{words}', '显示的是{query}的结果', '改为搜索{query}', '正在搜索…', '搜索暂时不可用。',
    '您已离线，搜索尚未载入。', '重试', '显示更多', '排序', '最相关', '最新', '最早', '来源', '主题',
  ], { count: '{n} 条结果', shown: '已显示 {n} 条结果', onPage: '此页还有 {n} 条', others: '另有 {n} 家报道' }),
  ja: spoken([
    '検索', '消去', '閉じる', '検索結果', '{query}に一致する結果はありません', 'つづりを確かめるか、語を減らすか、より一般的な語でお試しください。', '使われなかった語：{words}',
    '{query}の結果を表示しています', '代わりに{query}を検索', '検索中…', '現在、検索を利用できません。', 'オフラインです。検索はまだ読み込まれていません。', '再試行', 'さらに表示', '並べ替え', '関連度順',
    '新しい順', '古い順', '出典', '話題',
  ], { count: '{n} 件', shown: '{n} 件を表示中', onPage: 'このページにあと {n} 件', others: '他に {n} 社が報道' }),
};

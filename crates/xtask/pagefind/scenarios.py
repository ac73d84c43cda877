"""Pagefind's own scenarios on the `pagefind.js` of Samara's bundles.

    python3 scenarios.py SUITE.py LAYOUT -- ARGUMENTS OF THE SUITE

The suite translates scenarios and compares what comes out by meaning. By itself it asks an adapter that refuses whatever
Samara's own interface lacks. Here the same steps run on Pagefind's interface, as a site that switches would call it.
"""
import importlib.util
import os
import sys
from pathlib import Path

_, suite_file, layout, _, *arguments = sys.argv
sys.argv = [suite_file, *arguments]
spec = importlib.util.spec_from_file_location('suite', suite_file)
suite = importlib.util.module_from_spec(spec)
spec.loader.exec_module(suite)


def between(text, start, end, instead):
    """The text with something else from one mark to another."""
    if start not in text or end not in text:
        sys.exit(f'{suite_file}: no `{start}` before `{end}`: this is another suite than the one that is known here')
    at = text.index(start)
    return text[:at] + instead + text[text.index(end, at):]


adapter = Path(__file__).with_name('adapter.mjs').read_text()
harness = between(suite.HARNESS, 'class Pagefind {', 'class Element {', adapter)
harness = harness.replace("'samara.js'))) throw", "'pagefind.js'))) throw").replace('new Pagefind(bundle)', 'Pagefind.load(bundle)')
suite.HARNESS = harness

# Translations by hand stand in for what the suite's adapter cannot answer. These scenarios run as they are written.
WRITTEN = ('anchors/', 'anchors_example/', 'edge_cases/', 'urls/subresult', 'metadata/search-results-return-tagged-filters')
for name in [name for name in suite.HAND if name.startswith(WRITTEN) and not name.endswith('explicitly-titled-elements')]:
    del suite.HAND[name]
suite.SUBJECT.clear()
suite.MAYBE_NEEDLESS.add('include-characters')

# What the page of a hit marks, by paragraph: a mark of another class than Pagefind's is told with its class.
MARKS = """<script type="module">
addEventListener('load', () => setTimeout(() => {
  const marks = {};
  for (const paragraph of document.querySelectorAll('p')) {
    const { id, className } = paragraph;
    const name = id ? `#${id}` : 'pagefindIgnore' in paragraph.dataset ? 'ignored' : className || 'other';
    const own = [...paragraph.querySelectorAll('mark')].map((mark) => (
      mark.className === 'pagefind-highlight' ? mark.textContent : `${mark.textContent}.${mark.className}`));
    marks[name] = [...(marks[name] ?? []), ...own];
  }
  fetch('/report', { method: 'POST', body: JSON.stringify(marks) });
}, 500));
</script>"""


def highlighted(*cases):
    """Opens pages by addresses that carry words: (page, query, marked texts by paragraph)."""
    def run(scenario):
        if not scenario.run.browser:
            raise suite.NeedsBrowser()
        for page in (scenario.dir / 'public').rglob('*.html'):
            page.write_text(page.read_text() + MARKS)
        scenario.build('public', 'public/pagefind')
        with suite.serving(scenario.dir / 'public') as server:
            for page, query, expected in cases:
                marks = suite.browse(scenario.run.browser, server, f'{page}?{query}')
                for paragraph, texts in expected.items():
                    scenario.check(f'{page}?{query}: marked in {paragraph}', texts, marks.get(paragraph))
    return run


NAME = 'highlighting/highlighting_results/highlight-script-'
suite.HAND[NAME + 'is-loaded'] = highlighted(('/words/', '', {'#has-highlight': []}))
suite.HAND[NAME + 'options-work'] = highlighted(('/options/', 'custom-name=this', {
    '#has-highlight': ['This.custom-class', 'This.custom-class'], 'ignored': [], 'ignore': [], '#no-highlight': []}))
suite.HAND[NAME + 'marks-correctly'] = highlighted(
    ('/words/', 'pagefind-highlight=this', {'#has-highlight': ['this'], 'ignored': []}),
    ('/words/', 'pagefind-highlight=this&pagefind-highlight=should', {'#has-highlight': ['this', 'should']}),
    ('/words/', 'pagefind-highlight=is+this', {'#has-highlight': ['Is this']}),
    ('/words/', 'pagefind-highlight=highlighted%3F', {'#has-highlight': ['highlighted?']}),
    ('/words/', 'pagefind-highlight=this+highlighted%3F', {'#has-highlight': ['this highlighted?']}))
suite.HAND[NAME + 'stays-within-pagefind-body'] = highlighted(
    ('/single-body/', 'pagefind-highlight=this', {'#has-highlight': ['This'], 'ignored': [], '#no-highlight': []}),
    ('/multiple-bodies/', 'pagefind-highlight=this', {'#has-highlight': ['This', 'This'], 'ignored': [], '#no-highlight': []}))


def build(scenario, site, output, *more):
    keep = ['--keep-index-url'] if scenario.keep else []
    done = scenario.samara('build', site, '-o', output, '--threads', '1', '--pagefind', '--layout', layout, *keep, *more)
    scenario.sites[os.path.normpath(scenario.dir / output)] = os.path.normpath(scenario.dir / site)
    return done


suite.Scenario.build = build
sys.exit(suite.main())

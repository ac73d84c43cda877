"""Samara in Sphinx: `extensions = ["sphinx_samara"]`. It takes the place of the search of alabaster, furo, pydata, book and
Read the Docs."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from samara_search import Failure, build
from sphinx.errors import ExtensionError

_HERE = Path(__file__).parent
# What Sphinx writes beside the pages: sources, listings of code, lists of names.
_EXCLUDED = ["_sources/", "_static/", "_modules/", "genindex*", "search.html", "search/", "py-modindex*"]


def _prepare(app, config):
    # Before the theme's own: the same names in the same places.
    config.templates_path = [str(_HERE / "templates"), *config.templates_path]


def _page(app, pagename, templatename, context, doctree):
    script = context["pathto"](f"{app.config.samara_bundle}/samara.js", resource=True)
    context["metatags"] = context.get("metatags", "") + f'<script src="{script}" defer></script>'


def _build(app, exception):
    if exception or app.builder.name not in ("html", "dirhtml"):
        return
    site = Path(app.outdir)
    with TemporaryDirectory() as folder:
        file = Path(folder, "samara.toml")
        file.write_text(f"exclude = {json.dumps(_EXCLUDED)}\n", "utf-8")
        try:
            build(site, output=site / app.config.samara_bundle, config=file, **app.config.samara_build)
        except Failure as failure:
            raise ExtensionError(f"samara: {failure}") from failure


def setup(app):
    app.add_config_value("samara_bundle", "samara", "html")
    # Further options of `samara build`, by their names: {"max_size": "2 MB"}.
    app.add_config_value("samara_build", {}, "html")
    app.connect("config-inited", _prepare)
    app.connect("html-page-context", _page)
    app.connect("build-finished", _build)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

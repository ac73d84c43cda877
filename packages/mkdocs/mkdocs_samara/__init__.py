"""Samara in MkDocs: `plugins: [samara]`. It takes the place of the search of Material and of the themes that come along."""

import json
import logging
import re
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from mkdocs.config import config_options as kinds
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.utils import get_relative_url
from samara_search import Failure, build

_HERE = Path(__file__).parent
log = logging.getLogger("mkdocs.plugins.samara")
_ELEMENT = '<samara-search mode="modal"></samara-search>'
# Where a theme has the search, which it shows only where the plugin of its own is there: what goes before it, and it.
_PLACES = {
    "material": (r'<nav class="md-header__inner.*?(?=<div class="md-header__source">|</nav>)', (_HERE / "material.html").read_text("utf-8")),
    "mkdocs": (r'<ul class="nav navbar-nav ms-md-auto">', f'<li class="nav-item">{_ELEMENT}</li>'),
    "readthedocs": (r'<div class="wy-side-nav-search">.*?(?=</div>\s*<div class="wy-menu)', _ELEMENT),
}


class Options(Config):
    bundle = kinds.Type(str, default="samara")
    # Further options of `samara build`, by their names: `max-size: 2 MB`.
    build = kinds.Type(dict, default={})


class Samara(BasePlugin[Options]):
    def on_config(self, config):
        self.excluded = []
        if "search" in config.plugins or "material/search" in config.plugins:
            raise PluginError("samara: leave the plugin `search` out of mkdocs.yml; this one takes its place")
        return config

    def on_post_page(self, output, page, config):
        script = get_relative_url(f"{self.config.bundle}/samara.js", page.url)
        output = output.replace("</head>", f'<script src="{script}" defer></script>\n</head>', 1)
        place, element = _PLACES.get(config.theme.name, (None, None))
        if place:
            output, found = re.subn(place, lambda before: before[0] + element, output, count=1, flags=re.S)
            if not found and page.is_homepage:
                log.warning("samara: this version of the theme has no place for the search; put %s into a template", _ELEMENT)
        if (page.meta.get("search") or {}).get("exclude"):
            # The page itself does not tell.
            self.excluded.append("/" + page.file.dest_uri)
        return output

    def on_post_build(self, config):
        site = Path(config.site_dir)
        options = {name.replace("-", "_"): value for name, value in self.config.build.items()}
        with TemporaryDirectory() as folder:
            file = Path(folder, "samara.toml")
            file.write_text(f"exclude = {json.dumps(self.excluded)}\n", "utf-8")
            try:
                build(site, output=site / PurePosixPath(self.config.bundle), config=file, **options)
            except Failure as failure:
                raise PluginError(f"samara: {failure}") from failure

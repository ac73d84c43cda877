"""Samara in MkDocs: `plugins: [samara]`. It takes the place of the search of Material and of the themes that come along."""

import json
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from jinja2 import ChoiceLoader, FileSystemLoader
from mkdocs.config import config_options as kinds
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.utils import get_relative_url
from samara_search import Failure, build

_HERE = Path(__file__).parent
# Where the search stands in themes whose own search is a part of their pages: before this.
_PLACES = {"mkdocs": '<div class="navbar-expand', "readthedocs": '<div class="wy-menu'}


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

    def on_env(self, env, config, files):
        # Material has a place for it; the template comes before the theme's own.
        env.loader = ChoiceLoader([FileSystemLoader(_HERE / config.theme.name), env.loader])
        env.globals["samara_bundle"] = self.config.bundle
        return env

    def on_post_page(self, output, page, config):
        script = get_relative_url(f"{self.config.bundle}/samara.js", page.url)
        output = output.replace("</head>", f'<script src="{script}" defer></script>\n</head>', 1)
        place = _PLACES.get(config.theme.name)
        if place:
            element = '<samara-search mode="modal"></samara-search>'
            output = output.replace(place, element + place, 1)
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

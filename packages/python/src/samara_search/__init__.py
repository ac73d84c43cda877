"""Full-text search that travels with the page: any folder to a deployable search.

>>> import samara_search
>>> samara_search.build("site", output="site/samara")            # doctest: +SKIP
>>> files = samara_search.build(pages=[{"url": "/a", "title": "A", "text": "…"}])   # doctest: +SKIP
"""

import json
import os
import tempfile
from pathlib import Path

from ._command import Failure, run

__all__ = ["Failure", "build", "run"]


def build(paths=(), *, pages=(), output=None, config=None, **options):
    """Builds a search, and returns its files as a dict from name to bytes, or the folder where `output` names one.

    `paths` are folders or files, `pages` dicts such as {"url", "title", "text"}, taken one by one. Further options are
    those of `samara build`: `base_url="/docs/"`, `layout="single"`, `max_size="2 MB"`.

    Raises Failure with the message of the command.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    words = []
    if config is not None:
        words += ["--config", os.fspath(config)]
    for name, value in options.items():
        if value is not None:
            word = "--" + name.replace("_", "-")
            words.append(word if value is True else f"{word}={str(value).lower() if value is False else value}")
    with tempfile.TemporaryDirectory(prefix="samara-") as folder:
        inputs = [os.fspath(path) for path in paths]
        lines = Path(folder, "pages.jsonl")
        with open(lines, "w", encoding="utf-8") as file:
            count = 0
            for page in pages:
                file.write(json.dumps(page, ensure_ascii=False) + "\n")
                count += 1
        if count:
            inputs.append(os.fspath(lines))
        target = Path(output) if output is not None else Path(folder, "samara")
        code, said = run(["build", *inputs, "--output", os.fspath(target), *words], capture=True)
        if code:
            raise Failure(said)
        if output is not None:
            return target
        return {path.name: path.read_bytes() for path in sorted(target.iterdir())}

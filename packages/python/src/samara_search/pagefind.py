"""Pagefind's Python interface on Samara's indexer.

>>> from samara_search.pagefind import IndexConfig, PagefindIndex
>>> async def main():
...     async with PagefindIndex(config=IndexConfig(output_path="public/pagefind")) as index:
...         await index.add_directory("public")
...         await index.add_custom_record(url="/resume.pdf", content="…", language="en")
"""

import asyncio
import html
import json
import os
import re
import secrets
import shutil
import tempfile
import threading
import warnings
from pathlib import Path, PurePosixPath
from typing import Any, Dict, List, Optional, Sequence, TypedDict
from urllib.parse import unquote

from ._command import Failure, run

__all__ = ["Failure", "IndexConfig", "IndexedDirectory", "IndexedFile", "IndexFile", "PagefindIndex", "PagefindService"]

# Elements that no page has: what stands in them counts whatever part of pages is the content.
_RECORD, _ADDRESS = "samara-record", "samara-address"
_PAGE = re.compile(r"\.(html?|xhtml|xht|shtml)$", re.I)
# What has no counterpart, and what to do instead.
_WITHOUT = {
    "include_characters": "it has no effect; signs that mean something are searched as they are",
    "write_playground": "no playground is written; `samara search --explain` tells how results are ranked",
}
# Addresses are those of the files, whatever the links of a part of the site look like.
_CONFIG = "strip-html = false\n"
# The command runs once at a time: by wasmtime it changes how large the stacks of new threads are.
_ONE_AT_A_TIME = threading.Lock()


class IndexConfig(TypedDict, total=False):
    root_selector: Optional[str]
    exclude_selectors: Optional[Sequence[str]]
    force_language: Optional[str]
    verbose: Optional[bool]
    logfile: Optional[str]
    """What the indexer says goes into this file, which is written anew."""
    keep_index_url: Optional[bool]
    output_path: Optional[str]
    """Where the files go; `pagefind` unless it is told."""


class IndexedFile(TypedDict):
    page_word_count: int
    """How many different words it has."""
    page_url: str
    page_meta: Dict[str, str]


class IndexedDirectory(TypedDict):
    page_count: int


class IndexFile(TypedDict):
    path: str
    content: bytes


class PagefindIndex:
    """An index that pages are added to. As an asynchronous context it writes its files when it is left without an error.

    Whatever goes wrong is a Failure that says what to do; an index that was deleted, or that nobody began, a RuntimeError.
    """

    def __init__(self, config: Optional[IndexConfig] = None):
        self._config = _checked(config or {})
        self._open = False
        # Folders, each with the files of it that are documents.
        self._folders: List[Any] = []
        # What was added by itself, by its address or else its path: whoever adds it again replaces it.
        self._pages: Dict[str, "_Page"] = {}
        self._number = 0
        self._log: List[str] = []

    async def add_html_file(self, *, content: str, source_path: Optional[str] = None, url: Optional[str] = None) -> IndexedFile:
        """Adds a page by its markup. `url` is its address, or else `source_path` tells it."""
        self._begun()
        if not url and not source_path:
            raise Failure("a page needs `url` or `source_path`; write one of them")
        path = "" if url else _inside(source_path)
        address = url or ("" if _PAGE.search(path) else _rooted(path))
        if address:
            content += f'\n<{_ADDRESS} data-pagefind-default-meta="url:{html.escape(address)}"></{_ADDRESS}>'
        page = _Page(self._named(address) if address else path, content)
        return await asyncio.to_thread(self._add, address or path, page, address)

    async def add_custom_record(
        self,
        *,
        url: str,
        content: str,
        language: str,
        meta: Optional[Dict[str, str]] = None,
        filters: Optional[Dict[str, List[str]]] = None,
        sort: Optional[Dict[str, str]] = None,
    ) -> IndexedFile:
        """Adds something that is no page."""
        self._begun()
        told = [
            *_fields("meta", {"url": url, **_texts("meta", meta)}),
            *_fields("filter", _lists("filters", filters)),
            *_fields("sort", _texts("sort", sort)),
        ]
        text = "<br>".join(html.escape(line) for line in re.split(r"\r\n|\n|\r", content))
        page = _Page(
            self._named(url),
            f'<!DOCTYPE html><html lang="{html.escape(language)}"><body><{_RECORD}>{"".join(told)}{text}</{_RECORD}></body></html>',
            is_record=True,
        )
        return await asyncio.to_thread(self._add, url, page, url)

    async def add_directory(self, path: str, *, glob: Optional[str] = None) -> IndexedDirectory:
        """Adds the pages of a folder, which is read again when the files of the index are asked for."""
        self._begun()
        return await asyncio.to_thread(self._add_directory, Path(path).absolute(), glob)

    async def get_files(self) -> List[IndexFile]:
        """The files of the index, to be served from one folder."""
        self._begun()
        return await asyncio.to_thread(self._files)

    async def write_files(self, output_path: Optional[str] = None) -> None:
        """Writes the files of the index into `output_path`, or where the configuration says."""
        self._begun()
        await asyncio.to_thread(self._write, Path(output_path or self._config.get("output_path") or "pagefind"))

    async def delete_index(self) -> None:
        """Forgets what was added. Files that were written stay, and leaving the context writes none."""
        self._begun()
        self._open = False
        self._folders, self._pages = [], {}

    async def __aenter__(self) -> "PagefindIndex":
        if self._open:
            raise RuntimeError("this index was begun already; make another one")
        self._open = True
        return self

    async def __aexit__(self, kind, fault, trace) -> None:
        if kind is None and self._open:
            await self.write_files()
        self._open = False

    def _begun(self):
        if not self._open:
            raise RuntimeError("there is no index: it was deleted, or not begun with `async with PagefindIndex() as index`")

    def _named(self, url):
        """A name for what has none, which messages show."""
        self._number += 1
        name = PurePosixPath(re.split("[?#]", url)[0]).name
        name = re.sub(r"[^\w.-]", "-", name).lstrip(".") or "page"
        return f"-added/{self._number}/{name}.html"

    def _build(self, paths, target, *words):
        """Runs the build, and returns its account."""
        config = self._config
        words = [*words, "--pagefind"]
        if config.get("root_selector"):
            words.append(f"--root-selector={config['root_selector']}, {_RECORD}, {_ADDRESS}")
        words += [f"--exclude-selectors={selector}" for selector in config.get("exclude_selectors") or ()]
        if config.get("force_language"):
            words.append(f"--force-language={config['force_language']}")
        words += ["--" + name.replace("_", "-") for name in ("keep_index_url", "verbose") if config.get(name)]
        with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="samara-") as folder:
            account, settings = Path(folder, "account"), Path(folder, "samara.toml")
            settings.write_text(_CONFIG, "utf-8")
            paths = [os.fspath(path) for path in paths]
            code, said = run(
                ["build", *paths, f"--output={target}", f"--account={account}", f"--config={settings}", *words], capture=True
            )
            self._log.append(said)
            if config.get("logfile"):
                Path(config["logfile"]).write_text("\n".join(self._log) + "\n", "utf-8")
            if code:
                raise Failure(said)
            lines = account.read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines], said

    def _add(self, key, page, url):
        with tempfile.TemporaryDirectory(prefix="samara-") as folder:
            page.write(Path(folder, "pages"))
            target = Path(folder, "out")
            try:
                [line], _ = self._build([Path(folder, "pages")], target)
            except Failure as failure:
                # The build says of every file why it became no document.
                reason = re.search(rf"^ *{re.escape(page.path)}: (.*)", str(failure), re.M)
                raise Failure(f"{url or page.path}: {reason[1]}") if reason else failure
            meta = _meta(target, Path(folder, "hits"))
        self._pages[key] = page
        words = re.findall(r"[^\W_]+", f"{line['title']}\n{line['text']}".lower())
        return IndexedFile(page_word_count=len(set(words)), page_url=url or _rooted(line["url"]), page_meta=meta)

    def _add_directory(self, path, glob):
        with tempfile.TemporaryDirectory(prefix="samara-") as folder:
            account, _ = self._build([path], Path(folder, "out"), *([] if glob is None else [f"--glob={glob}"]))
        self._folders.append((path, sorted({line["path"] for line in account})))
        return IndexedDirectory(page_count=sum("skipped" not in line for line in account))

    def _files(self):
        with tempfile.TemporaryDirectory(prefix="samara-") as folder:
            target = Path(folder, "pagefind")
            self._write(target)
            paths = sorted(path for path in target.rglob("*") if path.is_file())
            return [IndexFile(path=path.relative_to(target).as_posix(), content=path.read_bytes()) for path in paths]

    def _write(self, target):
        if not self._folders and not self._pages:
            raise Failure("nothing has been added; there is no index without a page")
        with tempfile.TemporaryDirectory(prefix="samara-") as folder:
            parts = []
            for number, (path, names) in enumerate(list(self._folders)):
                part = Path(folder, str(number), path.name or "root")
                for name in names:
                    part.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
                    try:
                        shutil.copyfile(path / name, part / name)
                    except OSError as fault:
                        raise Failure(f"{path / name}: {fault.strerror}; add the folder again") from fault
                parts.append(part)
            if self._pages:
                parts.append(Path(folder, "pages"))
            self._write_pages(folder, marked=False)
            account, said = self._build(parts, target)
            records = {page.path for page in self._pages.values() if page.is_record}
            if any("skipped" in line and line["path"] in records for line in account):
                # Where the pages of a site mark what is content, records are content as well.
                self._write_pages(folder, marked=True)
                account, said = self._build(parts, target)
        for line in said.splitlines():
            if line.startswith("warning: "):
                warnings.warn(line[len("warning: ") :], stacklevel=2)

    def _write_pages(self, folder, marked):
        for page in list(self._pages.values()):
            page.write(Path(folder, "pages"), marked)


class PagefindService:
    """Begins indexes. There is no program in the background: what this stands for needs none."""

    async def launch(self) -> "PagefindService":
        return self

    async def create_index(self, config: Optional[IndexConfig] = None) -> PagefindIndex:
        return await PagefindIndex(config).__aenter__()

    async def close(self) -> None:
        pass

    async def __aenter__(self) -> "PagefindService":
        return self

    async def __aexit__(self, kind, fault, trace) -> None:
        pass


class _Page:
    """What was added by itself, as a page of HTML that says by attributes all that is known of it."""

    def __init__(self, path, content, is_record=False):
        self.path = path
        self.content = content
        self.is_record = is_record

    def write(self, folder, marked=False):
        content = self.content
        if marked and self.is_record:
            content = content.replace(f"<{_RECORD}>", f"<{_RECORD} data-pagefind-body>", 1)
        path = folder / self.path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8", "replace"))
        except OSError as fault:
            raise Failure(f"{self.path}: {fault.strerror}; give the page another path") from fault


def _checked(config):
    texts, lists, booleans = ("root_selector", "force_language", "logfile", "output_path"), ("exclude_selectors",), ("verbose", "keep_index_url")
    config = {name: value for name, value in config.items() if value is not None}
    for name, value in config.items():
        if name in _WITHOUT:
            warnings.warn(f"{name}: {_WITHOUT[name]}", stacklevel=3)
        elif name in texts and not isinstance(value, (str, os.PathLike)):
            raise TypeError(f"{name}: write a text, not {value!r}")
        elif name in booleans and not isinstance(value, bool):
            raise TypeError(f"{name}: write True or False, not {value!r}")
        elif name in lists and not isinstance(value, str) and not all(isinstance(one, str) for one in value):
            raise TypeError(f"{name}: write a list of texts, not {value!r}")
        elif name not in (*texts, *lists, *booleans):
            warnings.warn(f"there is no {name}; it has no effect", stacklevel=3)
    if isinstance(config.get("exclude_selectors"), str):
        config["exclude_selectors"] = [config["exclude_selectors"]]
    return config


def _texts(kind, values):
    for name, value in (values or {}).items():
        if not isinstance(value, str):
            raise Failure(f"{kind}.{name}: write a text, not {value!r}")
    return values or {}


def _lists(kind, values):
    for name, value in (values or {}).items():
        if isinstance(value, str) or not all(isinstance(one, str) for one in value):
            raise Failure(f"{kind}.{name}: write a list of texts, not {value!r}")
    return values or {}


def _fields(kind, values):
    """An element for each value of each field."""
    for name, value in values.items():
        if not name.strip() or re.search(r"[:,[\]]", name):
            raise Failure(f"{name!r} is no name of a field; write one without : , [ and ]")
        for one in [value] if isinstance(value, str) else value:
            yield f'<i data-pagefind-{kind}="{html.escape(f"{name}:{one}")}"></i>'


def _inside(path):
    """Where a file lies on the site."""
    if os.path.isabs(path):
        path = os.path.relpath(path)
    path = PurePosixPath(path.replace(os.sep, "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise Failure(f"source_path: {path} lies outside of the folder of the site; write a path beneath it")
    return str(path)


def _rooted(url):
    return url if re.match(r"[a-z][a-z\d+.-]*:|/", url, re.I) else "/" + url


def _meta(bundle, file):
    """The fields that a result shows, of the only page of a bundle: the answer to all that lacks a word that nobody wrote."""
    word = "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(24))
    with _ONE_AT_A_TIME:
        code, said = run(["search", os.fspath(bundle), "--json", "--exact", "--", f"-{word}"], capture=True, output=file)
    if code:
        raise Failure(said)
    hit = json.loads(file.read_text("utf-8"))["hits"][0]
    # The script of the bundle knows which fields are metadata.
    facts = re.search(r"%7B%22root%22[\w%]*", bundle.joinpath("pagefind.js").read_text("utf-8"))[0]
    meta = {}
    for name in json.loads(unquote(facts))["meta"]:
        value = hit["meta"].get(name)
        if value is not None:
            meta[name] = value if isinstance(value, str) else ", ".join(value)
    if hit["title"]:
        meta["title"] = hit["title"]
    return meta

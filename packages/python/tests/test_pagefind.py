"""Pagefind's Python interface: what programs ask it for, and what is found then. Called by `cargo xtask test --packages` with
the interpreter of an environment that has the wheel alone."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import unittest
import warnings
from pathlib import Path

from samara_search.pagefind import Failure, IndexConfig, PagefindIndex, PagefindService

TEA = (
    '<html lang="en"><head><title>Tea | Handbook</title></head><body><nav>Home</nav><h1>Tea</h1><p>Peppermint dries in the '
    'shade, in the <em data-pagefind-meta="place">barn</em>.</p><p data-pagefind-filter="kind">herb</p></body></html>'
)
RECORD = {
    "url": "/resume.pdf",
    "content": "Sourdough & <b>rye</b>\nfor every baker",
    "language": "en",
    "meta": {"title": "Résumé: a life, baked", "category": "Landing, page"},
    "filters": {"tags": ["bread", "life: mine"]},
    "sort": {"weight": "20"},
}
MARKED = "<main data-pagefind-body><h1>Page {}</h1><p>Rye grows here.</p></main>"


class Pagefind(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name).resolve()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)

    def site(self, name, pages):
        for path, content in pages.items():
            file = self.folder / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")
        return self.folder / name

    def hits(self, bundle, query, *words):
        command = [Path(sys.executable).with_name("samara"), "search", bundle, "--json", *words, "--", query]
        return json.loads(subprocess.run(command, capture_output=True, text=True).stdout)["hits"]

    async def test_what_was_added_is_told_with_its_address_its_fields_and_its_words(self):
        async with PagefindIndex() as index:
            for given, url in [
                ({"source_path": "tea/index.html"}, "/tea/"),
                ({"source_path": str(self.folder / "a/tea.html")}, "/a/tea.html"),
                ({"source_path": "tea.php"}, "/tea.php"),
                ({"url": '/my-own/?a=1&b="2"'}, '/my-own/?a=1&b="2"'),
                ({"url": "https://x.example/", "source_path": "x.html"}, "https://x.example/"),
            ]:
                told = await index.add_html_file(content=TEA, **given)
                self.assertEqual(told, {"page_word_count": 8, "page_url": url, "page_meta": {"title": "Tea", "place": "barn"}})
            told = await index.add_custom_record(**RECORD)
            self.assertEqual(told, {"page_word_count": 10, "page_url": "/resume.pdf", "page_meta": RECORD["meta"]})
            path = self.site("two", {"a/index.html": TEA, "b.html": "<h1>Rye</h1><p>It is cut in July.</p>"})
            self.assertEqual(await index.add_directory(str(path)), {"page_count": 2})
            self.assertEqual(await index.add_directory("two", glob="a/*.html"), {"page_count": 1})
            await index.delete_index()

    async def test_faults_say_what_to_do(self):
        self.site("empty", {"a.png": "x"})
        async with PagefindIndex() as index:
            for call, said in [
                (index.add_html_file(content=TEA), "`url` or `source_path`"),
                (index.add_html_file(url="/a", content="<p></p>"), "^/a: .*skipped"),
                (index.add_html_file(source_path="../a.html", content=TEA), "outside"),
                (index.add_custom_record(**{**RECORD, "sort": {"weight": 20}}), r"^sort\.weight: write a text, not 20$"),
                (index.add_custom_record(**{**RECORD, "filters": {"tags": "bread"}}), r"^filters\.tags: write a list"),
                (index.add_custom_record(**{**RECORD, "meta": {"a:b": "c"}}), "no name of a field"),
                (index.add_directory("nowhere"), "nowhere"),
                (index.add_directory("empty"), "no document found"),
                (index.get_files(), "nothing has been added"),
            ]:
                with self.assertRaisesRegex(Failure, said):
                    await call
            await index.add_custom_record(**RECORD)
            await index.delete_index()
            with self.assertRaisesRegex(RuntimeError, "deleted"):
                await index.get_files()
        self.assertFalse((self.folder / "pagefind").exists())
        with self.assertRaisesRegex(TypeError, "root_selector: write a text, not 5"):
            PagefindIndex(IndexConfig(root_selector=5))
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            PagefindIndex({"include_characters": "<>", "write_playground": True, "rot_selector": "a", "logfile": None})
        self.assertEqual(len(told), 3)

    async def test_leaving_the_context_writes_what_the_command_writes(self):
        path = self.site("same", {"tea/index.html": TEA, "rye.html": '<html lang="en"><h1>Rye</h1><p>It is cut in July.</p></html>'})
        async with PagefindIndex(IndexConfig(output_path="written")) as index:
            await index.add_directory("same")
            files = await index.get_files()
        command = Path(sys.executable).with_name("samara")
        subprocess.run([command, "build", path, "--pagefind", "--quiet", "--output", "by-command"], check=True)
        for folder in ["written", "by-command"]:
            self.assertEqual({file["path"]: file["content"] for file in files}, {file.name: file.read_bytes() for file in Path(folder).iterdir()})
        self.assertIn("pagefind.js", [file["path"] for file in files])
        with self.assertRaisesRegex(ValueError, "not today"):
            async with PagefindIndex(IndexConfig(output_path="never")) as index:
                await index.add_directory("same")
                raise ValueError("not today")
        self.assertFalse(Path("never").exists())

    async def test_an_index_of_much_text_has_its_blocks_in_a_folder(self):
        words = lambda page: " ".join(f"w{(page * 700 + at) * 2654435761 % 2**32:x}" for at in range(700))
        self.site("large", {f"{page}.html": f'<html lang="en"><h1>Page {page}</h1><p>{words(page)}</p></html>' for page in range(180)})
        async with PagefindIndex(IndexConfig(output_path="blocked")) as index:
            await index.add_directory("large")
            files = {file["path"]: file["content"] for file in await index.get_files()}
        written = {path.relative_to("blocked").as_posix(): path.read_bytes() for path in Path("blocked").rglob("*") if path.is_file()}
        self.assertEqual(files, written)
        self.assertGreater(sum(path.startswith("blocks/") for path in files), 10)
        self.assertEqual([hit["url"] for hit in self.hits("blocked", words(7).split()[3])], ["7.html"])

    async def test_all_of_it_is_found_and_filtered_and_sorted(self):
        async with PagefindIndex(IndexConfig(output_path="out", logfile="index.log", verbose=True)) as index:
            page = '<html lang="en"><h1>Mint</h1><p data-pagefind-sort="weight:3">Mint and sourdough.</p></html>'
            crumbs = {**RECORD, "url": "/crumbs", "content": "Sourdough of another kind", "filters": None, "sort": {"weight": "100"}}
            await asyncio.gather(
                index.add_html_file(url="/my-own/", content=page), index.add_custom_record(**RECORD), index.add_custom_record(**crumbs)
            )
            await index.add_custom_record(**{**RECORD, "content": "Sourdough, and baker's wife"})
        self.assertIn("3 documents", Path("index.log").read_text())
        urls = lambda *call: [hit["url"] for hit in self.hits("out", *call)]
        self.assertEqual(urls("sourdough", "--sort", "weight:desc"), ["/crumbs", "/resume.pdf", "/my-own/"])
        self.assertEqual(urls("sourdough", "--filter", "tags=life: mine"), ["/resume.pdf"])
        self.assertEqual((urls("wife"), urls("rye")), (["/resume.pdf"], []))

    async def test_what_is_added_again_replaces_and_what_has_another_address_does_not(self):
        async with PagefindIndex() as index:
            for given, text in [
                ({"url": "/a", "source_path": "x.html"}, "Alder"),
                ({"url": "/b", "source_path": "x.html"}, "Birch"),
                ({"source_path": "x.html"}, "Cherry"),
                ({"source_path": "x"}, "Damson"),
                ({"url": "/a"}, "Elder"),
                ({"source_path": "./x.html"}, "Fir"),
            ]:
                await index.add_html_file(content=f'<html lang="en"><h1>{text}</h1></html>', **given)
        found = sorted((hit["url"], hit["title"]) for hit in self.hits("pagefind", "-nothing"))
        self.assertEqual(found, [("/a", "Elder"), ("/b", "Birch"), ("/x", "Damson"), ("x.html", "Fir")])

    async def test_records_are_found_beside_pages_that_mark_what_is_content(self):
        self.site("marked", {**{f"{n}.html": MARKED.format(n) for n in "abc"}, "unmarked.html": "<main><h1>No</h1><p>Rye grows there.</p></main>"})
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            async with PagefindService() as service:
                index = await service.create_index(IndexConfig(exclude_selectors="b", force_language="de"))
                await index.add_directory("marked")
                await index.add_custom_record(**RECORD)
                await index.write_files("marked/pagefind")
        said = " ".join(sorted(str(one.message) for one in told))
        self.assertRegex(said, r"no page holds an element of this selector .* unmarked\.html: .*mark their body")
        self.assertEqual(len(told), 2)
        self.assertEqual([(hit["url"], hit["meta"]["lang"]) for hit in self.hits("marked/pagefind", "baker")], [("/resume.pdf", "de")])
        self.assertEqual(len(self.hits("marked/pagefind", "rye")), 4)

    async def test_the_configuration_chooses_what_of_pages_counts(self):
        page = "<h1>Testing <span>twice</span></h1><p>Hidden</p>"
        async with PagefindIndex({"root_selector": "h1", "exclude_selectors": ["span", "b"], "keep_index_url": True}) as index:
            told = await index.add_html_file(source_path="dogs/index.html", content=page)
            self.assertEqual(told, {"page_word_count": 1, "page_url": "/dogs/index.html", "page_meta": {"title": "Testing"}})
            self.assertEqual((await index.add_html_file(url="/cats", content=page))["page_url"], "/cats")
            await index.add_custom_record(**RECORD)
        self.assertEqual(sorted(hit["url"] for hit in self.hits("pagefind", "testing")), ["/cats", "dogs/index.html"])
        self.assertEqual(self.hits("pagefind", "twice OR hidden"), [])
        self.assertEqual([hit["url"] for hit in self.hits("pagefind", "rye")], ["/resume.pdf"])


if __name__ == "__main__":
    unittest.main(argv=["test_pagefind.py", "-v"])

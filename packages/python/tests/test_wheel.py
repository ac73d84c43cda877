"""A wheel as its user has it: installed, without a compiler, in an empty folder. Called by `cargo xtask test --packages` with
the interpreter of an environment that has the wheel alone."""

import json
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import samara_search


class Wheel(unittest.TestCase):
    def setUp(self):
        self.holder = tempfile.TemporaryDirectory()
        self.folder = Path(self.holder.name)
        (self.folder / "site").mkdir()
        (self.folder / "site/tea.html").write_text("<main><h1>Tee, grün</h1><p>Peppermint dries in the shade.</p></main>", "utf-8")
        (self.folder / "site/.env").write_text("SECRET=1")

    def tearDown(self):
        self.holder.cleanup()

    def samara(self, *words):
        return subprocess.run([Path(sys.executable).with_name("samara-search"), *words], cwd=self.folder, capture_output=True, text=True)

    def test_it_builds_checks_and_searches(self):
        done = self.samara("build", "site", "-o", "site/samara")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("whole, 1 document", self.samara("check", "site/samara").stdout)
        self.assertIn("tea.html", self.samara("search", "site/samara", "peppermint").stdout)
        self.assertEqual(self.samara("search", "site/samara", "rye").returncode, 1)
        missing = self.samara("build", "nowhere", "-o", "x")
        self.assertEqual((missing.returncode, missing.stderr), (2, "error: nowhere: no such file or folder; check the path\n"))

    def test_python_gets_files_or_a_folder(self):
        files = samara_search.build(pages=({"url": f"/{n}", "title": f"Tin {n}", "text": "It stands on the shelf."} for n in range(3)), base_url="/docs/")
        self.assertIn("samara.js", files)
        self.assertEqual(samara_search.build(self.folder / "site", output=self.folder / "out"), self.folder / "out")
        self.assertTrue((self.folder / "out/samara.mjs").is_file())
        page = samara_search.build([self.folder / "site"], output=self.folder / "a.html", layout="single", title="Kräuter")
        self.assertIn("<title>Kräuter</title>", page.read_text("utf-8"))
        with self.assertRaisesRegex(samara_search.Failure, "no such file or folder"):
            samara_search.build("nowhere")

    def test_it_serves_and_builds_again(self):
        child = subprocess.Popen(
            [Path(sys.executable).with_name("samara"), "serve", "site", "--port", "0"], cwd=self.folder, stderr=subprocess.PIPE, text=True
        )
        try:
            line = next(line for line in child.stderr if "Serving at" in line)
            threading.Thread(target=lambda: child.stderr.read(), daemon=True).start()
            address = line.split("Serving at ")[1].split(" ")[0]

            def get(path, **headers):
                try:
                    with urllib.request.urlopen(urllib.request.Request(address + path, headers=headers)) as answer:
                        return answer.status, answer.read()
                except urllib.error.HTTPError as error:
                    return error.code, b""

            self.assertIn(b"<samara-search", get("")[1])
            self.assertEqual(get("tea.html", Range="bytes=0-5"), (206, b"<main>"))
            self.assertEqual((get(".env")[0], get("", Host="evil.example")[0]), (404, 403))
            self.assertEqual(get("-samara/version")[1], b"1")
            (self.folder / "site/rye.html").write_text("<main><h1>Rye</h1><p>It is cut in July.</p></main>")
            end = time.monotonic() + 60
            while get("-samara/version")[1] == b"1":
                self.assertLess(time.monotonic(), end, "the change was not seen")
                time.sleep(0.1)
        finally:
            child.kill()
            child.wait()
            child.stderr.close()


if __name__ == "__main__":
    unittest.main(argv=["test_wheel.py", "-v"])

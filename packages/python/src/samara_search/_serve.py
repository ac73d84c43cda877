"""`samara serve` where no native program is: builds in memory, serves on loopback, builds again on change."""

import argparse
import hashlib
import mimetypes
import os
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from . import Failure, build

OWN = "/-samara/"
# How often the documents are looked at, in seconds.
LOOK = 0.5
LOCAL = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json"}
PAGE = f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Search</title>
<script src="{OWN}samara.js" defer></script><script src="{OWN}reload.js" defer></script><samara-search mode="page" base="/"></samara-search></html>"""
RELOAD = f"""(async () => {{ const version = async () => (await fetch('{OWN}version')).text(); const first = await version();
setInterval(async () => {{ if (await version().catch(() => first) !== first) location.reload(); }}, 1000); }})();"""


class Site:
    """What is served beside the documents."""

    def __init__(self, paths):
        self.paths = paths
        self.version = 0
        self.files = {}

    def build(self):
        files = {OWN + name: bytes_ for name, bytes_ in build(self.paths).items()}
        self.version += 1
        files["/"] = PAGE.encode()
        files[OWN + "reload.js"] = RELOAD.encode()
        files[OWN + "version"] = str(self.version).encode()
        self.files = files

    def state(self):
        """Changes with every file: names, sizes and times."""
        seen = []
        for path in self.paths:
            for folder, folders, names in os.walk(path):
                folders.sort()
                for name in sorted(names):
                    try:
                        found = os.stat(os.path.join(folder, name))
                    except OSError:
                        continue
                    seen.append((folder, name, found.st_size, found.st_mtime_ns))
        return seen

    def watch(self):
        before = self.state()
        while True:
            time.sleep(LOOK)
            now = self.state()
            if now == before:
                continue
            before = now
            try:
                self.build()
                print("built again", file=sys.stderr)
            except Failure as failure:
                print(f"error: {failure}; still serving what was built before", file=sys.stderr)

    def beneath(self, address):
        """What an address means in one of the folders; never a hidden file, and never one outside."""
        path = unquote(address)
        parts = [part for part in path.split("/") if part]
        if any(part.startswith(".") and part != ".well-known" or "\\" in part or "\0" in part for part in parts):
            return None
        for folder in self.paths:
            root = Path(folder).resolve()
            for end in ["index.html"] if path.endswith("/") else ["", ".html"]:
                file = root.joinpath(*parts, end) if end == "index.html" else root.joinpath(*parts[:-1], parts[-1] + end)
                file = file.resolve()
                if (file == root or root in file.parents) and file.exists():
                    return file
        return None


def _handler(site):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # A client that does not read waits alone, and not for ever.
        timeout = 60

        def do_GET(self):
            path = re.split("[?#]", self.path)[0]
            if not LOCAL.fullmatch(self.headers.get("Host", "")):
                # A page elsewhere may have a name of its own lead here; what it asks for then is not its own.
                return self.answer(403, b"This server answers to localhost alone.\n", "text/plain")
            own = site.files.get(path)
            if own is not None:
                return self.answer(200, own, "text/html" if path == "/" else _type(path))
            file = site.beneath(path)
            if file is None:
                return self.answer(404, b"There is no such file.\n", "text/plain")
            if file.is_dir():
                return self.answer(302, b"", "text/plain", {"Location": f"./{path.split('/')[-1]}/"})
            self.answer(200, file.read_bytes(), _type(file.name))

        do_HEAD = do_GET

        def answer(self, code, body, kind, headers=()):
            tag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
            if code == 200 and tag in self.headers.get("If-None-Match", ""):
                code, body = 304, b""
            part = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            headers = dict(headers)
            if code == 200 and part:
                start, end = int(part[1]), min(int(part[2] or len(body) - 1), len(body) - 1)
                if start > end:
                    code, body, headers["Content-Range"] = 416, b"", f"bytes */{len(body)}"
                else:
                    headers["Content-Range"] = f"bytes {start}-{end}/{len(body)}"
                    code, body = 206, body[start : end + 1]
            self.send_response(code)
            for name, value in {
                "Content-Type": kind + ("; charset=utf-8" if kind.startswith("text/") else ""),
                "Content-Length": str(len(body)),
                "Cache-Control": "no-cache",
                "ETag": tag,
                "Accept-Ranges": "bytes",
                "X-Content-Type-Options": "nosniff",
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler


def _type(name):
    return TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def serve(words):
    parser = argparse.ArgumentParser("samara serve", description="Builds, serves on loopback, builds again when a document changes.")
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--port", type=int, default=8732)
    given = parser.parse_args(words)
    site = Site(given.paths)
    site.build()
    server = ThreadingHTTPServer(("127.0.0.1", given.port), _handler(site))
    print(f"Serving at http://127.0.0.1:{server.server_address[1]}/ (stop with Ctrl-C)", file=sys.stderr, flush=True)
    threading.Thread(target=site.watch, daemon=True).start()
    server.serve_forever()

"""The recipe beside one build: a scheduler and three workers on loopback, of which one is killed half-way.

    pip install "dask[distributed]"
    python docs/recipes/dask_build_test.py target/release/samara
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from distributed import Client

from dask_build import build

PAGES = 3000
PARTS = 12
WORKERS = 3


def write_site(folder):
    """Pages with a line that all have, and some that are there twice."""
    for page in range(PAGES):
        number = page // 2 if page % 50 == 1 else page
        words = " ".join(f"word{(n * n + number * (n + 7)) % 5003}" for n in range(400))
        text = f"<main><h1>Page {number}</h1><p>{words}</p><p>Was this page any good to you?</p></main>"
        path = folder / f"{page % 20}" / f"{page}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<!doctype html><html lang=en><title>Page {number} | Lamps</title>{text}")


def files(folder):
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def start(*words):
    command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
    # The recipe is a module of this folder, which scheduler and workers have to find.
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    samara = str(Path(sys.argv[1] if len(sys.argv) > 1 else "samara").resolve())
    started = []
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        site, parts = work / "site", work / "parts"
        parts.mkdir()
        write_site(site)
        try:
            # The scheduler says in a file which port it has.
            where = work / "scheduler.json"
            started.append(start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(where)))
            for number in range(WORKERS):
                started.append(
                    start(
                        "worker", "--scheduler-file", str(where), "--host", "127.0.0.1", "--nthreads", "1",
                        "--nworkers", "1", "--no-nanny", "--local-directory", str(work), "--name", f"w{number}",
                    )
                )
            deadline = time.monotonic() + 60
            while not where.exists():
                assert time.monotonic() < deadline, "no scheduler"
                time.sleep(0.1)
            with Client(scheduler_file=str(where)) as client:
                client.wait_for_workers(WORKERS, timeout=60)
                killed = []

                def kill(done):
                    if done == PARTS // 4 and not killed:
                        busy = [name for name, calls in client.processing().items() if calls]
                        name = client.scheduler_info()["workers"][busy[0]]["name"]
                        started[1 + int(name[1:])].send_signal(signal.SIGKILL)
                        killed.append(done)

                build(client, site, work / "merged", PARTS, parts, samara, on_part=kill)
                left = len(client.scheduler_info()["workers"])
            assert killed and killed[0] < PARTS, "no worker was killed half-way"
            assert left == WORKERS - 1, f"{left} workers are left"
        finally:
            for process in started:
                process.kill()
                process.wait()
        subprocess.run([samara, "build", str(site), "--output", str(work / "one"), "--quiet"], check=True)
        merged, one = files(work / "merged"), files(work / "one")
        assert merged == one and one, "the bundle is another one"
        print(f"{len(one)} files, the same as by one build; a worker was killed after {killed[0]} of {PARTS} parts")


if __name__ == "__main__":
    main()

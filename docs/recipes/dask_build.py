"""A build whose files are read by the workers of a Dask cluster.

    pip install "dask[distributed]"
    python dask_build.py public -o public/samara --parts 16 --scheduler tcp://10.0.0.1:8786

Workers need the `samara` command and see the site and the folder of the parts under the same paths. Without
`--scheduler`, worker processes of this machine read. What stands behind `--` is given to every call of `samara`:

    python dask_build.py public -o public/samara --parts 16 -- --root-selector main

A part appears when it is whole and is the same whoever reads it, so a part whose worker has died is read by another one.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

from distributed import Client, as_completed


def read_part(samara, site, part, parts, folder, options):
    """Reads one part; called on a worker."""
    target = Path(folder) / f"{part}.part"
    command = [samara, "build", site, "--part", f"{part}/{parts}", "--output", str(target), "--quiet"]
    ended = subprocess.run(command + options, stderr=subprocess.PIPE, text=True)
    if ended.returncode != 0:
        raise RuntimeError(f"part {part}: {ended.stderr.strip()}")
    return str(target)


def build(client, site, output, parts, folder, samara="samara", options=(), on_part=None):
    """Reads all parts on the workers and merges them here."""
    options = list(options)
    site, output = str(Path(site).resolve()), str(Path(output).resolve())
    calls = [
        client.submit(read_part, samara, site, part, parts, str(folder), options, pure=False, retries=3)
        for part in range(1, parts + 1)
    ]
    targets = []
    for call in as_completed(calls):
        targets.append(call.result())
        if on_part:
            on_part(len(targets))
    subprocess.run([samara, "merge", *targets, "--output", output, *options], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", help="folder of documents")
    parser.add_argument("-o", "--output", required=True, help="where the bundle goes")
    parser.add_argument("--parts", type=int, default=16, help="a few for each worker")
    parser.add_argument("--scheduler", help="address of a scheduler")
    parser.add_argument("--folder", help="where parts lie for a while, seen by all workers")
    parser.add_argument("--samara", default="samara", help="the command")
    parser.add_argument("options", nargs="*", help="options of samara, behind --")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        # A worker alone reads on all of its cores.
        with Client(asked.scheduler) if asked.scheduler else Client(threads_per_worker=1) as client:
            build(client, asked.site, asked.output, asked.parts, folder, asked.samara, asked.options)


if __name__ == "__main__":
    main()

"""The command: native where this wheel carries a program, else a WebAssembly module by wasmtime."""

import atexit
import functools
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

_HERE = Path(__file__).parent
_PROGRAM = _HERE / "bin" / ("samara.exe" if os.name == "nt" else "samara")
_MODULE = _HERE / "samara.wasm"
# Instances that a panic may end before the work as a whole is given up.
_MOST = 100
# Bytes of stack for the module's calls, as many as wasmtime allows, and for the thread around them.
_STACK = 2_000_000
_THREAD = 16 << 20


class Failure(Exception):
    """The command found a fault; the message says what to do."""


def native():
    """Whether this wheel carries a native program."""
    return _PROGRAM.is_file()


def become_native(words):
    """Puts the native program in the place of this one, so that signals reach it; does nothing where there is none."""
    if native() and os.name != "nt":
        if not os.access(_PROGRAM, os.X_OK):
            _PROGRAM.chmod(0o755)
        os.execv(_PROGRAM, [str(_PROGRAM), *words])


def run(words, capture=False, output=None):
    """Runs the command to its end; its exit code, and with `capture` what it said on standard error. `output` names a
    file for what it says on standard output."""
    if native():
        if not os.access(_PROGRAM, os.X_OK):
            _PROGRAM.chmod(0o755)
        with open(output or os.devnull, "wb") as file:
            done = subprocess.run(
                [_PROGRAM, *words], stdout=file if output else None, stderr=subprocess.PIPE if capture else None
            )
        return done.returncode, _message(done.stderr) if capture else ""
    return _on_large_stack(lambda: _by_wasmtime(words, capture, output))


def _on_large_stack(work):
    """What the work returns or raises, on a thread of its own: the stack of this one may be small."""
    outcome = []

    def keep():
        try:
            outcome.append((work(), None))
        except BaseException as fault:
            outcome.append((None, fault))

    before = threading.stack_size(_THREAD)
    thread = threading.Thread(target=keep, daemon=True)
    thread.start()
    threading.stack_size(before)
    while thread.is_alive():
        # In steps, so that Ctrl-C is heard.
        thread.join(0.2)
    result, fault = outcome[0]
    if fault is not None:
        raise fault
    return result


@functools.cache
def _compiled():
    import wasmtime

    config = wasmtime.Config()
    config.cache = True
    config.max_wasm_stack = _STACK
    engine = wasmtime.Engine(config)
    return engine, wasmtime.Module.from_file(engine, str(_MODULE))


# While what it needs to be freed is still there.
atexit.register(_compiled.cache_clear)


def _by_wasmtime(words, capture, output):
    import wasmtime

    engine, module = _compiled()
    with tempfile.TemporaryDirectory(prefix="samara-") as folder:
        journal = Path(folder, "journal")
        errors = Path(folder, "errors")
        before = ""
        for _ in range(_MOST):
            try:
                code = _instance(wasmtime, engine, module, words, journal, errors if capture else None, output)
                return code, _message(errors.read_bytes()) if capture else ""
            except (wasmtime.Trap, wasmtime.WasmtimeError) as trap:
                # A panic ended the instance. Its journal tells the page at fault, which the next one leaves out.
                now = journal.read_text("utf-8") if journal.is_file() else ""
                if len(now) <= len(before) or "-" in words:
                    raise Failure(str(trap)) from trap
                page = now.rstrip("\n").split("\n")[-1].split("\t")[0]
                shown = "".join(c if c.isprintable() else "\ufffd" for c in page)
                print(f"{shown}: its reader failed; going on without it", file=sys.stderr)
                before = now
        raise Failure("too many pages whose reader failed")


def _instance(wasmtime, engine, module, words, journal, errors, output):
    store = wasmtime.Store(engine)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    wasi = wasmtime.WasiConfig()
    wasi.argv = ["samara", *(_guest(word) for word in words)]
    env = {**os.environ, "PWD": _guest(os.getcwd()), "TMPDIR": _guest(tempfile.gettempdir()), "SAMARA_JOURNAL": _guest(str(journal))}
    wasi.env = list(env.items())
    wasi.inherit_stdin()
    if output is None:
        wasi.inherit_stdout()
    else:
        wasi.stdout_file = str(output)
    if errors is None:
        wasi.inherit_stderr()
    else:
        wasi.stderr_file = str(errors)
    for host, guest in _roots():
        wasi.preopen_dir(host, guest)
    store.set_wasi(wasi)
    start = linker.instantiate(store, module).exports(store)["_start"]
    try:
        start(store)
        return 0
    except wasmtime.ExitTrap as exit_:
        return exit_.code


def _roots():
    """The folders that the module may open: all that the user may."""
    if os.name != "nt":
        return [("/", "/")]
    drives = {Path(path).drive for path in (os.getcwd(), tempfile.gettempdir())}
    return [(drive + "\\", "/" + drive[0].upper()) for drive in drives if drive]


def _guest(word):
    """A path of this system as the module sees it: with /, and a drive of Windows as a folder."""
    if os.name != "nt":
        return word
    path = word.replace("\\", "/")
    return f"/{path[0].upper()}{path[2:]}" if path[1:3] == ":/" else path


def _message(bytes_):
    return (bytes_ or b"").decode("utf-8", "replace").strip().removeprefix("error: ")

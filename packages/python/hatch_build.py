"""Two kinds of wheel from one source: SAMARA_PROGRAM names a native command, with SAMARA_TAG the systems that it runs
on; without it, SAMARA_MODULE names the WebAssembly module, and the wheel is for any system."""

import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

WASMTIME = "wasmtime>=30,<100"


class Requirements(MetadataHookInterface):
    PLUGIN_NAME = "custom"

    def update(self, metadata):
        metadata["dependencies"] = [] if os.environ.get("SAMARA_PROGRAM") else [WASMTIME]


class Contents(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version, build_data):
        program = os.environ.get("SAMARA_PROGRAM")
        if program:
            name = "samara.exe" if program.endswith(".exe") else "samara"
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{os.environ['SAMARA_TAG']}"
            build_data["force_include"][program] = f"samara_search/bin/{name}"
        else:
            build_data["force_include"][os.environ["SAMARA_MODULE"]] = "samara_search/samara.wasm"


def get_metadata_hook():
    return Requirements


def get_build_hook():
    return Contents

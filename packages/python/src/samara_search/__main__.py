"""`samara …`: the command."""

import sys

from ._command import Failure, become_native, native, run


def main():
    words = sys.argv[1:]
    become_native(words)
    try:
        if words[:1] == ["serve"] and not native() and "--help" not in words and "-h" not in words:
            from ._serve import serve

            sys.exit(serve(words[1:]))
        sys.exit(run(words)[0])
    except Failure as failure:
        sys.exit(f"error: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

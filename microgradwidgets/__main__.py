"""``python -m microgradwidgets`` is the command ``microgradwidgets``."""

from .cli import main

if __name__ == "__main__":
    raise SystemExit(main())

"""A sweep where no other process can be started: prints what it found, and how often it was said.

``python swept.py`` needs the standard library alone, so that Pyodide can run it.
"""

import warnings

from microgradwidgets.sweeping import train_all

GRID = {"learning_rate": [0.1, 1.0], "hidden": [[4]], "n_samples": 20, "steps": 5}

if __name__ == "__main__":
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        found = train_all(GRID)
    print(*[repr(trial.run.final_loss) for trial in found], sep="\n")  # noqa: T201
    print(len(said), *{warning.category.__name__ for warning in said})  # noqa: T201

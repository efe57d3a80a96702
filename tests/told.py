"""What a page tells of a training, made here from the steps of the trainer.

``tests/browser`` holds the page itself to the same.
"""

from __future__ import annotations

from typing import Any

from microgradwidgets import Dashboard, steps
from microgradwidgets.losses import checked_examples
from microgradwidgets.recorded_loss import RecordedLoss
from microgradwidgets.views.packed import pack
from microgradwidgets.views.settings import RunSettings

NAN = float("nan")
SMALL = {"hidden": [3], "n_samples": 10}
"""A dashboard that is quickly made and trained."""


def told(
    dashboard: Dashboard,
    taken: int,
    step: int | None = None,
    changes: dict[int, dict[str, Any]] | None = None,
    **other: Any,
) -> bytes:
    """The bytes of a run of a dashboard's settings, changed on the way at some steps.

    Args:
        dashboard: whose network, points and settings are trained.
        taken: how many steps are taken.
        step: the one on screen; the last if not given.
        changes: the step, and the settings that hold from it on.
        other: entries of the header that are to say something else.
    """
    numbers, memory = initial(dashboard), ()
    kept, rows, segments = [numbers], [], []
    at: Any = dashboard._initial
    settings = dict(zip(RunSettings._fields, dashboard.run_settings, strict=True))
    points, count = dashboard.data, len(dashboard.training_data)
    tests = checked_examples(points.xs[count:], points.ys[count:]) if count < len(points) else []
    measure, broke = RecordedLoss(at, 2), False
    for number in range(taken):
        if number == 0 or number in (changes or {}):
            settings |= (changes or {}).get(number, {})
            segments.append({"first": number, "settings": dict(settings)})
            start = kept[-1], memory if settings["optimizer"] == optimizer_of(at) else ()
        (at,) = steps(at, dashboard.training_data, steps=1, **options(settings))
        before = kept[-1]
        found = measure(before, tests, settings["alpha"]) if tests else None
        row = [at.loss, at.data_loss, at.reg_loss, at.accuracy, at.learning_rate]
        rows.append(row + ([found.loss, found.accuracy] if found else [NAN, NAN]))
        memory, broke = at.memory, at.divergence is not None
        if broke:
            taken = number
            break
        kept.append([p.data for p in at.model_after.parameters()])
    if not segments:
        segments, start = [{"first": 0, "settings": settings}], (numbers, ())
    shown = taken if step is None else step
    header = {
        "sequence": 1,
        "network": {
            "hidden": [*dashboard.hidden],
            "activation": dashboard.activation,
            "model_seed": dashboard.model_seed,
        },
        "points": dashboard._points.key,
        "trained": count,
        "step": shown,
        "taken": taken,
        "end": taken,
        "rows": len(rows),
        "parameters": len(numbers),
        "memory": len(start[1]),
        "status": "diverged" if broke else "ready",
        "reason": "",
        "segments": segments,
    }
    flat = [x for row in rows for x in row]
    sections = [kept[shown], kept[-1], flat, *map(list, start), numbers]
    return pack("MGWR", header | other, sections)


def initial(dashboard: Dashboard) -> list[float]:
    return [p.data for p in dashboard._initial.parameters()]


def numbers_of(model: Any) -> list[float]:
    return [p.data for p in model.parameters()]


def optimizer_of(at: Any) -> str:
    return getattr(at, "optimizer", "")


def options(settings: dict[str, Any]) -> dict[str, Any]:
    wanted = {name: settings[name] for name in ("alpha", "batch_size", "optimizer")}
    wanted["seed"] = settings["batch_seed"]
    if settings["schedule"] == "constant":
        wanted["learning_rate"] = settings["learning_rate"]
    return wanted


def tell(dashboard, *args, **options):
    packed = told(dashboard, *args, **options)
    dashboard.set_state({"result": memoryview(packed), "step": options.get("step", args[0])})
    assert dashboard.complaint == ""

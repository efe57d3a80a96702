"""States of widgets that stand in a page, and what comes of them, for both languages' tests.

``python -m tests.link_vectors`` writes ``tests/data/link_vectors.json`` anew.
"""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import Any

from microgradwidgets import Dashboard, Diagram, Value, show
from microgradwidgets.views.live import Live
from microgradwidgets.views.live_numbers import float_bytes, ordered
from microgradwidgets.views.settings import CONTROLS, MOST_LAYERS, MOST_UNITS
from microgradwidgets.views.state import FIELDS, Restorable
from microgradwidgets.views.stored import Stored, packed_json
from tests.vectors import as_json

PATH = Path(__file__).parent / "data" / "link_vectors.json"


def diagram() -> Diagram:
    x, w, b = Value(2.0, label="x"), Value(-3.0, label="w"), Value(0.5, label="b")
    return show((x * w + b).tanh().with_label("o"), names=False, overlay="value")


VARIANTS = [{"hidden": [3]}, {"hidden": [2, 2], "activation": "tanh", "model_seed": 7},
            {"dataset": "spiral", "n_samples": 12}]  # fmt: skip


def dashboard() -> Dashboard:
    return Dashboard(
        hidden=[2],
        n_samples=10,
        learning_rate=0.3,
        variants=VARIANTS,
        locked=["alpha"],
        controls=[name for name in CONTROLS if name != "batch_seed"],
    )


OF_DIAGRAM = [
    *("mgw1", "mgw1;step=0", "mgw1;step=13", "mgw1;step=14", "mgw1;step=none", "mgw1;weather=1"),
    *("mgw1;selected=5", "mgw1;selected=6", "mgw1;selected=none", "mgw1;selected=999999999"),
    *("mgw1;edits=0:1.5", "mgw1;edits=0:nan,1:-inf", "mgw1;edits=2:1", "mgw1;edits=99:1"),
    *("mgw1;edits=0:1,0:2,1:-0", "mgw1;edits=", "mgw1;overlay=gradient", "mgw1;overlay=weather"),
    *("mgw1;direction=TB", "mgw1;direction=RL", "mgw1;notation=primitives", "mgw1;notation=x"),
    *("mgw1;check_step=0", "mgw1;check_step=-1", "mgw1;check_step=1e-999", "mgw1;check_step=0.5"),
    *("mgw1;view=1,2,0.5", "mgw1;view=1,2,0", "mgw1;view=1,2", "mgw1;view=1,2,-1", "mgw1;view="),
    *(
        "mgw1;view=1e300,2,1",
        "mgw1;view=1,2,1e10",
        "mgw1;view=none",
        "mgw1;unfolded=0,5,999999999",
        "mgw1;unfolded=none",
    ),
    *("mgw1;theme=dark", "mgw1;theme=pink", "mgw1;presenter=yes;predict=yes", "mgw1;hidden=4"),
    *("mgw1;overlay=none;step=99", "mgw1;__proto__=1;step=1", "mgw1;step=1;step=2"),
]

OF_DASHBOARD = [
    *("mgw1", "mgw1;step=0", "mgw1;step=20;learning_rate=0.5", "mgw1;step=1000000"),
    *("mgw1;step=1000001", "mgw1;step=999999999", "mgw1;step=none", "mgw1;selected=2;edits=0:1"),
    *("mgw1;hidden=3", "mgw1;hidden=2,2;activation=tanh;model_seed=7", "mgw1;noise=0.25"),
    *("mgw1;dataset=spiral;n_samples=12", "mgw1;dataset=spiral;n_samples=12;noise=0;hidden=3"),
    *("mgw1;hidden=33", "mgw1;hidden=0", "mgw1;hidden=1,1,1,1,1", "mgw1;hidden=10000"),
    *("mgw1;n_samples=1", "mgw1;n_samples=2001", "mgw1;noise=2.5", "mgw1;noise=-0.1"),
    *("mgw1;data_seed=9007199254740992", "mgw1;model_seed=9999999999999999", "mgw1;noise=-0"),
    *("mgw1;train_share=0.5", "mgw1;train_share=0.05", "mgw1;train_share=1.5"),
    *("mgw1;learning_rate=-1", "mgw1;learning_rate=1e300", "mgw1;learning_rate=abc"),
    *("mgw1;alpha=-1", "mgw1;alpha=0.0001", "mgw1;batch_size=0", "mgw1;batch_size=2001"),
    *("mgw1;batch_size=4;optimizer=adam;steps=7", "mgw1;batch_size=none", "mgw1;optimizer=lion"),
    *("mgw1;steps=0", "mgw1;steps=100001", "mgw1;target_loss=-5", "mgw1;target_loss=none"),
    *("mgw1;speed=max", "mgw1;speed=7", "mgw1;schedule=demo", "mgw1;schedule=own"),
    *("mgw1;schedule=x", "mgw1;activation=elu", "mgw1;dataset=circles", "mgw1;dataset=own"),
    *("mgw1;selected_point=9", "mgw1;selected_point=10", "mgw1;model_seed=none"),
    *("mgw1;dataset=spiral;n_samples=12;selected_point=11", "mgw1;theme=light;presenter=yes"),
    *("mgw1;locked=hidden,points,hidden", "mgw1;locked=", "mgw1;locked=weather"),
    *("mgw1;controls=hidden,batch_seed,alpha", "mgw1;controls=weather", "mgw1;controls="),
    *("mgw1;step=3;learning_rate=0.5;steps=0", "mgw1;step=3;step=4;locked=hidden"),
]


def outcome(widget: Restorable, text: str) -> dict[str, Any]:
    """What Python makes of it: the words of its refusal, or how the widget is then."""
    try:
        widget.restore(text)
    except ValueError as error:
        return {"text": text, "refused": str(error)}
    fields = {f.trait: widget._crossing(f.trait) for f in FIELDS if widget.has_trait(f.trait)}
    made = {}
    if isinstance(widget, Dashboard):
        numbers = [*chain.from_iterable(widget.data.xs), *widget.data.ys]
        made = {"network": widget.network, "points": float_bytes(numbers)}
    hashes = {name: sha256(packed).hexdigest() for name, packed in made.items()}
    return {"text": text, "traits": fields, "made": hashes, "numbers": numbers_of(widget)}


def numbers_of(widget: Restorable) -> list[list[float | str]]:
    """Of a diagram its values and its gradients, in the order of the tape."""
    if not isinstance(widget, Diagram):
        return []
    order = ordered(widget.value)
    gradients = widget.gradients
    return [[as_json(v.data) for v in order], [as_json(gradients[v]) for v in order]]


BESIDE = {
    *("_figure", "tape", "editable", "ghosts", "selected_parameter", "result", "watching"),
    *("watched", "network", "points", "variants"),
}


def stored(widget: Live) -> Any:
    """What a page needs of a widget to judge a state."""
    names = BESIDE | {field.trait for field in FIELDS}
    traits = {name: x for name, x in sorted(Stored.of(widget).traits.items()) if name in names}
    return json.loads(packed_json(traits))


def limits() -> dict[str, Any]:
    """How far Python lets each trait go."""
    found: dict[str, Any] = {}
    for trait in [*Diagram.class_traits().values(), *Dashboard.class_traits().values()]:
        name = trait.name
        if hasattr(trait, "low") and name in {field.trait for field in FIELDS}:
            ends = [x if isfinite(x) else None for x in (trait.low, trait.high)]
            found[name] = [*ends, type(trait.low) is int]
        elif hasattr(trait, "options") and name in {field.trait for field in FIELDS}:
            found[name] = [*trait.options]
    return {**found, "hidden": [MOST_LAYERS, MOST_UNITS], "controls": [*CONTROLS]}


def document() -> str:
    kinds = {"diagram": (diagram, OF_DIAGRAM), "dashboard": (dashboard, OF_DASHBOARD)}
    written: dict[str, Any] = {"limits": limits()}
    for name, (make, texts) in kinds.items():
        outcomes = []
        for text in texts:
            widget = make()
            outcomes.append(outcome(widget, text))
            widget.close()
        kept = sorted(Stored.of(make()).traits)
        written[name] = {"of_a_page": kept, "stored": stored(make()), "outcomes": outcomes}
    return json.dumps(written, indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")

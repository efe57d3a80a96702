"""A bar for long runs, in a notebook cell or a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tqdm.auto import tqdm

from ..text import loss_text
from ..trainer import Step


def progress_bar(steps: Iterable[Step], total: int) -> Iterator[Step]:
    """Pass steps on, and show how many have been taken, the loss and the accuracy.

    ``train(model, data, steps=5_000, progress=progress_bar)``. Numbers are redrawn ten times a
    second at most, so it costs next to nothing.

    >>> from microgradwidgets import MLP, moons, train
    >>> train(MLP(2, [4, 1]), moons(10), steps=5, progress=progress_bar)
    Run(5 steps, loss 0.5568, accuracy 80.0%)
    """
    with tqdm(total=total, unit="step") as bar:
        for step in steps:
            bar.set_postfix_str(
                f"loss {loss_text(step.loss)}, accuracy {step.accuracy:.1%}", refresh=False
            )
            bar.update()
            yield step

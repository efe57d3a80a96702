"""What is wrong with an answer, in a sentence; nothing, where it is right.

What is said is what the figure says in predict mode (``js/src/strings/quiz.ts``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

from .typed import is_right, typed_number

NO_NUMBER = "Type a number, such as 0.5, 1/3, −2e-5, nan or inf."
NO_SIGN = "Say one of positive, negative and zero."
WRONG_SIGN = "Right size, wrong sign."
NOT_YET = "Not yet."
MOST_NAMES = 1000

_SIGNS = {
    **dict.fromkeys(("positive", "+", "plus"), "positive"),
    **dict.fromkeys(("negative", "-", "−", "minus"), "negative"),
    **dict.fromkeys(("zero", "none", "±0"), "zero"),
}


def judged_number(answer: object, truth: float, thoughts: Iterable[tuple[float, str]]) -> str:
    """What to say of a wrong number.

    Args:
        answer: a number, or text that stands for one.
        truth: what is right.
        thoughts: numbers that come of common thoughts, with what to say of each.
    """
    number = _number(answer)
    if number is None:
        return NO_NUMBER
    if is_right(number, truth):
        return ""
    if is_right(-number, truth):
        return WRONG_SIGN
    if not isfinite(truth):
        return "It is no ordinary number: nan, inf or −inf."
    if not isfinite(number):
        return "It is an ordinary number."
    for wrong, words in thoughts:
        if is_right(number, wrong):
            return words
    if is_right(number / 10.0, truth):
        return "Ten times too large."
    if is_right(number * 10.0, truth):
        return "Ten times too small."
    return "Close, but not within 1 %." if abs(number - truth) <= 0.05 * abs(truth) else NOT_YET


def judged_sign(answer: object, truth: str) -> str:
    """What to say of a wrong sign, given as a word, a mark or a number."""
    said = _SIGNS.get(answer.strip().lower()) if isinstance(answer, str) else None
    if said is None:
        number = _number(answer)
        if number is None or number != number:
            return NO_SIGN
        said = "positive" if number > 0.0 else "negative" if number < 0.0 else "zero"
    return "" if said == truth else NOT_YET


def judged_choice(answer: object, truth: Sequence[str], options: Sequence[str]) -> str:
    """What to say of a wrong choice of names."""
    chosen = _names(answer, options)
    if chosen is None:
        return f"Name those that change, out of {', '.join(options)}; or say none."
    missing, extra = len(set(truth) - chosen), len(chosen - set(truth))
    words = []
    if missing:
        words.append("One more changes." if missing == 1 else f"{missing} more change.")
    if extra:
        one = "One of those does not change."
        words.append(one if extra == 1 else f"{extra} of those do not change.")
    return " ".join(words)


def _number(answer: object) -> float | None:
    if isinstance(answer, str):
        return typed_number(answer)
    if isinstance(answer, bool):
        return None
    try:
        return float(answer)  # type: ignore[arg-type]
    except Exception:  # whatever a learner's own object does, it is no number
        return None


def _names(answer: object, options: Sequence[str]) -> set[str] | None:
    """The names chosen; None where something else is said."""
    if isinstance(answer, str):
        if answer in options:
            return {answer}
        chosen = [] if answer.strip().lower() in ("", "none") else answer.split(",")
    elif isinstance(answer, Iterable) and not isinstance(answer, (bytes, Mapping)):
        try:
            chosen = [name for name, _ in zip(answer, range(MOST_NAMES))]  # noqa: B905
        except Exception:  # as above
            return None
    else:
        return None
    if not all(isinstance(name, str) for name in chosen):
        return None
    names = {name if name in options else name.strip() for name in chosen}
    return names if names <= set(options) else None

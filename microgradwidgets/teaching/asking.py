"""One question about one value: its words, its answer, and how the answer is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ..formula import Formula, equal
from ..formula_text import formula_text
from ..tape_bytes import MUL, OP_NAMES
from ..text import short_number
from .ground import Ground
from .nudging import Nudge
from .question import Question
from .sentences import Sentence, Term, listed

Fact: TypeAlias = tuple[str, int]
"""``("value", i)`` or ``("gradient", i)``: a number that a question may need or ask for."""

Asked: TypeAlias = Mapping[Fact, int]
"""What questions ask for, with their numbers: what one asks for no other one may tell."""


def value_question(ground: Ground, i: int, asked: Asked) -> Question:
    """What number does an operation give?"""
    notation = ground.notation
    in_words, in_numbers = (notation.operation(i, say) for say in (notation.call, notation.number))
    result = notation.number(i)
    if formula_text(result) == formula_text(in_numbers):  # −2, of 2 with a sign and of −2
        result = in_numbers
    return Question(
        kind="value",
        node=ground.values[i],
        name=ground.name(i),
        prompt=("What is the value of ", ground.made(i), "?"),
        given=_given(ground, ground.operands(i), asked),
        step=ground.place[i],
        answer=ground.data[i],
        worked=_worked(equal(notation.own(i), in_words, in_numbers, result)),
        thoughts=_other_results(ground, i),
    )


def gradient_question(ground: Ground, i: int, asked: Asked) -> Question:
    """What is the derivative of the output by a value?"""
    return _about_gradient(ground, i, asked, is_sign=False)


def sign_question(ground: Ground, i: int, asked: Asked) -> Question:
    """Is it above or below zero?"""
    return _about_gradient(ground, i, asked, is_sign=True)


def changes_question(ground: Ground, nudge: Nudge, options: Sequence[int]) -> Question:
    """Which of these values change when a leaf grows?"""
    leaf, before, after = nudge.leaf, nudge.before, nudge.after
    name, other = Term(ground.name(leaf)), "" if len(ground.tape.leaves) < 2 else ", all else stays"
    made = [(ground.written_out(i),) for i in options]
    return Question(
        kind="changes",
        node=ground.values[leaf],
        name=name,
        prompt=(
            *(name, " grows from "),
            *(Term(short_number(before[leaf])), " to ", Term(short_number(after[leaf]))),
            f"{other}. Which of these change: ",
            *listed([(Term(ground.name(i)),) for i in options]),
            "?",
        ),
        given=("Here ", *listed(made), "."),
        step=len(ground.tape.steps),
        answer=tuple(ground.name(i) for i in options if nudge.changes(i)),
        worked=tuple(_fate(ground, nudge, i) for i in options),
        options=tuple(ground.name(i) for i in options),
    )


def needs(ground: Ground, i: int) -> set[Fact]:
    """What has to be known for the gradient of a value."""
    facts: set[Fact] = set()
    for user in ground.users(i):
        facts.add(("gradient", user))
        facts |= {("value", j) for j in _factors(ground, i, user)}
    return facts


def _about_gradient(ground: Ground, i: int, asked: Asked, *, is_sign: bool) -> Question:
    name, output = Term(ground.name(i)), Term(ground.name(ground.output))
    gradient = ground.gradients[i]
    sign = "positive" if gradient > 0.0 else "negative" if gradient < 0.0 else "zero"
    total = ground.derivation(i).total
    worked = _worked(total)
    symbol = Term(formula_text(total[1]))
    if is_sign:
        prompt: Sentence = (
            *("Is the gradient of ", name, ", ", symbol),
            ", positive, negative or zero?",
        )
        worked = (f"{worked[0]}, so it is {sign}", *worked[1:])
    elif i == ground.output:
        prompt = ("What is the gradient of the output ", output, " by itself?")
    else:
        prompt = ("What is the gradient of ", name, ", ", symbol, "?")
    return Question(
        kind="sign" if is_sign else "gradient",
        node=ground.values[i],
        name=name,
        prompt=prompt,
        given=_given_by_users(ground, i, asked),
        step=_due(ground, i),
        answer=sign if is_sign else gradient,
        worked=worked,
        options=("positive", "negative", "zero") if is_sign else (),
        thoughts=() if is_sign else _thoughts(ground, i),
    )


def _due(ground: Ground, i: int) -> int:
    """After how many steps the gradient lacks its last contribution: that of the first use."""
    operations = len(ground.tape.steps)
    if not ground.uses[i]:
        return operations
    return 2 * operations - ground.place[ground.uses[i][0][0]]


# -- what has to be known -------------------------------------------------------------------------


def _given(ground: Ground, values: Iterable[int], asked: Asked) -> Sentence:
    """The numbers of some values, or which question asks for them."""
    told = [_number_of(ground, i, asked) for i in values if not ground.is_told(i)]
    return ("Here ", *listed(told), ".") if told else ()


def _number_of(ground: Ground, i: int, asked: Asked) -> Sentence:
    if ("value", i) in asked:
        return (Term(ground.called(i)), f" is the answer to question {asked['value', i]}")
    return (ground.has_number(i),)


def _given_by_users(ground: Ground, i: int, asked: Asked) -> Sentence:
    """What is made from a value, with the gradients there, and the factors on the way."""
    users = ground.users(i)
    if not users:
        return ()
    told = []
    for user in users:
        if user == ground.output:
            gradient: Sentence = (", the output",)
        elif ("gradient", user) in asked:
            gradient = (f" with the gradient from question {asked['gradient', user]}",)
        else:
            number = Term(short_number(ground.gradients[user]))
            gradient = (" with the gradient ", number)
        told.append((ground.made(user), *gradient))
    factors = [j for user in users for j in _factors(ground, i, user)]
    numbers = _given(ground, [*dict.fromkeys(factors)], asked)
    spaced = (" ", *numbers) if numbers else ()
    is_known = ground.is_leaf(i) or ground.notation.is_named(i)
    it = "It" if is_known else ground.made(i)
    return (it, " goes into ", *listed(told), ".", *spaced)


def _factors(ground: Ground, i: int, user: int) -> list[int]:
    """Whose numbers the local derivative of a use is worked out from."""
    found: list[int] = []
    for to, side in ground.uses[i]:
        if ground.notation.root(to) != user:
            continue
        code, host = ground.tape.ops[to], ground.notation.host.get(to)
        name = OP_NAMES[code]
        if code == MUL:
            other = (ground.tape.left if side else ground.tape.right)[to]
            # Of a quotient the other factor is a reciprocal, which is not written.
            found.append(ground.tape.left[other] if other in ground.notation.host else other)
        elif name in ("tanh", "exp", "sigmoid"):
            found.append(to)
        elif name == "pow" and host is not None and ground.tape.ops[host] == MUL:
            found += [ground.tape.left[host], i]
        elif name in ("pow", "relu", "log"):
            found.append(i)
    return [j for j in dict.fromkeys(found) if not ground.is_told(j)]


# -- how it is found ------------------------------------------------------------------------------


def _worked(formula: Formula) -> tuple[str, ...]:
    line = formula_text(formula)
    if " > 0]" in line:
        return line, "a condition in square brackets is 1 where it holds, else 0"
    return (line,)


def _fate(ground: Ground, nudge: Nudge, i: int) -> str:
    """What becomes of a value when a leaf grows."""
    before, after = short_number(nudge.before[i]), short_number(nudge.after[i])
    if nudge.changes(i):
        return f"{ground.made(i)} goes from {before} to {after}"
    if i in nudge.depends:
        return f"{ground.made(i)} stays {before}: the change is stopped on its way"
    return f"{ground.made(i)} stays {before}: {ground.name(nudge.leaf)} is no part of it"


def _other_results(ground: Ground, i: int) -> tuple[tuple[float, str], ...]:
    """The results of other operations on the same operands."""
    a, b = ground.tape.left[i], ground.tape.right[i]
    if len(ground.notation.entries(i)) > 2 or b in ground.notation.host:
        return ()
    x = ground.data[a]
    if b < 0:
        return ((x, "That is what goes in; something else comes out."),)
    y = ground.data[b]
    results = ((x + y, "sum"), (x * y, "product"), (x - y, "difference"))
    return tuple((number, f"That is the {what}.") for number, what in results)


def _thoughts(ground: Ground, i: int) -> tuple[tuple[float, str], ...]:
    """What is commonly taken for a gradient."""
    value = (ground.data[i], f"That is the value of {ground.name(i)}, not its gradient.")
    uses = ground.uses[i]
    if len(uses) != 1:
        places = "That is what one of its uses brings; it is used more than once."
        return (*((_contribution(ground, use), places) for use in uses[:6]), value)
    (to, side) = uses[0]
    upstream = ground.gradients[to]
    local = "That is the local derivative; multiply it by the upstream gradient, "
    own = "The local derivative by a factor is the other factor, not the factor itself."
    thoughts = [
        (ground.tape.local_gradients(to, ground.data)[side], f"{local}{short_number(upstream)}."),
        (upstream, "That is the upstream gradient; multiply it by the local derivative."),
    ]
    if ground.tape.ops[to] == MUL:
        thoughts.append((upstream * ground.data[i], own))
    return (*thoughts, value)


def _contribution(ground: Ground, use: tuple[int, int]) -> float:
    to, side = use
    return ground.gradients[to] * ground.tape.local_gradients(to, ground.data)[side]

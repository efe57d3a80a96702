"""Generators that yield inside a group, on whatever Python runs this: where values were made."""

from microgradwidgets import Tape, Value, group

x = Value(2.0, label="x")


def work(name):
    with group(name):
        while True:
            yield x.tanh(label=f"in {name}")


def place(value):
    tape = Tape.record(value)
    return tape.groups[tape.group_of[-1]].name if tape.groups else "-"


first, second = work("first"), work("second")
values = [next(first), next(second), x.exp()]
with group("caller"):
    values += [next(first), x.exp(), next(second), x.exp()]
first.close()
values += [next(second), x.exp()]
second.close()
print(*map(place, values), sep="\n")  # noqa: T201

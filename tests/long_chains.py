"""What is said of a function that orders a long chain by a loop, and by calls within calls."""

from microgradwidgets import check


def by_loop(output):
    """Operands first, each once."""
    order, seen, todo = [], set(), [(output, False)]
    while todo:
        one, is_ready = todo.pop()
        if is_ready:
            order.append(one)
        elif one not in seen:
            seen.add(one)
            todo.append((one, True))
            todo += [(operand, False) for operand, _ in one.edges]
    return order


def by_calls(output):
    """The same, as long as Python has room for the calls."""
    order = []

    def visit(one):
        if one not in order:
            for operand, _ in one.edges:
                visit(operand)
            order.append(one)

    visit(output)
    return order


if __name__ == "__main__":
    for function in (by_loop, by_calls, by_loop):
        print(check("07.2", function))  # noqa: T201

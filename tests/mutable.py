"""An engine that really is mutable, to hold the simulated one against."""

from __future__ import annotations

from microgradwidgets import Value


class Node:
    """One value with a ``grad`` to write on, in micrograd's manner."""

    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.edges = []

    @property
    def operands(self):
        return [operand for operand, _ in self.edges]

    def hand_on(self):
        for operand, local in self.edges:
            operand.grad += self.grad * local

    def backward(self):
        self.grad = 1.0
        for node in reversed(topological_order(self)):
            node.hand_on()


def topological_order(output):
    order, met = [], set()

    def visit(node):
        if node not in met:
            met.add(node)
            for operand in node.operands:
                visit(operand)
            order.append(node)

    visit(output)
    return order


def nodes_of(value: Value, kept: dict[int, Node] | None = None) -> list[Node]:
    """Nodes for all that leads to a value, in topological order; ``kept`` has some that exist."""
    nodes = {}
    for place, (key, record) in enumerate(value.graph.items()):
        nodes[key] = (kept or {}).get(place) or Node(record.data)
        nodes[key].edges = [(nodes[e.parent_id], e.local_gradient) for e in record.parents]
    return [*nodes.values()]

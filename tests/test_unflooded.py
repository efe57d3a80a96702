"""Twenty thousand changes of a trait are few messages, and the last one is right."""

import asyncio

import pytest

from microgradwidgets import Value, show
from microgradwidgets.views.unflooded import AT_ONCE


@pytest.fixture
def diagram(sent):
    diagram = show(Value(2.0, label="w") * 3.0)
    assert diagram.model_id  # somebody shows it
    sent.clear()
    return diagram


def names_in(sent):
    return [{one} if isinstance(one, str) else set(one) for one in sent]


async def quiet(diagram):
    while diagram._unsent:
        await asyncio.sleep(0)


def test_a_flood_is_few_messages_and_its_last_word_is_sent(diagram, sent):
    async def flood():
        for n in range(20_000):
            diagram.edits = {"w": float(n)}
            diagram.theme = ("light", "dark")[n % 2]
        unsent = {*diagram._unsent}
        before = len(sent)
        await quiet(diagram)
        assert names_in(sent[before:]) == ([unsent] if unsent else [])

    asyncio.run(flood())
    assert AT_ONCE < len(sent) < 2_000


def test_a_few_changes_are_sent_as_they_come(diagram, sent):
    async def change():
        for n in range(AT_ONCE // 2):
            diagram.edits = {"w": float(n)}
        return len(sent)

    assert asyncio.run(change()) == AT_ONCE // 2


def test_without_a_loop_every_change_is_sent(diagram, sent):
    for n in range(3 * AT_ONCE):
        diagram.edits = {"w": float(n)}
    assert len(sent) == 3 * AT_ONCE


def test_a_message_comes_after_what_was_changed_before(diagram, sent):
    async def change():
        for n in range(3 * AT_ONCE):
            diagram.edits = {"w": float(n)}
        diagram.send({"kind": "told"})

    asyncio.run(change())
    assert names_in(sent[-2:-1]) == [{"edits"}]
    assert sent[-1] == {"kind": "told"}


def test_closed_in_the_middle_of_a_flood_it_sends_nothing_more(diagram, sent):
    async def change():
        for n in range(3 * AT_ONCE):
            diagram.edits = {"w": float(n)}
        diagram.close()
        before = len(sent)
        await quiet(diagram)
        assert len(sent) == before

    asyncio.run(change())

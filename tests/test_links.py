"""What stands in a page, and the states that a link may bring it into."""

import json

from tests import link_vectors


def test_the_vectors_shared_with_javascript_are_those_of_today():
    stored = json.loads(link_vectors.PATH.read_text("ascii"))
    assert stored == json.loads(link_vectors.document())
    for figure in ("diagram", "dashboard"):
        outcomes = stored[figure]["outcomes"]
        assert sum("refused" in outcome for outcome in outcomes) >= 15
        assert sum("traits" in outcome for outcome in outcomes) >= 15

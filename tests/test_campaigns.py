"""Each campaign on as many cases as every run of the tests can afford."""

import pytest

from tests.nightly.campaigns import CAMPAIGNS

# Seeds that no night comes to, which counts up from 0.
SEED = 1_000_000_000


@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=lambda campaign: campaign.name)
def test_nothing_breaks_the_promise(campaign, measured):
    outcome = campaign.run(SEED, campaign.per_change)
    assert outcome.failures == []
    assert outcome.cases >= campaign.per_change
    measured(campaign.name, f"0 of {outcome.cases:,} failed", campaign.promise)
    for what, number in {**outcome.counts, **outcome.worst}.items():
        measured(f"{campaign.name}: {what}", f"{number:,.6g}", "")

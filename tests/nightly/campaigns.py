"""All campaigns, in the order in which a night begins them."""

from __future__ import annotations

from tests.nightly.campaign import Campaign
from tests.nightly.gradients import GRADIENTS
from tests.nightly.layouts import LAYOUTS

CAMPAIGNS: list[Campaign] = [
    GRADIENTS,
    LAYOUTS,
]

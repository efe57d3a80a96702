"""All campaigns, in the order in which a night begins them."""

from __future__ import annotations

from tests.nightly.campaign import Campaign
from tests.nightly.complex_steps import COMPLEX_STEPS
from tests.nightly.gradients import GRADIENTS
from tests.nightly.labels import LABELS
from tests.nightly.layouts import LAYOUTS
from tests.nightly.page_operations import PAGE_OPERATIONS
from tests.nightly.page_replays import PAGE_REPLAYS
from tests.nightly.replays import REPLAYS
from tests.nightly.spoiled import SPOILED_TAPES
from tests.nightly.spoiled_messages import SPOILED_MESSAGES
from tests.nightly.spoiled_states import SPOILED_STATES

CAMPAIGNS: list[Campaign] = [
    GRADIENTS,
    COMPLEX_STEPS,
    REPLAYS,
    PAGE_OPERATIONS,
    PAGE_REPLAYS,
    LAYOUTS,
    SPOILED_TAPES,
    SPOILED_STATES,
    LABELS,
    SPOILED_MESSAGES,
]

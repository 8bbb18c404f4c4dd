"""The kinds of channels that only the harnesses have."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from scheduler import channels
from tests.chaos import kinds


@pytest.fixture
def more_kinds() -> Iterator[None]:
    with patch.dict(channels.kinds(), kinds.OURS):
        yield

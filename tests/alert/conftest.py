from __future__ import annotations

from collections.abc import Iterator

import pytest

from zmpwatch.alert.send import AppriseSender

from .servers import PostOffice, Receiver, post_office, receiver
from .towns import TownNames


@pytest.fixture
def names() -> TownNames:
    return TownNames()


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.fixture
def mail() -> Iterator[PostOffice]:
    with post_office() as found:
        yield found


@pytest.fixture
def sender() -> AppriseSender:
    """The real one, less patient."""
    return AppriseSender(read_timeout=1.0, connect_timeout=1.0, service_timeout=5.0, deadline=20.0)

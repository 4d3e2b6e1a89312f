"""From the page to the alert, with the history in a file and on a PostgreSQL server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from zmpwatch.service.keeping import forget, verify
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver

from .conftest import Crawl
from .world import World, association_home


class WorldElsewhere(World):
    """The same world with its history elsewhere."""

    database = ""

    def write(self) -> Path:
        path = super().write()
        values = yaml.safe_load(path.read_text(encoding="utf-8")) | {"database": self.database}
        path.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
        return path


@pytest.fixture
def world(tmp_path: Path, inbox: Receiver, database_url: str) -> Iterator[World]:
    with WorldElsewhere(tmp_path) as made:
        made.database = database_url
        made.add("zmp", "association").put("/", association_home(373))
        made.subscribers = [{"name": "redakcja", "to": [inbox.url("redakcja")]}]
        yield made


def test_a_change_gives_one_alert_and_a_history_that_holds(world: World, run: Crawl, inbox: Receiver) -> None:
    first = run().baseline
    assert first is not None
    assert first.members == 373
    world.sites["zmp"].put("/", association_home(381))
    assert run().baseline is None
    run()
    assert len(inbox.messages) == 1
    config = world.config()
    found = verify(config)
    assert found.problems == []
    assert found.archived == 2
    with open_store(config) as store:
        url = store.changes()[-1].evidence[0].url
        assert [belief.members for belief in store.count_history("zmp")] == [373, 381]
    forget(config, url, "a test", world.now)
    assert verify(config).problems == []

"""A page that was taken down does not come back with the next crawl."""

from zmpwatch.service.keeping import forget, verify
from zmpwatch.service.opening import open_store

from .conftest import Crawl
from .world import World, association_home


def test_a_page_that_was_taken_down_is_not_stored_again(world: World, run: Crawl) -> None:
    run()
    config = world.config()
    with open_store(config) as store:
        (official,) = [one for one in store.count_statements() if one.source.site == "zmp"]
    url = official.source.url
    done = forget(config, url, "a test", world.now)
    assert done.snapshots == 1
    assert len(done.removed) == 1
    run()
    world.sites["zmp"].put("/", association_home(381))
    run()
    with open_store(config) as store:
        kept = [one.statement.quote for one in store.count_statements() if one.source.url == url]
        assert set(kept) == {"[removed]"}
        assert not store.archive.has(done.removed[0])
    assert verify(config).problems == []

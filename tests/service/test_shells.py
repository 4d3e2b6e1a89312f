"""Sites whose pages a script draws: read from the data they carry, or reported, never taken for sites without news."""

from __future__ import annotations

import json

import pytest

from zmpwatch.cli.application import run as program
from zmpwatch.service.opening import open_store

from .conftest import Crawl
from .world import World

SHELL = (
    '<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>Miasto Hajnówka</title>{}</head><body>'
    '<noscript>Włącz obsługę JavaScript, aby wyświetlić stronę.</noscript><div id="root"></div>'
    '<script defer src="/static/js/main.js"></script></body></html>'
)
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Hajnówka w Związku Miast Polskich",
    "datePublished": "2025-06-20",
    "articleBody": "Zarząd Związku Miast Polskich przyjął 18 czerwca 2025 r. Hajnówkę w poczet członków.",
}


def test_a_site_that_shows_nothing_without_a_script_is_reported(world: World, run: Crawl) -> None:
    world.sites["bip"].put("/", SHELL.format(""))
    result = run()
    (visit,) = [visit for visit in result.routine if visit.site == "bip"]
    assert not visit.verdict.healthy
    assert any(
        problem == f"unreadable: {world.sites['bip'].url}: a script draws the page: there is no text without JavaScript"
        for problem in visit.problems
    )


def test_what_its_data_says_is_read(world: World, run: Crawl) -> None:
    data = f'<script type="application/ld+json">{json.dumps(ARTICLE)}</script>'
    world.sites["bip"].put("/", SHELL.format(data))
    run()
    with open_store(world.config()) as store:
        (found,) = store.membership_statements(["2005011"])
    assert (found.statement.stage, found.statement.date) == ("admitted", "2025-06-18")


def test_a_probe_says_so(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.sites["bip"].put("/", SHELL.format(""))
    config = str(world.write())
    capsys.readouterr()
    program(["--config", config, "sites", "probe", world.sites["bip"].url, "--json"])
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert any(problem.startswith("a script draws the page: nothing of it can be read") for problem in problems)

"""A family made by the generator: its test fails for the reason it is made for, and passes once it is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from crawl.web import Web, html

from zmpwatch.cli.application import run
from zmpwatch.errors import ConfigError, CrawlError
from zmpwatch.service.familymaking import make_family

ROOT = Path(__file__).parents[2]
PAGE = html(
    "Kurier",
    '<nav><a href="/kontakt">Kontakt</a></nav>'
    '<ul><li><a href="/w/1">Gmina przystępuje do Związku Miast Polskich</a></li>'
    '<li><a href="/galeria/2">Galeria</a></li></ul>',
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A project of its own, with the families there are."""
    shutil.copytree(ROOT / "spiders", tmp_path / "spiders", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def outcome_of(checkout: Path, test: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(checkout), str(ROOT)]), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test)]
    return subprocess.run(command, cwd=checkout, env=env, capture_output=True, text=True, check=False)


def test_the_test_of_a_new_family_fails_and_says_what_to_fill_in(checkout: Path) -> None:
    with Web({"/": PAGE}) as web:
        made = make_family(checkout, "kurier", web.url())
        assert [seen.path for seen in web.seen] == ["/robots.txt", "/"]
    assert [str(path.relative_to(checkout)) for path in made] == [
        "spiders/kurier.py",
        "tests/spiders/families/kurier/page.html",
        "tests/spiders/families/kurier/headers.json",
        "tests/spiders/families/kurier/expected.json",
        "tests/spiders/test_kurier_family.py",
    ]
    assert made[1].read_text(encoding="utf-8") == PAGE

    first = outcome_of(checkout, made[-1])
    assert first.returncode == 1, first.stdout + first.stderr
    assert "1 failed" in first.stdout
    assert "expected.json: name under follow which links of the page lead to news" in first.stdout
    assert f"{web.url()}w/1" in first.stdout

    made[3].write_text(json.dumps({"follow": ["/w/1"], "leave": ["/galeria/2"]}), encoding="utf-8")
    second = outcome_of(checkout, made[-1])
    assert second.returncode == 0, second.stdout + second.stderr

    made[3].write_text(json.dumps({"follow": ["/galeria/2"], "leave": ["/w/1", "/nie-ma"]}), encoding="utf-8")
    third = outcome_of(checkout, made[-1])
    assert third.returncode == 1
    assert "/galeria/2: promises" in third.stdout
    assert "and should be followed (from 6 on)" in third.stdout
    assert "and should be left" in third.stdout
    assert "/nie-ma: stands in" in third.stdout


def test_what_is_made_passes_the_checks_of_the_house(checkout: Path) -> None:
    saved = checkout / "saved.html"
    saved.write_bytes("<a href='/x'>Związek</a>".encode("cp1250"))
    made = make_family(checkout, "stary_portal", "https://stary.example/", saved=saved)
    assert made[1].read_bytes() == saved.read_bytes()
    assert json.loads(made[2].read_text(encoding="utf-8")) == {"url": "https://stary.example/"}
    shutil.copy(ROOT / "pyproject.toml", checkout)
    # only in the checkout itself do both packages stand side by side, which the order of imports (I001) goes by
    ruff = Path(sys.executable).with_name("ruff")
    for arguments in (["check", "--ignore=I001"], ["format", "--check", "--diff"]):
        result = subprocess.run(
            [ruff, *arguments, made[0], made[-1]],
            cwd=checkout,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", ["Kurier", "1a", "class", "platforms", "site", "bip", "../x", "a b", ""])
def test_a_name_that_is_none_or_taken_writes_nothing(checkout: Path, name: str) -> None:
    before = sorted(checkout.rglob("*"))
    with pytest.raises(ConfigError):
        make_family(checkout, name, "https://stary.example/", saved=checkout / "spiders" / "__init__.py")
    assert sorted(checkout.rglob("*")) == before


def test_a_folder_that_is_no_checkout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no checkout"):
        make_family(tmp_path, "kurier", "https://kurier.example/")


def test_a_page_that_does_not_come_writes_nothing(checkout: Path) -> None:
    with Web({}) as web, pytest.raises(CrawlError, match="status 404"):
        make_family(checkout, "kurier", web.url())
    assert not (checkout / "spiders" / "kurier.py").exists()
    assert not (checkout / "tests").exists()


def test_the_command_says_what_comes_next(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = checkout / "saved.html"
    saved.write_text(PAGE, encoding="utf-8")
    arguments = ["sites", "new-family", "kurier", "kurier.example", "--folder", str(checkout), "--page", str(saved)]
    assert run(["--config", str(checkout / "none.yaml"), *arguments]) == 0
    printed = capsys.readouterr().out
    assert "spiders/kurier.py: written" in printed
    assert "next: pytest" in printed
    assert run(["--config", str(checkout / "none.yaml"), *arguments]) == 2
    assert "is there already" in capsys.readouterr().err

"""Lines of configuration put into files of every shape: comments, order and line ends stay as they are."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.config import example_config, load_config
from zmpwatch.errors import ConfigError
from zmpwatch.service.sitelines import add_lines, duplicate_of, free_name, site_lines

LINES = site_lines("nowa", "bip", "https://bip.nowa.example/?c=1", "2005011", every="1d")


def added(tmp_path: Path, text: str, lines: str = LINES) -> tuple[str, int]:
    path = tmp_path / "config.yaml"
    path.write_bytes(text.encode())
    line = add_lines(path, lines, {})
    return path.read_bytes().decode(), line


SITE = "name: a\n{0}family: bip\n{0}url: https://a.example/\n"


@pytest.mark.parametrize(
    ("before", "indent", "line"),
    [
        ("sites:\n  - " + SITE.format("    "), "  ", 5),
        ("sites:\n- " + SITE.format("  "), "", 5),
        ("sites:\n-   " + SITE.format("    "), "", 5),
        ("sites:\n    - " + SITE.format("      ") + "      # last words\n\n\n# end\nknowledge: false\n", "    ", 5),
        (
            "sites:\n  - "
            + SITE.format("    ")
            + "    hosts:\n      - b.example\n      - c.example\nknowledge: false\n",
            "  ",
            8,
        ),
        ("sites:\n  - {name: a, family: bip, url: 'https://a.example/'}\n", "  ", 3),
        ("sites: []\n", "  ", 2),
        ("sites: []   # none yet\nknowledge: false\n", "  ", 2),
        ("sites:\n\nknowledge: false\n", "  ", 2),
        ("sites: ~\n", "  ", 2),
        ("knowledge: false\n", "  ", 3),
        ("knowledge: false", "  ", 3),
        ("sites:\n  - " + SITE.format("    ").rstrip("\n"), "  ", 5),
    ],
)
def test_a_site_is_put_at_the_end_of_the_list(tmp_path: Path, before: str, indent: str, line: int) -> None:
    text, at = added(tmp_path, before)
    assert at == line
    rows = text.splitlines()
    assert rows[at - 1 : at + 4] == [f"{indent}{row}" for row in LINES.splitlines()]
    config = load_config(tmp_path / "config.yaml", {})
    assert config.sites[-1].name == "nowa"
    assert config.sites[-1].municipality == "2005011"
    kept = rows[: at - 1] + rows[at + 4 :]
    rewritten = {"sites: []": "sites:", "sites: ~": "sites:", "sites: []   # none yet": "sites:   # none yet"}
    assert kept == [rewritten.get(row, row) for row in before.splitlines()] + ["sites:"] * ("sites" not in before)


def test_line_ends_of_the_file_are_kept(tmp_path: Path) -> None:
    text, _ = added(tmp_path, "sites:\r\n  - name: a\r\n    family: bip\r\n    url: https://a.example/\r\n")
    assert text.count("\r\n") == text.count("\n") == 9


def test_the_example_takes_a_site(tmp_path: Path) -> None:
    example = example_config()
    text, at = added(tmp_path, example)
    rows = text.splitlines(keepends=True)
    assert "".join(rows[: at - 1] + rows[at + 4 :]) == example
    assert rows[at + 4] == "\n"
    assert rows[at + 5].startswith("# All municipalities")


@pytest.mark.parametrize(
    "before", ["sites: [{name: a, family: bip, url: 'https://a.example/'}]\n", "sites: &all\n  x: 1\n"]
)
def test_a_list_in_another_shape_is_left_to_the_operator(tmp_path: Path, before: str) -> None:
    with pytest.raises(ConfigError, match="by hand"):
        added(tmp_path, before)
    assert (tmp_path / "config.yaml").read_text(encoding="utf-8") == before


def test_a_wrong_file_is_told_by_its_own_name_and_left(tmp_path: Path) -> None:
    before = "sites: []\nkolor: red\n"
    with pytest.raises(ConfigError, match=r"config\.yaml:7:1: kolor") as caught:
        added(tmp_path, before)
    assert ".new" not in str(caught.value)
    assert (tmp_path / "config.yaml").read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


def test_mode_and_link_of_the_file_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "zmp.yaml"
    real.write_text("sites: []\n", encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "config.yaml"
    link.symlink_to(real)
    add_lines(link, LINES, {})
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert "nowa" in real.read_text(encoding="utf-8")


@given(name=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40))
def test_any_name_is_read_as_it_was_written(name: str) -> None:
    import yaml

    (site,) = yaml.safe_load(site_lines(name, "bip", "https://a.example/", None, every="12h"))
    assert site == {"name": name, "family": "bip", "url": "https://a.example/", "every": "12h"}


def test_names_are_free(tmp_path: Path) -> None:
    assert free_name("www.a.example", []) == "a.example"
    assert free_name("www.a.example", ["A.example", "a.example 2"]) == "a.example 3"


def test_the_same_address_in_other_clothes_is_a_duplicate(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("sites:\n  - {name: a, family: bip, url: 'https://www.a.example/bip'}\n", encoding="utf-8")
    config = load_config(path, {})
    for url in ("http://a.example/bip/", "https://www.a.example/bip?utm_source=x"):
        found = duplicate_of(config, url)
        assert found is not None
        assert found.name == "a"
    assert duplicate_of(config, "https://a.example/") is None

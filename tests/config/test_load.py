"""What a right file gives, and what a file can be besides right or wrong."""

import codecs
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.config import DEFAULT_USER_AGENT, load_config
from zmpwatch.config.sizes import parse_size
from zmpwatch.crawl import CrawlSettings
from zmpwatch.errors import ConfigError
from zmpwatch.model import ChangeKind, Site
from zmpwatch.service.wiring import crawl_settings

FAMILIES = ("association", "bip", "municipal")
EVERYTHING = """\
association:
  {name: Unia Miast, short: UM, aliases: [Unia], acronyms: [UM], krs: 0000012345, domains: [UM.example],
   sizes: {min: 20, max: 40}}
database: sqlite:///data/zmp.db?timeout=20
archive: /srv/archive
timezone: UTC
sites:
  - &defaults
    name: miasta.pl
    family: association
    url: https://www.miasta.pl/
    cron: "*/30 * * * *"
    expect: {members: {min: 370, max: 420}}
    hosts: [Miasta.pl, "localhost:8080"]
    start_urls: [https://www.miasta.pl/aktualnosci]
  - name: hajnowka
    family: municipal
    url: http://127.0.0.1:8001/
    municipality: 2005011
    every: 1h30m
catalogue: {enabled: true, voivodeships: [Podlaskie], every: 2d}
crawl:
  user_agent: "zmpwatch (+https://example.pl/bot)"
  delay: 2
  timeout: 5.5
  dns_timeout: 3
  concurrent_sites: 4
  requests_per_address: 1
  requests_per_visit: 10
  pages_per_visit: 8
  bytes_per_visit: 64MiB
  seconds_per_visit: 120
  errors_per_visit: 3
  watched_pages: 0
  pending_links: 25
  max_depth: 3
  max_redirects: 0
  max_links: 500
  max_page_size: 65536
  max_document_size: 8 MB
  full_fetch_after: 36h
  confirmations: 1
  confirm_after: 0
subscribers:
  - name: redakcja
    to: ["json://u:${PASSWORD}@127.0.0.1:9000/hook", "json://127.0.0.1/$${literal}"]
    events: [admitted, left, admitted]
    voivodeships: [podlaskie]
    language: en
    digest: weekly
  - {name: biuro, to: "${BIURO}"}
operator: {to: "json://127.0.0.1:9000/operator", heartbeat: "http://127.0.0.1:9000/${PASSWORD}"}
web: {host: 0.0.0.0, port: 80}
"""


def load(folder: Path, text: str | bytes, env: dict[str, str] | None = None, **more: object):
    path = folder / "config.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_config(path, env or {}, families=FAMILIES, **more)


def problems(folder: Path, text: str | bytes, env: dict[str, str] | None = None, **more: object) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder, text, env, **more)
    return [str(problem).removeprefix(str(folder / "config.yaml")) for problem in caught.value.problems]


def test_every_key_arrives(tmp_path):
    config = load(tmp_path, EVERYTHING, {"PASSWORD": "s3cret", "BIURO": "json://127.0.0.1:9000/biuro"})
    assert (config.association.key, config.association.name, config.association.krs) == (
        "um",
        "Unia Miast",
        "0000012345",
    )
    assert config.association.domains == ("um.example",)
    assert config.database == f"sqlite:///{tmp_path}/data/zmp.db?timeout=20"
    assert config.archive == Path("/srv/archive")
    assert config.timezone == ZoneInfo("UTC")
    assert config.sites == (
        Site(
            name="miasta.pl",
            family="association",
            url="https://www.miasta.pl/",
            cron="*/30 * * * *",
            expect_members=(370, 420),
            hosts=("miasta.pl", "localhost:8080"),
            start_urls=("https://www.miasta.pl/aktualnosci",),
        ),
        Site(name="hajnowka", family="municipal", url="http://127.0.0.1:8001/", municipality="2005011", every="1h30m"),
    )
    assert config.site("hajnowka") is config.sites[1]
    assert config.site("nowhere") is None
    assert (config.catalogue.enabled, config.catalogue.voivodeships, config.catalogue.every) == (
        True,
        ("podlaskie",),
        "2d",
    )
    crawl = config.crawl
    assert (crawl.user_agent, crawl.delay, crawl.timeout) == ("zmpwatch (+https://example.pl/bot)", 2.0, 5.5)
    assert (crawl.concurrent_sites, crawl.requests_per_visit, crawl.confirmations) == (4, 10, 1)
    assert crawl.confirm_after == timedelta(0)
    assert (crawl.requests_per_address, crawl.pages_per_visit, crawl.bytes_per_visit) == (1, 8, 64 << 20)
    assert (crawl.seconds_per_visit, crawl.errors_per_visit, crawl.max_depth, crawl.max_redirects) == (120, 3, 3, 0)
    assert (crawl.max_page_size, crawl.max_document_size) == (65536, 8 << 20)
    assert (crawl.dns_timeout, crawl.watched_pages, crawl.pending_links, crawl.max_links) == (3.0, 0, 25, 500)
    assert crawl.full_fetch_after == timedelta(hours=36)
    visits = crawl_settings(config, config.sites)
    assert (visits.dns_timeout, visits.watched_pages, visits.pending_links, visits.max_links) == (3.0, 0, 25, 500)
    redakcja, biuro = config.subscribers
    assert redakcja.to == ("json://u:s3cret@127.0.0.1:9000/hook", "json://127.0.0.1/${literal}")
    assert redakcja.events == (ChangeKind.ADMITTED, ChangeKind.LEFT)
    assert (redakcja.voivodeships, redakcja.language, redakcja.digest) == (("podlaskie",), "en", "weekly")
    assert biuro.to == ("json://127.0.0.1:9000/biuro",)
    assert biuro.events == tuple(kind for kind in ChangeKind if not kind.for_operator)
    assert config.operator.to == ("json://127.0.0.1:9000/operator",)
    assert config.operator.heartbeat == "http://127.0.0.1:9000/s3cret"
    assert (config.web.host, config.web.port) == ("0.0.0.0", 80)


def test_defaults_are_those_of_the_interface(tmp_path):
    config = load(tmp_path, "sites: []\ncrawl:\nsubscribers:\n")
    assert config.association.key == "zmp"
    assert config.database == f"sqlite:///{tmp_path}/var/zmpwatch.db"
    assert config.archive == tmp_path / "var/archive"
    assert config.timezone == ZoneInfo("Europe/Warsaw")
    assert (config.sites, config.subscribers, config.operator.to, config.operator.heartbeat) == ((), (), (), None)
    assert (config.catalogue.enabled, config.catalogue.voivodeships, config.catalogue.every) == (False, (), "1d")
    crawl = config.crawl
    assert (crawl.delay, crawl.concurrent_sites, crawl.requests_per_visit) == (1.0, 32, 60)
    assert (crawl.confirmations, crawl.confirm_after) == (2, timedelta(minutes=10))
    unsaid = CrawlSettings(user_agent=DEFAULT_USER_AGENT)
    assert crawl_settings(config, config.sites) == unsaid, "what is not configured is what the crawler does anyway"
    assert crawl.user_agent == DEFAULT_USER_AGENT
    assert (config.web.host, config.web.port) == ("127.0.0.1", 8080)


def test_relative_paths_count_from_the_file(tmp_path, monkeypatch):
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/config.yaml").write_text("database: sqlite:///../history.db\narchive: pages\n")
    monkeypatch.chdir(tmp_path)
    config = load_config(Path("etc/config.yaml"), {}, families=FAMILIES)
    assert config.database == f"sqlite:///{tmp_path}/etc/../history.db"
    assert config.archive == tmp_path / "etc/pages"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:////srv/zmp.db", "sqlite:////srv/zmp.db"),
        ("sqlite+pysqlite:////srv/zmp.db", "sqlite+pysqlite:////srv/zmp.db"),
        ("postgresql+psycopg://zmp@127.0.0.1/zmp", "postgresql+psycopg://zmp@127.0.0.1/zmp"),
    ],
)
def test_absolute_databases_stay(tmp_path, url, expected):
    assert load(tmp_path, f"database: {url}\n").database == expected


def test_the_representation_holds_no_secret(tmp_path):
    text = EVERYTHING.replace("sqlite:///data/zmp.db?timeout=20", "postgresql://zmp:${PASSWORD}@127.0.0.1/zmp")
    config = load(tmp_path, text, {"PASSWORD": "s3cret", "BIURO": "json://127.0.0.1:9000/s3cret"})
    assert "s3cret" in config.database
    assert "s3cret" not in repr(config)


def test_a_code_of_former_years_is_brought_up_to_date(tmp_path):
    text = "sites:\n  - {name: a, family: municipal, url: 'https://a.pl/', municipality: '1015012'}\n"
    assert load(tmp_path, text).sites[0].municipality == "1015013"  # Bolimów became a town in 2022


def test_numbers_are_read_as_they_were_written(tmp_path):
    text = "sites:\n  - {name: 123, family: municipal, url: 'https://a.pl/', municipality: 0201011}\n"
    site = load(tmp_path, text).sites[0]
    assert (site.name, site.municipality) == ("123", "0201011")  # YAML would read an octal number: 66057


def test_merged_defaults(tmp_path):
    text = """\
sites:
  - &town {name: a, family: municipal, url: "https://a.pl/", municipality: "2005011", every: 1d}
  - {<<: *town, name: b, url: "https://b.pl/"}
"""
    first, second = load(tmp_path, text).sites
    assert (second.name, second.url, second.every, second.municipality) == ("b", "https://b.pl/", "1d", "2005011")
    assert first.name == "a"


def test_a_problem_in_what_was_merged_is_told_where_it_stands(tmp_path):
    text = """\
sites:
  - &town {name: a, family: municipal, url: "https://a.pl/", municipality: "2005011", every: often}
  - {<<: *town, name: b}
"""
    assert [problem.partition(": a duration")[0] for problem in problems(tmp_path, text)] == [
        ":2:94: sites.0.every",
        ":2:94: sites.1.every",
    ]


def test_addresses_are_checked_with_their_variables_filled_in_and_never_told(tmp_path):
    asked: list[str] = []

    def check(address: str) -> str | None:
        asked.append(address)
        return f"{address} is no address" if address.startswith("bogus") else None

    text = 'subscribers:\n  - {name: a, to: ["bogus://${TOKEN}", "json://127.0.0.1/${TOKEN}"]}\n'
    assert problems(tmp_path, text, {"TOKEN": "s3cret"}, check_address=check) == [
        ":2:20: subscribers.0.to.0: bogus://${TOKEN} is no address"
    ]
    assert asked == ["bogus://s3cret", "json://127.0.0.1/s3cret"]


def test_an_address_that_lacks_a_variable_is_not_looked_into(tmp_path):
    def check(address: str) -> str | None:
        raise AssertionError(address)

    told = problems(tmp_path, 'operator: {to: ["json://${NOWHERE}"]}\n', check_address=check)
    assert told == [":1:17: operator.to.0: ${NOWHERE} is not set in the environment"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (codecs.BOM_UTF16_LE + "sites: []".encode("utf-16-le"), ": the file is in UTF-16; UTF-8 was expected"),
        ("sites: []\narchive: łódź\n".encode("cp1250"), ":2:10: byte 0xB3 is not UTF-8; save the file as UTF-8"),
        (b"sites: []\narchive: a\x00b\n", ":2:11: a control character (U+0000) has no place here"),
        (b"\n  \n", ": the file is empty; `zmpwatch init --force` writes an example to start from"),
        (b"a: " + b"[" * 30 + b"]" * 30, ":1:27: nested deeper than 24 levels"),
        (b"sites: []\n" * 2_000_000, ": the file is larger than 16 MiB; this is no configuration"),
    ],
    ids=["utf-16", "cp1250", "nul", "blank", "deep", "large"],
)
def test_files_that_are_no_configuration(tmp_path, body, told):
    assert problems(tmp_path, body) == [told]


def test_values_of_variables_are_hidden_wherever_a_message_shows_them(tmp_path):
    told = problems(
        tmp_path,
        "operator: {to: 'json://${TOKEN}@127.0.0.1'}\n",
        {"TOKEN": "s3cret"},
        check_address=lambda _: "s3cret!",
    )
    assert told == [":1:16: operator.to: ${TOKEN}!"]


def test_a_byte_order_mark_does_no_harm(tmp_path):
    assert load(tmp_path, codecs.BOM_UTF8 + b"archive: a\n").archive == tmp_path / "a"


def test_deep_nesting_does_not_break_the_interpreter(tmp_path):
    assert problems(tmp_path, b"[" * 1_000_000) == [":1:25: nested deeper than 24 levels"]


def test_aliases_that_multiply_are_stopped(tmp_path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    (told,) = problems(tmp_path, "\n".join(lines))
    assert told.endswith("more than 500000 values, aliases followed")


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(ConfigError, match="no such file; `zmpwatch init` writes an example"):
        load_config(tmp_path / "nowhere.yaml", {}, families=FAMILIES)
    with pytest.raises(ConfigError, match="this is a folder"):
        load_config(tmp_path, {}, families=FAMILIES)


def test_five_thousand_wrong_sites_are_told_without_searching_near_words_for_all(tmp_path):
    rows = (
        f"  - {{name: s{i}, family: munipal, url: 'https://a.pl/', municipality: '000{i:04}'}}" for i in range(5000)
    )
    told = problems(tmp_path, "\n".join(["sites:", *rows]))
    assert len(told) == 10_000
    assert sum("did you mean" in problem for problem in told) <= 60


def test_reading_a_file_loads_nothing_heavy(tmp_path):
    program = (
        "import sys; from pathlib import Path; from zmpwatch.config import load_config, example_config\n"
        "path = Path(sys.argv[1]); path.write_text(example_config())\n"
        "load_config(path, {}, families=('association', 'bip', 'municipal'))\n"
        "heavy = {'scrapy', 'twisted', 'sqlalchemy', 'apprise', 'pydantic', 'morfeusz2', 'lxml'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "config.yaml")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == ""


def loads_or_tells_why(path: Path) -> bool:
    try:
        return load_config(path, {}, families=FAMILIES).path == path
    except ConfigError as error:
        return bool(error.problems)


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(tmp_path_factory, body):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(body)
    assert loads_or_tells_why(path)


KEYS = st.sampled_from(
    [
        "association",
        "database",
        "sites",
        "crawl",
        "subscribers",
        "operator",
        "web",
        "timezone",
        "name",
        "url",
        "to",
        "<<",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_no_data_raises_anything_else(tmp_path_factory, data):
    yaml = pytest.importorskip("yaml")
    path = tmp_path_factory.getbasetemp() / "data.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    assert loads_or_tells_why(path)


def test_the_families_are_those_of_the_spiders_package():
    from zmpwatch.config import known_families
    from zmpwatch.crawl.families import families

    assert known_families() == tuple(families())


def write_secret(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)


def test_a_secret_may_stand_in_a_file_of_its_own(tmp_path):
    write_secret(tmp_path, "mail", "mailto://ż:hasło@example.pl\n".encode())
    path = tmp_path / "config.yaml"
    path.write_text('operator: {to: "${file:mail}", heartbeat: "https://hc.example/${file:%s}"}\n' % (tmp_path / "id"))
    write_secret(tmp_path, "id", b"0815-4711")
    config = load_config(path, {})
    assert config.operator.to == ("mailto://ż:hasło@example.pl",)
    assert config.operator.heartbeat == "https://hc.example/0815-4711"
    assert set(config.secrets.values()) == {"mailto://ż:hasło@example.pl", "0815-4711"}
    assert "0815-4711" not in repr(config)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file or directory"),
        (b"", "the file is empty"),
        (b"one\ntwo\n", "the file has more than one line"),
        (b"\xff\xfe", "the file is no UTF-8 text"),
        (b"x" * 70_000, "the file is larger than 64 kB"),
    ],
)
def test_what_is_no_secret_of_one_line(tmp_path, content, reason):
    if content is not None:
        write_secret(tmp_path, "mail", content)
    path = tmp_path / "config.yaml"
    path.write_text('operator: {to: "json://127.0.0.1/${file:mail}"}\n')
    with pytest.raises(ConfigError, match=reason) as caught:
        load_config(path, {})
    assert caught.value.problems[0].key == "operator.to"
    assert load_config(path, {}, stand_in="unset").operator.to == ("json://127.0.0.1/unset",)


@pytest.mark.parametrize(
    ("text", "size"),
    [("0", 0), ("65536", 65536), ("512b", 512), ("64k", 65536), ("64kB", 65536), ("4 MiB", 4 << 20), ("2GB", 2 << 30)],
)
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "MB", "-1", "1.5MB", "4 mb mb", "4MBB", "9" * 16, "٤MB"])
def test_no_sizes(text: str) -> None:
    with pytest.raises(ValueError, match="a size such as 256MB"):
        parse_size(text)

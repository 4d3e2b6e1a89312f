"""Commands about the sites themselves: sites list, probe, add, new-family."""

from __future__ import annotations

import os
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zmpwatch.cli.context import JsonOption, Options, print_json, print_lines
from zmpwatch.cli.escaping import visible
from zmpwatch.cli.groups import group
from zmpwatch.errors import ConfigError, StoreError
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from zmpwatch.config import Config
    from zmpwatch.service.probing import Probe

__all__ = ["register"]

FamilyOption = Annotated[str | None, typer.Option("--family", help="Take this family, whatever the site looks like.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    about_sites = group("Sites: which are watched, what a new one is made of, adding it.")
    about_sites.command("list")(list_sites)
    about_sites.command("probe")(probe)
    about_sites.command("add")(add)
    about_sites.command("new-family")(new_family)
    app.add_typer(about_sites, name="sites")


def list_sites(
    context: typer.Context,
    family: Annotated[str | None, typer.Option("--family", help="Only sites of this family.")] = None,
    as_json: JsonOption = False,
) -> int:
    """The sites of the configuration and the catalogue, with how the last visit ended."""
    from zmpwatch.service.opening import open_store
    from zmpwatch.service.watched import list_sites as rows_of

    options: Options = context.obj
    config = options.load()
    try:
        store = open_store(config, create=False)
    except StoreError as error:
        if "there is no database" not in str(error):
            raise
        rows = rows_of(config, None, family=family)
    else:
        with store:
            rows = rows_of(config, store, family=family)
    if as_json:
        print_lines(rows)
        return 0
    for row in rows:
        place = f"{row['municipality']} ({row['teryt']})" if row["municipality"] else "–"
        typer.echo(
            f"{row['site']:<32} {row['family']:<12} {row['every'] or '–':<14} {row['verdict'] or 'not visited yet':<16}"
            f" {place:<32} {row['url']}".rstrip()
        )
        if row["moved"]:
            typer.echo(visible(f"{'':32} {row['moved']['kind']}: {row['moved']['detail']}"))
            typer.echo(visible(f"{'':32} config.yaml: {row['moved']['line']}"))
    if not rows:
        typer.echo("no site is watched" + (f" of family {family}" if family else ""), err=True)
    return 0


def probe(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Where the site begins.")],
    family: FamilyOption = None,
    as_json: JsonOption = False,
) -> int:
    """Look at a site with a handful of requests, say what it is made of, and print the lines that would watch it."""
    config = _configured(context)
    result = _probed(context, config, url, family)
    if as_json:
        print_json(result.as_json())
    else:
        _tell(result, config.timezone)
    return 0 if result.reachable else 1


def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Where the site begins.")],
    family: FamilyOption = None,
    name: Annotated[str | None, typer.Option("--name", help="What the site is called; its host unless given.")] = None,
    municipality: Annotated[
        str | None,
        typer.Option("--municipality", help="TERYT code of its municipality; guessed unless given."),
    ] = None,
    every: Annotated[str, typer.Option("--every", help="How often it is visited.")] = "12h",
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask the site nothing: family and municipality by its host alone.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Probe a site and write its lines at the end of `sites:` in config.yaml; all else in the file stays as it is."""
    from urllib.parse import urlsplit

    from zmpwatch.model.days import in_zone
    from zmpwatch.service.probing import guess_by_host
    from zmpwatch.service.sitelines import add_lines, duplicate_of, free_name, site_lines

    options: Options = context.obj
    config = options.load()
    address = _web_address(url)
    known = duplicate_of(config, address)
    if known is not None:
        raise ConfigError(f"{options.config}: {address} is watched already, as {known.name!r}")
    _refuse_the_own(options, config, address, family)
    if offline:
        found_family, teryt = guess_by_host(address, config.association)
        watched = address
    else:
        result = _probed(context, config, url, family, municipality)
        if not result.reachable:
            _tell(result, config.timezone)
            typer.echo("nothing was added; --offline adds it all the same", err=True)
            return 1
        found_family, teryt = result.family, result.municipality.teryt if result.municipality else None
        watched = result.lines_url
        known = duplicate_of(config, watched)
        if known is not None:
            raise ConfigError(f"{options.config}: {watched} is watched already, as {known.name!r}")
        _refuse_the_own(options, config, watched, family)
        if result.titled_as_association and family is None and found_family != "association":
            raise ConfigError(
                f"{watched} is titled {result.title!r}, as the association's own site would be: say which it is, "
                "--family association (its numbers are then the association's word) or another family"
            )
        for problem in result.problems:
            typer.echo(f"problem: {visible(in_zone(problem, config.timezone))}", err=True)
    chosen = family or found_family
    place = None if chosen == "association" else municipality or teryt
    called = name or free_name(urlsplit(watched).netloc, {site.name for site in config.sites})
    lines = site_lines(called, chosen, watched, place, every=every)
    try:
        line = add_lines(options.config, lines, os.environ)
    except ConfigError as error:
        raise _as_typed(error) from error
    if as_json:
        print_json({"added": called, "family": chosen, "url": watched, "municipality": place, "line": line})
    else:
        typer.echo(f"{options.config}:{line}: added\n{lines}", nl=False)
    if chosen == "association":
        host = urlsplit(watched).hostname or ""
        known_as = "the association's own" if config.association.owns(host) else "now taken for the association's own"
        typer.echo(f"{host} is {known_as}: the numbers on its pages are the association's word", err=True)
    return 0


def new_family(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the family: a Python word in small letters.")],
    url: Annotated[str, typer.Argument(metavar="URL", help="A page of such a site, to be saved as the test's case.")],
    folder: Annotated[
        Path, typer.Option("--folder", help="The checkout that holds spiders/ and tests/.", file_okay=False)
    ] = Path(),
    page: Annotated[
        Path | None, typer.Option("--page", help="Take this saved page in place of fetching URL.", exists=True)
    ] = None,
) -> int:
    """Write a module in spiders/, a saved page and a test that fails until the expected links are filled in."""
    from zmpwatch.service.familymaking import make_family

    options: Options = context.obj
    config = options.load() if options.config.exists() else None
    made = make_family(folder, name, _web_address(url), config, saved=page)
    for path in made:
        typer.echo(f"{path}: written")
    typer.echo(f"next: pytest {made[-1]}   (it fails, and says what to fill in)")
    return 0


def _refuse_the_own(options: Options, config: Config, url: str, family: str | None) -> None:
    """Keep the association's own pages from being watched twice, or as somebody else's.

    Raises:
        ConfigError: the address lies at a host of the association's that is watched, or is to be of another family.
    """
    from urllib.parse import urlsplit

    from zmpwatch.service.probing import own_site

    own = own_site(config, url)
    if own is not None:
        raise ConfigError(
            f"{options.config}: {url} lies on the association's own site, which is watched as {own.name!r}: its pages "
            "are found from there. To begin there too, put the address under start_urls of that site"
        )
    host = urlsplit(url).hostname or ""
    if family not in {None, "association"} and config.association.owns(host):
        raise ConfigError(
            f"{host} is the association's own ({config.association.name}): watched as {family}, its word would be "
            "taken for another's. Leave --family away"
        )


_TYPED = {"name": "--name", "family": "--family", "municipality": "--municipality", "every": "--every", "url": "URL"}


def _as_typed(error: ConfigError) -> ConfigError:
    """What is wrong with the site to be added, by the options it was typed as: its lines stand in no file yet."""
    fields = [(_TYPED.get(problem.key.rpartition(".")[2]), problem) for problem in error.problems]
    if not fields or any(option is None for option, _ in fields):
        return error
    return ConfigError("\n".join(f"{option}: {problem.message}" for option, problem in fields))


def _web_address(url: str) -> str:
    """The address as it is written down; ``https://`` is put before a bare host.

    Raises:
        ConfigError: this is no web address.
    """
    from urllib.parse import urlsplit

    text = url.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        wrong = parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None
        # "htp:/example.pl" is no host with an empty port
        wrong = wrong or parts.port == 0 or parts.netloc.endswith(":") or any(character.isspace() for character in text)
    except ValueError:
        wrong = True
    if wrong:
        raise ConfigError(f"{visible(url)[:200]!r} is no web address; write it as https://www.example.pl/")
    return text if parts.path else f"{text}/"


def _configured(context: typer.Context) -> Config:
    options: Options = context.obj
    return options.load() if options.config.exists() else _defaults()


def _probed(
    context: typer.Context, config: Config, url: str, family: str | None, municipality: str | None = None
) -> Probe:
    from zmpwatch.cli.logs import log_to_stderr
    from zmpwatch.config import known_families
    from zmpwatch.service.probing import probe as probe_of
    from zmpwatch.service.running import system_clock

    options: Options = context.obj
    log_to_stderr(verbose=options.verbose)
    if family is not None and family not in known_families():
        raise ConfigError(f"--family: {family!r} is no family of sites; there are {', '.join(known_families())}")
    return probe_of(_web_address(url), config, system_clock, family=family, teryt=municipality)


def _defaults() -> Config:
    """What holds where nothing is configured yet: a site may be looked at before `init`."""
    from tempfile import TemporaryDirectory

    from zmpwatch.config import load_config

    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        path.write_text("association: zmp\n", encoding="utf-8")
        return load_config(path, {})


def _tell(result: Probe, zone: tzinfo) -> None:
    """What a probe found, for a person; text of the site is shown with control characters spelt out."""
    from zmpwatch.model.days import in_zone

    data: dict[str, Any] = result.as_json()

    def row(what: str, told: object) -> None:
        typer.echo(f" {what:<12} {visible(str(told))}")

    typer.echo(visible(data["final_url"] or result.url))
    row("reachable", "yes" if result.reachable else "no")
    if result.reachable:
        row("family", result.family)
        row("platform", f"{result.platform.title} ({', '.join(result.signs)})" if result.platform else "not recognised")
        if result.platform and result.platform.note:
            row("note", result.platform.note)
        town = result.municipality
        row("municipality", f"{town.name} ({town.teryt}, {town.voivodeship})" if town else "not told")
        for feed in data["feeds"] or [None]:
            row("feed", _feed_told(feed) if feed else "none")
        for site_map in data["sitemaps"] or [None]:
            row("sitemap", _sitemap_told(site_map) if site_map else "none")
        row("search", _search_told(data["search"]))
        robots = data["robots"]
        row("robots.txt", _robots_told(robots) if robots else "not read")
        declared, real = result.encoding
        row("encoding", f"{real or 'can not be told'} (declared: {declared or 'nothing'})")
        date = data["dates"]
        row("date", f"{date['date']}: {date['place']}, as on {date['url']}" if date else "none seen")
    if data["tls"]:
        tls = data["tls"]
        until = in_zone(tls["expires"], zone) if tls["expires"] else "–"
        names = f" for {', '.join(tls['names'])}" if tls["names"] else ""
        row("TLS", f"{tls['version'] or 'no handshake'}, certificate until {until}{names}")
    row("asked", f"{counted(data['requests'], 'request')}, {counted(data['bytes'], 'byte')}")
    for problem in result.problems:
        row("problem", in_zone(problem, zone))
    if result.reachable:
        typer.echo("\nsites:")
        for line in result.lines.splitlines():
            typer.echo(f"  {line}")


def _sitemap_told(site_map: dict[str, Any]) -> str:
    size = counted(site_map["parts"], "part") if site_map["parts"] else counted(site_map["entries"], "entry", "entries")
    return f"{site_map['url']}: {size}, {'dated' if site_map['dated'] else 'its dates tell nothing apart'}"


def _feed_told(feed: dict[str, Any]) -> str:
    return f"{feed['url']}: {counted(feed['entries'], 'entry', 'entries')}, newest {feed['newest'] or '–'}"


def _search_told(search: dict[str, Any] | None) -> str:
    if search is None:
        return "none found"
    if not search["allowed"]:
        return f"{search['url']}: closed by robots.txt"
    results = search["results"]
    return f"{search['url']}: {'no answer' if results is None else counted(results, 'result')}"


def _robots_told(robots: dict[str, Any]) -> str:
    if robots["failure"]:
        return f"keeps us out: {robots['failure']}"
    delay = f", Crawl-delay {robots['crawl_delay']:g} s" if robots["crawl_delay"] else ""
    return (
        f"{'read' if robots['found'] else 'there is none'}{delay}, {counted(len(robots['sitemaps']), 'sitemap')} named"
    )

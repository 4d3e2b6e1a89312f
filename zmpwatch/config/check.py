"""What a file says, checked against its shape, the register, the families and the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import zmpwatch
from zmpwatch.config.messages import LONGEST_SHOWN, did_you_mean, expected, is_secret, shown, without_tags
from zmpwatch.config.settings import (
    Catalogue,
    Config,
    CrawlConfig,
    FeedsConfig,
    OperatorConfig,
    SubscriberConfig,
    WatchConfig,
    WebConfig,
)
from zmpwatch.config.tree import Number, Problems, Tree, Where, WholeNumber, dotted
from zmpwatch.config.variables import expand, hide
from zmpwatch.errors import RegisterError
from zmpwatch.model import Association, Site

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from zmpwatch.register import Register

__all__ = ["DEFAULT_USER_AGENT", "Check"]

DEFAULT_USER_AGENT = f"zmpwatch/{zmpwatch.__version__} (monitor of public membership lists; no contact configured)"

_SQLALCHEMY_URL = re.compile(r"(?P<dialect>[a-z][a-z0-9_]*)(?:\+[a-z][a-z0-9_]*)?://(?P<rest>\S*)", re.IGNORECASE)
_DIALECTS = ("sqlite", "postgresql", "mysql", "mariadb")
_MOST_SUGGESTIONS = 50
"""Searching near words costs milliseconds each; the five-thousandth typing error gets none."""


class Check:
    """One file on its way from tree to `Config`."""

    def __init__(
        self,
        path: Path,
        env: Mapping[str, str],
        tree: Tree,
        problems: Problems,
        *,
        register: Register | None,
        families: Sequence[str],
        check_address: Callable[[str], str | None] | None,
        stand_in: str | None = None,
    ) -> None:
        self._path, self._env, self._tree, self._problems = path, env, tree, problems
        self._loaded_register, self._families, self._check_address = register, tuple(families), check_address
        self._folder = Path(os.path.abspath(path.parent))  # noqa: PTH100 - resolve() would follow symbolic links
        self._suggestions = 0
        self._secrets: dict[str, str] = {}
        self._stand_in = stand_in

    def run(self) -> Config | None:
        """Gives the configuration, or None once something is noted as wrong."""
        data = self._shape()
        if data is None:
            # tell what the other checks find as well: one run shows all
            self._look_ahead()
            return None
        association = self._association(data["association"])
        database = self._database(data["database"])
        sites = self._sites(data["sites"])
        subscribers = tuple(
            SubscriberConfig(
                name=subscriber["name"],
                to=self._addresses(subscriber["to"], ("subscribers", i, "to")),
                events=tuple(dict.fromkeys(subscriber["events"])),
                voivodeships=tuple(dict.fromkeys(subscriber["voivodeships"])),
                municipalities=self._municipalities(subscriber["municipalities"], ("subscribers", i, "municipalities")),
                language=subscriber["language"],
                digest=subscriber["digest"],
                digest_at=subscriber["digest_at"],
                digest_day=subscriber["digest_day"],
                quiet_hours=subscriber["quiet_hours"],
            )
            for i, subscriber in enumerate(data["subscribers"])
        )
        self._unique("subscribers", [subscriber.name for subscriber in subscribers])
        operator = OperatorConfig(
            to=self._addresses(data["operator"]["to"], ("operator", "to")),
            heartbeat=self._heartbeat(data["operator"]["heartbeat"]),
            at_most_every=data["operator"]["at_most_every"],
            hold_above=data["operator"]["hold_above"],
        )
        if association is None or database is None or self._problems.found:
            return None
        crawl = data["crawl"]
        return Config(
            path=self._path,
            association=association,
            database=database,
            archive=self._folder / Path(data["archive"]).expanduser(),
            sites=sites,
            catalogue=Catalogue(
                enabled=data["catalogue"]["enabled"],
                voivodeships=tuple(data["catalogue"]["voivodeships"]),
                every=data["catalogue"]["every"],
                moved=dict(data["catalogue"]["moved"]),
            ),
            crawl=CrawlConfig(**{**crawl, "user_agent": crawl["user_agent"] or DEFAULT_USER_AGENT}),
            subscribers=subscribers,
            operator=operator,
            web=WebConfig(**data["web"]),
            timezone=data["timezone"],
            knowledge=data["knowledge"],
            watch=WatchConfig(**data["watch"]),
            feeds=self._feeds(data["feeds"]),
            secrets=dict(self._secrets),
        )

    def _feeds(self, feeds: dict[str, Any]) -> FeedsConfig:
        folder = feeds["folder"]
        return FeedsConfig(
            folder=None if folder is None else self._folder / Path(folder).expanduser(),
            url=feeds["url"],
            language=feeds["language"],
        )

    # -- shape -----------------------------------------------------------------------------------------------------

    def _shape(self) -> dict[str, Any] | None:
        from pydantic_core import ValidationError

        from zmpwatch.config.schema import validator

        try:
            checked: dict[str, Any] = validator().validate_python(self._tree.data)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_context=True):
                self._shape_problem(detail)
            return None
        return checked

    def _shape_problem(self, detail: ErrorDetails) -> None:
        where = without_tags(detail["loc"])
        kind, context = detail["type"], detail.get("ctx", {})
        place = self._tree.place(where)
        if kind == "extra_forbidden":
            place = self._tree.keys.get(where, place)
            message = f"unknown key{self._nearest_key(where)}"
        elif kind == "missing":
            place, message = self._tree.place(where[:-1]), f"the key {where[-1]} is missing"
        elif kind == "config":
            message = context["message"]
        else:
            message = f"{expected(kind, context)} was expected, not {shown(detail['input'], secret=is_secret(where))}"
        self._problems.add(place, dotted(where), message)

    def _nearest_key(self, where: Where) -> str:
        from zmpwatch.config.schema import KEYS

        around = ".".join("*" if isinstance(step, int) else step for step in where[:-1])
        return did_you_mean(str(where[-1]), KEYS.get(around, ())) if self._may_suggest() else ""

    def _look_ahead(self) -> None:
        """Runs the checks that need no sound shape, on whatever has the right type."""
        data = self._tree.data
        if not isinstance(data, dict):
            return
        told = {key for _, key, _ in self._problems.found}
        if isinstance(data.get("database"), str) and "database" not in told:
            self._database(data["database"])
        sites = data.get("sites")
        if isinstance(sites, list):
            for i, site in enumerate(sites):
                if not isinstance(site, dict):
                    continue
                where = ("sites", i)
                family, code = site.get("family"), site.get("municipality")
                code = code.written if isinstance(code, WholeNumber | Number) else code
                if isinstance(family, str) and dotted((*where, "family")) not in told:
                    self._family(family, (*where, "family"))
                if isinstance(code, str) and dotted((*where, "municipality")) not in told:
                    self._municipality(code.strip(), (*where, "municipality"))
            self._unique("sites", [site.get("name") if isinstance(site, dict) else None for site in sites])
        subscribers = data.get("subscribers")
        if isinstance(subscribers, list):
            for i, subscriber in enumerate(subscribers):
                if isinstance(subscriber, dict):
                    self._look_ahead_addresses(subscriber.get("to"), ("subscribers", i, "to"), told)
            names = [subscriber.get("name") if isinstance(subscriber, dict) else None for subscriber in subscribers]
            self._unique("subscribers", names)
        operator = data.get("operator")
        if isinstance(operator, dict):
            self._look_ahead_addresses(operator.get("to"), ("operator", "to"), told)

    def _look_ahead_addresses(self, to: object, where: Where, told: set[str]) -> None:
        texts = [to] if isinstance(to, str) else to if isinstance(to, list) else []
        if not any(key == dotted(where) or key.startswith(f"{dotted(where)}.") for key in told):
            self._addresses([text for text in texts if isinstance(text, str)], where)

    # -- values that need more than themselves ---------------------------------------------------------------------

    def _association(self, profile: Any) -> Association | None:
        from zmpwatch.register import load_association

        if isinstance(profile, dict):
            profile = {key: value for key, value in profile.items() if value}
        try:
            return load_association(profile)
        except RegisterError as error:
            self._add(("association",), str(error).removeprefix("association: "))
            return None

    def _database(self, text: str) -> str | None:

        where = ("database",)
        url = self._expand(text, where)
        if url is None:
            return None
        match = _SQLALCHEMY_URL.fullmatch(url)
        if not match:
            self._add(where, "an SQLAlchemy URL such as sqlite:///var/zmpwatch.db was expected")
            return None
        dialect = match["dialect"].lower()
        if dialect not in _DIALECTS:
            self._add(where, f'"{dialect}" is no database that is understood{did_you_mean(dialect, _DIALECTS)}')
            return None
        if dialect != "sqlite":
            return url
        file, mark, query = match["rest"].partition("?")
        if not file.startswith("/"):
            self._add(where, f"sqlite takes three slashes before a path: sqlite:///{file or 'var/zmpwatch.db'}")
            return None
        if file[1:] in {"", ":memory:"} or file.startswith("/file:"):
            self._add(where, "a database in memory keeps no history; name a file: sqlite:///var/zmpwatch.db")
            return None
        return f"{url[: match.start('rest')]}/{self._folder / Path(file[1:])}{mark}{query}"

    def _sites(self, sites: Sequence[dict[str, Any]]) -> tuple[Site, ...]:
        self._unique("sites", [site["name"] for site in sites])
        return tuple(self._site(site, ("sites", i)) for i, site in enumerate(sites))

    def _site(self, site: dict[str, Any], where: Where) -> Site:
        self._family(site["family"], (*where, "family"))
        code = site["municipality"]
        if code is not None:
            code = self._municipality(code, (*where, "municipality"))
        band = site["expect"]["members"]
        return Site(
            name=site["name"],
            family=site["family"],
            url=site["url"],
            municipality=code,
            every=site["every"],
            cron=site["cron"],
            expect_members=(band["min"], band["max"]) if band is not None else None,
            hosts=tuple(dict.fromkeys(site["hosts"])),
            start_urls=tuple(dict.fromkeys(site["start_urls"])),
        )

    def _family(self, family: str, where: Where) -> None:
        if family not in self._families:
            near = did_you_mean(family, self._families) if self._may_suggest() else ""
            self._add(where, f'"{family[:LONGEST_SHOWN]}" is no family of sites{near}')

    def _municipalities(self, codes: Sequence[str], where: Where) -> tuple[str, ...]:
        found = [self._municipality(code, (*where, i)) for i, code in enumerate(codes)]
        return tuple(dict.fromkeys(code for code in found if code))

    def _municipality(self, code: str, where: Where) -> str | None:
        municipality = self._register.get(code)
        if municipality is not None:
            return municipality.teryt
        seven = len(code) == 7 and code.isascii() and code.isdecimal()
        wrong = "is no TERYT code of a municipality" if seven else "is no TERYT code of 7 digits"
        # a wrong last digit is the commonest slip: it tells town, rural gmina and both apart
        near = [other for kind in "123" if seven and (other := self._register.get(code[:6] + kind))]
        if not near and self._may_suggest():
            near = list(self._register.suggest(code[:LONGEST_SHOWN], limit=1))
        hint = f" (did you mean {near[0].teryt}, {near[0].name}?)" if near else ""
        self._add(where, f'"{code[:LONGEST_SHOWN]}" {wrong}{hint}')
        return None

    @property
    def _register(self) -> Register:
        if self._loaded_register is None:
            from zmpwatch.register import load_register

            self._loaded_register = load_register()
        return self._loaded_register

    def _unique(self, section: str, names: Sequence[object]) -> None:
        """Names are compared without regard to capitals: they are typed at a prompt."""
        first: dict[str, int] = {}
        for i, name in enumerate(names):
            if not isinstance(name, str):
                continue
            folded = name.strip().casefold()
            if folded in first:
                line = self._tree.place((section, first[folded], "name"))[0]
                self._add((section, i, "name"), f'"{name[:LONGEST_SHOWN]}" is taken already, in line {line}')
            first.setdefault(folded, i)

    # -- addresses and variables -----------------------------------------------------------------------------------

    def _addresses(self, texts: Sequence[str], where: Where) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for i, text in enumerate(texts):
            spot = (*where, i) if (*where, i) in self._tree.values else where
            address = self._expand(text, spot)
            if address is None:
                continue
            if "://" not in address:
                self._add(spot, "an Apprise URL such as json://127.0.0.1:9000/hook was expected")
            elif address in found:
                self._add(spot, "this address stands in the list twice")
            elif self._check_address is not None and (wrong := self._check_address(address)) is not None:
                self._add(spot, hide(wrong, self._secrets))
            found[address] = None
        return tuple(found)

    def _heartbeat(self, text: str | None) -> str | None:
        where = ("operator", "heartbeat")
        url = self._expand(text, where) if text is not None else None
        if url is not None and not re.fullmatch(r"https?://[^\s/]+\S*", url):
            self._add(where, "a web address that begins with https:// or http:// was expected")
        return url

    def _expand(self, text: str, where: Where) -> str | None:
        expanded, wrong, secrets = expand(text, self._env, self._folder, stand_in=self._stand_in)
        self._secrets |= secrets
        for message in wrong:
            self._add(where, message)
        return expanded

    # -- notes -----------------------------------------------------------------------------------------------------

    def _add(self, where: Where, message: str) -> None:
        self._problems.add(self._tree.place(where), dotted(where), message)

    def _may_suggest(self) -> bool:
        self._suggestions += 1
        return self._suggestions <= _MOST_SUGGESTIONS

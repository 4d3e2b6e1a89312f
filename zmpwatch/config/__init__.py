"""config.yaml: read, checked as a whole, and complete with its defaults.

>>> import os
>>> from pathlib import Path
>>> from zmpwatch.config import load_config
>>> load_config(Path("config.yaml"), os.environ).sites[0].url
'https://www.miasta.pl/'
"""

from zmpwatch.config.check import DEFAULT_USER_AGENT
from zmpwatch.config.intervals import next_due, parse_duration
from zmpwatch.config.load import example_config, known_families, load_config
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

__all__ = [
    "DEFAULT_USER_AGENT",
    "Catalogue",
    "Config",
    "CrawlConfig",
    "FeedsConfig",
    "OperatorConfig",
    "SubscriberConfig",
    "WatchConfig",
    "WebConfig",
    "example_config",
    "known_families",
    "load_config",
    "next_due",
    "parse_duration",
]

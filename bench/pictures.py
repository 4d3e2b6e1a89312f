"""Pictures of a mail and of a chat message for docs/subscribers.md, taken from what really goes over the wire.

::

    .venv/bin/python bench/pictures.py --chromium /usr/bin/chromium

The changes of a case of tests/alert are composed, handed to Apprise as in a run, taken by a mail server and by a web
hook of Mattermost's kind on loopback, and what these got is shown by Chromium: the HTML part of the mail, and the text
of the hook. Only the frames around them are drawn here.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from email.message import EmailMessage
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from alert.casefolder import CASES, load
from alert.servers import post_office, receiver
from alert.towns import TownNames

from zmpwatch.alert.message import compose
from zmpwatch.alert.send import AppriseSender, Outcome

HERE = Path(__file__).parents[1] / "docs" / "pictures"
KEY = "0123456789abcdef0123456789abcdef"
STYLE = """
body { font: 15px/1.45 'DejaVu Sans', sans-serif; margin: 0; background: #fff; color: #1d1d1f }
.head { background: #f3f4f6; border-bottom: 1px solid #d9dce1; padding: 14px 22px }
.head b { display: block; font-size: 18px; margin-bottom: 6px } .head span { color: #555; font-size: 13px }
.body { padding: 6px 22px 14px } a { color: #1558b0; word-break: break-all }
.chat { display: flex; padding: 18px 22px; gap: 14px } .chat p { margin: 0 0 10px }
.face { width: 40px; height: 40px; border-radius: 6px; background: #1c58d9; color: #fff; text-align: center;
        line-height: 40px; font-weight: bold; flex: none }
.who { font-weight: bold } .who i { color: #777; font-size: 12px }
"""


def mail_page(mail: EmailMessage) -> str:
    """The mail as a reader shows it: subject, sender, receiver, HTML part."""
    html = mail.get_body(("html",))
    assert html is not None
    head = f"<b>{escape(str(mail['Subject']))}</b><span>{escape(str(mail['From']))} → {escape(str(mail['To']))}</span>"
    return f"<div class=head>{head}</div><div class=body>{html.get_content()}</div>"


def chat_page(text: str) -> str:
    """The chat message as Mattermost shows it: lines as they are, addresses as links."""
    shown = re.sub(r"https?://\S+", lambda found: f'<a href="{found[0]}">{found[0]}</a>', escape(text, quote=False))
    paragraphs = "".join("<p>" + part.replace("\n", "<br>") + "</p>" for part in shown.strip().split("\n\n"))
    return (
        "<div class=chat><div class=face>Z</div><div><div class=who>zmpwatch <i>10:52</i></div>"
        f"{paragraphs}</div></div>"
    )


def picture(chromium: str, body: str, target: Path, height: int) -> None:
    """Let Chromium show a page and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{body}", encoding="utf-8")
        subprocess.run(
            [
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                f"--user-data-dir={folder}/profile",
                f"--window-size=820,{height}",
                "--hide-scrollbars",
                f"--screenshot={target}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    message = compose(
        load(CASES / "eight-more-six-named"), recipient="redakcja", language="pl", names=TownNames(), key=KEY
    )
    sender = AppriseSender()
    with post_office() as mail, receiver() as hook:
        for url in (mail.url, hook.url("0123456789abcdefghijklmnop", scheme="mmost")):
            answer = sender.send(url, message)
            assert answer.outcome is Outcome.SENT, answer
        ((_, parsed),) = mail.taken
        (taken,) = hook.taken
    picture(options.chromium, mail_page(parsed), HERE / "mail.png", 805)
    picture(options.chromium, chat_page(taken.body["text"]), HERE / "chat.png", 705)


if __name__ == "__main__":
    main()

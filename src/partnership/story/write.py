"""Writes the demonstration into a folder."""

import json
from pathlib import Path
from typing import Any

from partnership.feeds import Feeds, filed
from partnership.make import record_mentions
from partnership.notices import line
from partnership.story.background import background
from partnership.story.cast import cast
from partnership.story.story import people, tellings
from partnership.truth import Truth

FORM = "partnership/demo/1"


def write_demo(folder: Path, children: int) -> dict[str, Any]:
    """Feeds, truth and cast.json. `children`: how many others the agencies write about in the same months."""
    feeds, truth = Feeds(folder / "feeds"), Truth(folder / "truth")
    others = background(children, truth)
    feeds.write(
        [
            *(filed(one.notice) for one in tellings()),
            *((one.agency.code, one.at.date(), line(one.notice)) for one in others),
        ]
    )
    record_mentions(truth, others)
    _record_story(truth)
    truth.close()
    files = feeds.close()
    (folder / "cast.json").write_text(json.dumps(cast(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {"form": FORM, "messages": len(tellings()) + len(others), "files": files, "children": children}


def _record_story(truth: Truth) -> None:
    """The story's people and mentions, beside those of the background."""
    names = ("person", "kind", "sex", "given", "family")
    truth.add_rows("persons", names, ((key, one.kind, one.sex, one.given, one.family) for key, one in people().items()))
    mentions = ((one.agency, one.id, n, key) for one in tellings() for n, key in one.mentions.items())
    truth.add_rows("mentions", ("agency", "message", "n", "person"), mentions)

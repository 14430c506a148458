"""Writes the demonstration into a folder."""

import json
from pathlib import Path

from partnership.feeds import Feeds, filed
from partnership.story.cast import cast
from partnership.story.story import tellings


def write_demo(folder: Path, children: int) -> dict[str, int]:
    """Feeds, truth and cast.json. `children`: how many others the agencies write about in the same months."""
    feeds = Feeds(folder / "feeds")
    feeds.write(filed(one.notice) for one in tellings())
    files = feeds.close()
    (folder / "cast.json").write_text(json.dumps(cast(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {"files": files, "messages": len(tellings()), "children": children}

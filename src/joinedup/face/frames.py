"""What stands around every page: whose partnership, whose clock, who is signed in, where they may go.

Face is a low room and may ask nobody, so the setting JOINEDUP_FRAME names a callable, by dotted path, that is given
the request and the look (or None) and answers with the fields of `Frame` as a dict.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

FrameProvider = Callable[[HttpRequest, "LookedFor | None"], Mapping[str, Any]]


class LookedFor(Protocol):
    """The little that a page shows of a look (`share.rules.Look`)."""

    @property
    def by(self) -> str: ...
    @property
    def purpose(self) -> str: ...


@dataclass(frozen=True)
class Frame:
    """Words only; `clock_words` such as "Thursday 5 March 2026, 09:12", navigation as (label, address) pairs."""

    partnership_name: str = ""
    simulated: bool = False
    clock_words: str = ""
    duty_line: str = ""
    navigation: Sequence[tuple[str, str]] = ()
    user_name: str = ""
    user_role: str = ""
    sign_out_url: str = ""
    home_url: str = "/"

    def is_here(self, address: str, path: str) -> bool:
        """Whether a navigation address holds the page at `path`: the longest that begins it; "/" only itself."""
        holders = [url for _, url in self.navigation if path == url or (url != "/" and path.startswith(url))]
        return address == max(holders, key=len, default=None)


def frame_of(request: HttpRequest, look: LookedFor | None = None) -> Frame:
    """The frame of this request; a plain one where no provider is set."""
    path = getattr(settings, "JOINEDUP_FRAME", "")
    if not path:
        return Frame()
    provider = cast("FrameProvider", import_string(path))
    return Frame(**provider(request, look))

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


_standing = Frame()  # of this process's one partnership, without a person, for when its database cannot be asked


def frame_of(request: HttpRequest, look: LookedFor | None = None) -> Frame:
    """The frame of this request; a plain one where no provider is set."""
    global _standing  # noqa: PLW0603 - one database is one partnership, and it is the same for everybody
    path = getattr(settings, "JOINEDUP_FRAME", "")
    if not path:
        return Frame()
    frame = Frame(**cast("FrameProvider", import_string(path))(request, look))
    _standing = Frame(partnership_name=frame.partnership_name, duty_line=frame.duty_line, home_url=frame.home_url)
    return frame


def standing_frame() -> Frame:
    """The partnership's name and duty line as last shown here: a page of trouble must still give the number."""
    return _standing

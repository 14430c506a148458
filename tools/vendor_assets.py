"""Take the styles and scripts of GOV.UK Frontend and MoJ Frontend into `face`, without what is not ours to use.

    npm pack govuk-frontend@6.6.0 @ministryofjustice/frontend@11.1.0
    python tools/vendor_assets.py govuk-frontend-6.6.0.tgz ministryofjustice-frontend-11.1.0.tgz

Services outside GOV.UK use its design system "with the exception of branding (including logos and fonts)"
(gov.uk/guidance/use-govuk-domains-and-the-govuk-design-system). So no font files, no @font-face and no crest leave
the packages; text falls to the machine's own Helvetica or Arial. Of MoJ Frontend come the styles of the few
components that face draws; its script and its images are not needed.
"""

import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

STATIC = Path(__file__).parents[1] / "src" / "joinedup" / "face" / "static" / "face"
SYSTEM_FONTS = '"Helvetica Neue",Helvetica,Arial,sans-serif'
TAKEN_OUT = (
    re.compile(r"@font-face\{[^}]*\}"),
    re.compile(r"[^{}]+\{[^{}]*url\(/assets/images/[^{}]*\}"),  # the crest; icons that face draws itself
    re.compile(r"\n?/\*!.*?\*/", re.DOTALL),  # the notice of a font that is no longer there
    re.compile(r"\n?/[*/][#@] sourceMappingURL=[^\n*]*(?:\*/)?"),
)
FONT_FAMILY = re.compile(r"font-family:(?:GDS Transport|sans-serif)[^;}]*")
MOJ_COMPONENTS = re.compile(r"\.moj-(?:badge|filter|identity-bar|interruption-card|sub-navigation)(?![a-z])")


def plain_css(css: str) -> str:
    """The same styles with the machine's own fonts and without branding."""
    for pattern in TAKEN_OUT:
        css = pattern.sub("", css)
    return FONT_FAMILY.sub(f"font-family:{SYSTEM_FONTS}", css)


def rules(css: str) -> Iterator[str]:
    """Each outermost rule of a minified style sheet, an @media block being one."""
    depth = begin = 0
    for at, character in enumerate(css):
        depth += (character == "{") - (character == "}")
        if character == "}" and depth == 0:
            yield css[begin : at + 1]
            begin = at + 1


def only_our_components(css: str) -> str:
    """The rules of MoJ Frontend that style a component face draws; of an @media block, the rules in it."""
    kept = []
    for rule in rules(css):
        head, _, body = rule.partition("{")
        if head.startswith("@media"):
            inside = only_our_components(body[:-1])
            kept += [f"{head}{{{inside}}}"] if inside else []
        elif MOJ_COMPONENTS.search(head):
            kept.append(rule)
    return "".join(kept)


def read(package: str, path: str) -> str:
    """One text file of an npm package. Raises KeyError where the package has changed its shape."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(f"package/{path}")
        if member is None:
            raise KeyError(path)
        return member.read().decode()


def vendor(govuk: str, moj: str) -> None:
    """Write the three files; run it again with newer packages to move to them."""
    govuk_css = plain_css(read(govuk, "dist/govuk/govuk-frontend.min.css"))
    moj_css = only_our_components(plain_css(read(moj, "moj/moj-frontend.min.css")))
    script = TAKEN_OUT[-1].sub("", read(govuk, "dist/govuk/govuk-frontend.min.js"))
    for name, text in (
        ("govuk-frontend.min.css", govuk_css),
        ("moj-frontend.min.css", moj_css),
        ("govuk-frontend.min.js", script),
    ):
        (STATIC / name).write_text(text)


if __name__ == "__main__":
    vendor(*sys.argv[1:])

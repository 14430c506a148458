"""Take the styles and scripts of GOV.UK Frontend and MoJ Frontend into `face`, without what is not ours to use.

    npm pack govuk-frontend@6.6.0 @ministryofjustice/frontend@11.1.0
    python tools/vendor_assets.py govuk-frontend-6.6.0.tgz ministryofjustice-frontend-11.1.0.tgz

Services outside GOV.UK use its design system "with the exception of branding (including logos and fonts)"
(gov.uk/guidance/use-govuk-domains-and-the-govuk-design-system). So no font files and no @font-face, no crest and
no crown leave the packages; text falls to the machine's own Helvetica or Arial. Addresses become relative, so that
the files work under any static root. MoJ's components are drawn without their script, so only its styles come in.
"""

import re
import sys
import tarfile
from pathlib import Path

STATIC = Path(__file__).parents[1] / "src" / "joinedup" / "face" / "static" / "face"
SYSTEM_FONTS = '"Helvetica Neue",Helvetica,Arial,sans-serif'
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
FONT_FAMILY = re.compile(r"font-family:(?:GDS Transport|sans-serif)[^;}]*")
SOURCE_MAP = re.compile(r"/[*/][#@] sourceMappingURL=[^\n*]*(?:\*/)?")
RULE_WITH_CREST = re.compile(r"[^{}]+\{[^{}]*govuk-crest\.svg[^{}]*\}")
IMAGE = re.compile(r"url\(/assets/images/([\w.-]+)\)")


def plain_css(css: str) -> str:
    """The same styles with the machine's own fonts, no crest, and images beside the file."""
    for pattern, instead in (
        (FONT_FACE, ""),
        (RULE_WITH_CREST, ""),
        (FONT_FAMILY, f"font-family:{SYSTEM_FONTS}"),
        (SOURCE_MAP, ""),
        (IMAGE, r"url(images/\1)"),
    ):
        css = pattern.sub(instead, css)
    return css


def read(package: tarfile.TarFile, path: str) -> bytes:
    """One file of an npm package. Raises FileNotFoundError where the package has changed its shape."""
    member = package.extractfile(f"package/{path}")
    if member is None:
        raise FileNotFoundError(path)
    return member.read()


def vendor(govuk_tgz: str, moj_tgz: str) -> None:
    (STATIC / "images").mkdir(parents=True, exist_ok=True)
    with tarfile.open(govuk_tgz) as govuk, tarfile.open(moj_tgz) as moj:
        govuk_css = plain_css(read(govuk, "dist/govuk/govuk-frontend.min.css").decode())
        moj_css = plain_css(read(moj, "moj/moj-frontend.min.css").decode())
        script = SOURCE_MAP.sub("", read(govuk, "dist/govuk/govuk-frontend.min.js").decode())
        (STATIC / "govuk-frontend.min.css").write_text(govuk_css)
        (STATIC / "moj-frontend.min.css").write_text(moj_css)
        (STATIC / "govuk-frontend.min.js").write_text(script)
        for name in sorted(set(re.findall(r"url\(images/([\w.-]+)\)", govuk_css + moj_css))):
            (STATIC / "images" / name).write_bytes(read(moj, f"moj/assets/images/{name}"))


if __name__ == "__main__":
    vendor(*sys.argv[1:])

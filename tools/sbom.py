"""The list of every package that joinedup is made of, as a CycloneDX 1.6 document, from the lock and what is installed.

python tools/sbom.py            # writes docs/generated/sbom.json
python tools/sbom.py --check    # says whether it is current with the lock
"""

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
OUT = ROOT / "docs" / "generated" / "sbom.json"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> list[dict[str, Any]]:
    """One component for each pinned package, in order of name, with its licence where it is installed."""
    starts = [(found.start(), found[1], found[2]) for found in PINNED.finditer(lock)]
    ends = [start for start, _, _ in starts[1:]] + [len(lock)]
    return [
        {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name.lower()}@{version}",
            "hashes": [{"alg": "SHA-256", "content": one} for one in HASH.findall(lock[start:end])],
            "licenses": [{"license": {"name": licence(name)}}],
        }
        for (start, name, version), end in zip(starts, ends, strict=True)
    ]


def licence(name: str) -> str:
    """As the package itself says it; "not installed here" for what this machine does not need."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return "not installed here"
    of_classifiers = [
        one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License")
    ]
    return said.get("License-Expression") or ", ".join(of_classifiers) or (said.get("License") or "not said")[:60]


def document() -> dict[str, Any]:
    """Without a time and without a serial number: the same lock gives the same document."""
    made = {"type": "application", "name": "joinedup", "licenses": [{"license": {"id": "MIT"}}]}
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": made},
        "components": components(LOCK.read_text()),
    }  # fmt: skip


def current() -> bool:
    """Whether the written list names the lock's packages, versions and hashes; licences may be unknown here."""
    kept = json.loads(OUT.read_text()) if OUT.exists() else {}
    return bare(kept) == bare(document())


def bare(made: dict[str, Any]) -> list[Any]:
    return [[one["name"], one["version"], one["hashes"]] for one in made.get("components", ())]


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(None if current() else f"{OUT.relative_to(ROOT)} is not what the lock says: run tools/sbom.py")
    OUT.write_text(json.dumps(document(), indent=1) + "\n")

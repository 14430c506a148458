"""Somebody who opens everything: every link they are shown, and every address that exists, whether shown or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

HREF = re.compile(r'href="(/[^"#]*)')
LEFT_ALONE = re.compile(r"^/(static|sign-in|sign-out|account)/")  # allauth's own, which say nothing of anybody
REASON = {"why": "Something else", "more": "canary reason of a visitor"}
FAMILIES = 40  # addresses of one route that are followed: lists have many rows of one kind


@dataclass
class Visit:
    """One person's browser. `seen`: what each address answered; an address refused is in it too."""

    client: Client
    seen: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)

    def everything(self) -> str:
        return "\n".join(self.seen.values())

    def get(self, address: str) -> Any:
        """The page; where it asks for a reason, one is given and the page opened again."""
        answer = self.client.get(address)
        if answer.status_code == 302 and answer["Location"].startswith(reverse("share:reason")):
            self.client.post(answer["Location"], REASON)
            answer = self.client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        self.seen[address] = body.decode()
        self.statuses[address] = answer.status_code
        return answer

    def follow(self, begin: str = "/") -> list[str]:
        """Every page that links lead to from the beginning."""
        waiting, opened, kinds = [begin], [], {}
        while waiting:
            address = waiting.pop(0)
            if address in opened or LEFT_ALONE.match(address):
                continue
            route = resolve(urlsplit(address).path).route
            kinds[route] = kinds.get(route, 0) + 1
            if kinds[route] > FAMILIES:
                continue
            opened.append(address)
            answer = self.get(address)
            waiting += [answer["Location"]] if answer.status_code == 302 else HREF.findall(self.seen[address])
        return opened

    def try_every_address(self, known: dict[str, list[str]]) -> list[str]:
        """Every address of joinedup, filled with what an insider might know."""
        tried = [address for address in every_address(known) if not LEFT_ALONE.match(address)]
        for address in tried:
            self.get(address)
        return tried


NOTHING = {"uuid": "0198c1de-0000-7000-8000-000000000000"}  # by converter: what is the key of nothing


def every_address(known: dict[str, list[str]]) -> Iterator[str]:
    """Each pattern of the urlconf, filled with every combination of the values known for its parts."""
    for pattern in patterns():
        of = {part: converter for converter, part in re.findall(r"<(?:(\w+):)?(\w+)>", pattern)}
        for values in product(*(known.get(part, [NOTHING.get(kind, "1")]) for part, kind in of.items())):
            yield fill(pattern, dict(zip(of, values, strict=True)))


def fill(pattern: str, values: dict[str, str]) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: values[part[1]], pattern)


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every pattern of the urlconf in one piece."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, before + str(one.pattern))
        else:
            assert isinstance(one, URLPattern)
            yield before + str(one.pattern)

"""Cuts what was sent at once into messages, one notice each, as the very bytes that were sent.

A list of JSON objects, JSON objects line by line, or a table with several ids; what cannot be cut stays whole.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from joinedup.receive.rules.csv import column_name, delimiter_of, is_table
from joinedup.receive.rules.read import CSV, JSON

DECODER = json.JSONDecoder()
SPACE = re.compile(r"[ \t\r\n]*")
COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")  # as csv counts lines; str.splitlines cuts at more

READ_IN_VAIN = 10_000  # lines


@dataclass(frozen=True)
class Piece:
    """One message: its bytes and what they are."""

    body: bytes
    media: str


def media_of(body: bytes) -> str:
    """JSON or CSV, by content: JSON begins with a brace or a bracket."""
    return JSON if re.match(rb"(\xef\xbb\xbf)?\s*[\[{]", body) else CSV


def pieces(body: bytes, media: str = "") -> list[Piece]:
    """The messages in the bytes, in their order; at least one. `media` is found by content where it is not given."""
    media = media or media_of(body)
    cut = csv_pieces(body) if media == CSV else json_pieces(body)
    return [Piece(part, media) for part in cut] or [Piece(body, media)]


def json_pieces(body: bytes) -> Iterator[bytes]:
    """The objects of a list, or of lines; anything else whole."""
    text = body.decode("latin-1").removeprefix("ï»¿")  # latin-1 keeps every byte, whatever the encoding is
    if text.lstrip().startswith("["):
        yield from (part.encode("latin-1") for part in list_items(text))
    elif is_lines(text):
        yield from (line.encode("latin-1") for line in map(trimmed, text.split("\n")) if line)
    else:
        yield body


def list_items(text: str) -> Iterator[str]:
    """The items of a JSON list; from the first one that is broken on, all the rest as one."""
    at = SPACE.match(text, text.index("[") + 1).end()  # type: ignore[union-attr] # matches nothing too
    while at < len(text) and text[at] != "]":
        try:
            _, end = DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield text[at:]
            return
        yield text[at:end]
        comma = COMMA.match(text, end)
        at = comma.end() if comma else SPACE.match(text, end).end()  # type: ignore[union-attr]
        if not comma and text[at:].strip() not in ("]", ""):
            yield text[at:]
            return


def trimmed(line: str) -> str:
    """Without the spacing of JSON; str.strip would take bytes that only look like spacing."""
    return line.strip(" \t\r\n")


def is_lines(text: str) -> bool:
    """Whether the first line is a JSON object of its own and more follows."""
    first, _, rest = trimmed(text).partition("\n")
    return bool(trimmed(rest)) and is_object(first)


def is_object(line: str) -> bool:
    """Whether a line is a whole JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def csv_pieces(body: bytes) -> Iterator[bytes]:
    """The rows of each id under the header; a row without id is a notice of its own; no table stays whole."""
    text = body.decode("latin-1")
    header, *lines = LINES.findall(text.removeprefix("ï»¿")) or [""]
    if not is_table(header):
        return
    names = [column_name(name.strip('"\r\n')) for name in header.split(delimiter_of(header))]
    groups: dict[object, list[str]] = {}
    for number, (record, cells) in enumerate(records(lines, delimiter_of(header), len(names))):
        sender_id = dict(zip(names, cells, strict=False)).get("id", "").strip()
        if any(cell.strip() for cell in cells):
            groups.setdefault(sender_id or number, []).append(record)
    yield from ((header + "".join(records)).encode("latin-1") for records in groups.values())


def records(lines: list[str], delimiter: str, width: int) -> Iterator[tuple[str, list[str]]]:
    """Each record as its very text and its cells. A record that breaks the table is taken as its first line alone, so
    that a quotation mark too many does not swallow the rows after it. Where too much was read in vain, every line left
    is taken alone: no table costs more than its length."""
    at, in_vain = 0, 0
    while at < len(lines) and in_vain < READ_IN_VAIN:
        reader = csv.reader((lines[i] for i in range(at, len(lines))), delimiter=delimiter, strict=True)
        start = at
        try:
            for cells in reader:
                if reader.line_num > at - start + 1 and len(cells) != width:
                    break
                yield "".join(lines[at : start + reader.line_num]), cells
                at = start + reader.line_num
            else:
                return
        except csv.Error:
            pass
        in_vain += start + reader.line_num - at
        yield lines[at], lines[at].split(delimiter)
        at += 1
    yield from ((line, line.split(delimiter)) for line in lines[at:])

"""The notice as JSON Schema (draft 2020-12), for agencies' engineers and for anybody's validator."""

import json
from typing import Any

from joinedup.receive.rules.notice import Notice

ADDRESS = "/api/v1/notice.schema.json"


def notice_schema() -> dict[str, Any]:
    """The published schema, made from the model that reads. Fields it does not have are read past, and said."""
    made = Notice.model_json_schema(by_alias=True, mode="validation")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:joinedup:notice:1",
        "title": "joinedup/notice/1",
    }
    return {**head, **{name: part for name, part in made.items() if name != "title"}}


def written_schema() -> str:
    """The schema as the file that is published (`data/notice.schema.json`)."""
    return json.dumps(notice_schema(), indent=2, ensure_ascii=False) + "\n"

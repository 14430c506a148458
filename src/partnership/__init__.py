"""A fictional partnership. Comes in: a number of children and a seed, or the story of Ellensford. Goes out: message
files as agencies would send them (`feeds/<agency>/<date sent>.jsonl`, one `joinedup/notice/1` a line) and, apart from
them, the truth (`truth/*.parquet`). Imports nothing of joinedup, which never sees the truth. What it shows is that a
mechanism works and holds under errors; never that a pattern is accurate (docs/rooms/partnership.md).
"""

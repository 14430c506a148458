"""The whole way on one page: message, child, entry, ties, findings, response.

In come unread messages and stirred subjects, claimed by state; out goes everything derived from them, room by room.
`way.py` is the main road; the worker walks it as messages come, `tick` when time passes, `rebuild` for everything at
once, and `replay` for a published case in a scratch database. Safe to run again at any time. Never reached from a
request: pages record facts and stir, flow does the rest.
"""

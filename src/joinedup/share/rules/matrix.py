"""The permission matrix as a page of documentation: generated from the roles and the policy, never written by hand."""

from collections.abc import Iterable, Iterator

from joinedup.share.rules.policy import POLICY, Field, Relation, Row, Source, State
from joinedup.share.rules.roles import ROLES, Role

HEAD = """# Who may see and do what

Generated from `joinedup.share.rules` by `joinedup docs`: change the rules, not this page.

A *permission* opens a kind of page. What may be seen there *of which child* is decided by the policy: which roles, at
which kinds of agency, in which relation to the child, while its case is in which state, for which purpose, see which
class of field from whose statements. Nothing is seen without a row that says so. Whoever has a conflict of interest
sees nothing of that child, whatever any row says. System administration is not case access.
"""
SHORT = {Source.OWN: "own", Source.TOLD: "told", Source.OTHERS: "others", Source.KEPT: "kept"}


def matrix() -> str:
    """The whole page, in Markdown."""
    parts = [HEAD, *fields_by_role(), "## The policy\n", *policy(), "## The roles\n"]
    return "\n".join([*parts, *(line for role in ROLES.values() for line in described(role))]).rstrip() + "\n"


def fields_by_role() -> Iterator[str]:
    """One table: for each role and relation, whose statements of each class of field are shown."""
    yield "## What each role sees\n"
    yield "*own*: statements of the asker's agency; *told*: statements told to it; *others*: any other agency's,"
    yield "under an agreement in force for the purpose and the kind of entry; *kept*: of these, what its owner said"
    yield "must not be passed on. Of what its owner said to be asked about, others see only whom to ask. Empty: never"
    yield "shown.\n"
    yield table_row(["Role", "At", "Of", "While the case is", "For", "Reason asked", *Field])
    yield table_row(["---"] * (6 + len(Field)))
    for role in ROLES.values():
        for relation in Relation:
            rows = [row for row in POLICY if role.code in row.roles and relation in row.relations]
            for same in alike(rows):
                cells = (
                    at_agencies(same) or ", ".join(sorted(role.held_at)),
                    relation,
                    states(same),
                    purposes(same),
                    asks(same),
                )
                yield table_row([role.title, *cells, *(seen(same, one) for one in Field)])
    blind = [role.title for role in ROLES.values() if not any(role.code in row.roles for row in POLICY)]
    yield f"\nSees nothing of any child: {', '.join(blind)}.\n"


def policy() -> Iterator[str]:
    """The rows as they stand, each with its reason."""
    for number, row in enumerate(POLICY, start=1):
        yield f"{number}. {row.because}"
        yield f"   - roles: {'; '.join(ROLES[code].title for code in ROLES if code in row.roles)}"
        yield f"   - at: {at_agencies([row]) or 'wherever the role is held'}"
        yield f"   - of: {', '.join(one for one in Relation if one in row.relations)}"
        yield f"   - while the case is: {states([row])}"
        yield f"   - in force: {in_force(row)}"
        yield f"   - for: {purposes([row])}{', with a stated reason' if row.needs_reason else ''}"
        yield f"   - sees: {', '.join(one for one in Field if one in row.fields)}"
        yield f"   - from: {'; '.join(one for one in Source if one in row.sources)}"
    yield ""


def described(role: type[Role]) -> Iterator[str]:
    yield f"### {role.title}\n"
    yield f"{role.does}\n"
    yield f"Held at: {', '.join(sorted(role.held_at)) or 'any agency'}. Looks for: {role.purpose}."
    yield f"May: {', '.join(sorted(role.permissions))}.\n"


def alike(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows that speak at the same agencies, in the same states and under the same question for a reason, together."""
    together: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        together.setdefault((row.agencies, row.states, row.needs_reason), []).append(row)
    return list(together.values())


def at_agencies(rows: Iterable[Row]) -> str:
    return ", ".join(sorted({kind for row in rows for kind in row.agencies}))


def states(rows: Iterable[Row]) -> str:
    said = {state for row in rows for state in row.states}
    return "any" if said == set(State) else ", ".join(state for state in State if state in said)


def in_force(row: Row) -> str:
    ends = [f"from {row.since:%d %B %Y}" if row.since else "", f"until {row.until:%d %B %Y}" if row.until else ""]
    return " ".join(filter(None, ends)) or "always"


def purposes(rows: Iterable[Row]) -> str:
    return ", ".join(sorted({purpose for row in rows for purpose in row.purposes}))


def asks(rows: Iterable[Row]) -> str:
    return "yes" if any(row.needs_reason for row in rows) else "no"


def seen(rows: Iterable[Row], what: Field) -> str:
    shown = {source for row in rows if what in row.fields for source in row.sources}
    return ", ".join(SHORT[source] for source in Source if source in shown)


def table_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"

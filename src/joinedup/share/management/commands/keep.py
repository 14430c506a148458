"""`joinedup keep ...`: found a partnership and keep its agencies, staff and credentials, on the machine itself.

What a credential's secret is, is said once, here, and kept nowhere.
"""

import getpass
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError

from joinedup.ground.clock import civil_day, utcnow
from joinedup.ground.codes import codes
from joinedup.share import actions, queries
from joinedup.share.doors import operator
from joinedup.share.rules import ROLES, Purpose

Options = dict[str, Any]


class Command(BaseCommand):
    help = "Found a partnership, and keep its agencies, staff and credentials. Each is written to the audit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        found = verbs.add_parser("partnership", help="make this database one partnership's, for good")
        found.add_argument("name", help="as it is called on every page")
        found.add_argument("--simulated", action="store_true", help="fictional people, and a clock that can be set")
        found.add_argument("--duty-line", default="", help="telephone number of the duty line")
        found.add_argument(
            "--open-search", action="store_true", help="agencies' staff may ask whether a child is known"
        )
        agency = verbs.add_parser("agency", help="let an agency join, with the standard agreement")
        agency.add_argument("code", help="short, as notices name it: northgate-rooms")
        agency.add_argument("name", help="as people know it")
        agency.add_argument("--kind", required=True, help="a kind of the code set, such as school or police")
        agency.add_argument(
            "--existence", action="store_true", help="that it works with a child may be told to staff who ask"
        )
        agency.add_argument("--discreet", action="store_true", help="its very name tells something: never named so")
        agreement = verbs.add_parser("agreement", help="put down what an agency agrees to share; a renewal too")
        agreement.add_argument("code", help="code of the agency")
        agreement.add_argument("--edition", required=True, help="as the signed paper calls itself")
        agreement.add_argument(
            "--until", type=date.fromisoformat, help="the day it ends, 2027-04-01; else without an end"
        )
        agreement.add_argument(
            "--purpose", action="append", choices=sorted(Purpose), help="what for; else every usual purpose"
        )
        agreement.add_argument("--kind", action="append", default=[], help="kinds of entry; else every kind")
        person = verbs.add_parser("practitioner", help="let somebody sign in, in these roles; asks for a password")
        person.add_argument("email", help="they sign in with it")
        person.add_argument("name", help="as colleagues know them")
        person.add_argument("--agency", required=True, help="code of the agency they work for")
        person.add_argument(
            "--role", required=True, action="append", choices=sorted(ROLES), metavar="ROLE", help="what they do"
        )
        person.add_argument("--no-password", action="store_true", help="they set one by the reset link")
        credential = verbs.add_parser("credential", help="issue a key for an agency's system, or a link for its staff")
        credential.add_argument("agency", help="code of the agency")
        credential.add_argument("--use", choices=["api", "link"], required=True, help="by a system, or by its staff")
        credential.add_argument(
            "--label", required=True, help="what it is for: the ward's computer, the records system"
        )
        withdraw = verbs.add_parser("withdraw", help="end a credential now")
        withdraw.add_argument("id", help="the part of the key before the full stop")

        rotate = verbs.add_parser("rotate", help="a new key for the same system; the old one works a few days more")
        rotate.add_argument("id", help="the part of the old key before the full stop")
        rotate.add_argument("--days", type=int, default=7, help="how long the old one still works (%(default)s)")
        leaver = verbs.add_parser("leaver", help="close an account now: no sign-in, no role, no session")
        leaver.add_argument("email", help="they signed in with it")
        out = verbs.add_parser("sign-out", help="end every session of somebody; the account stays open")
        out.add_argument("email", help="they sign in with it")
        back = verbs.add_parser("return", help="open a closed account again; they set a password by the reset link")
        back.add_argument("email", help="they sign in with it")
        back.add_argument(
            "--role", required=True, action="append", choices=sorted(ROLES), metavar="ROLE", help="what they do"
        )
        link = verbs.add_parser("identity", help="let somebody sign in by their agency's identity provider")
        link.add_argument("email", help="their account here")
        link.add_argument("--provider", required=True, help="its id in the file that JOINEDUP_OIDC names")
        link.add_argument("--subject", required=True, help="the `sub` by which the provider knows them")
        unlink = verbs.add_parser("no-identity", help="they sign in by no identity provider any more")
        unlink.add_argument("email", help="their account here")

    def handle(self, *, what: str, **options: Any) -> None:
        try:
            self.stdout.write("\n".join(VERBS[what](options)))
        except ValidationError as error:
            said = [f"{field}: {' '.join(of_it)}" for field, of_it in error.message_dict.items()]
            raise CommandError(f"nothing was changed. {' '.join(said)}") from error
        except (ValueError, ObjectDoesNotExist, queries.NotFounded) as error:
            raise CommandError(f"nothing was changed: {error}") from error


def partnership(given: Options) -> Iterator[str]:
    settings = {name: given[name] for name in ("duty_line", "open_search") if given[name]}
    actions.found_partnership(
        by=operator(), at=utcnow(), name=given["name"], simulated=given["simulated"], settings=settings
    )
    yield f"This database is {given['name']}'s, {'simulated' if given['simulated'] else 'real'}, for good."


def agency(given: Options) -> Iterator[str]:
    kinds = codes(civil_day(queries.now())).agency_kinds
    if given["kind"] not in kinds:
        raise ValueError(f"{given['kind']} is no kind of agency: choose one of {', '.join(sorted(kinds))}")
    made = actions.add_agency(
        by=operator(), at=queries.now(), code=given["code"], name=given["name"], kind=given["kind"],
        existence=given["existence"], discreet=given["discreet"],
    )  # fmt: skip
    yield f"{made.name} joined, under the standard agreement."


def agreement(given: Options) -> Iterator[str]:
    kinds, found = codes(civil_day(queries.now())).kinds, queries.agency_of(given["code"])
    if found is None:
        raise ValueError(f"no agency here is called {given['code']}")
    if wrong := sorted(set(given["kind"]) - set(kinds)):
        raise ValueError(f"{', '.join(wrong)}: no kind of entry; they are in docs/rooms/notice.md")
    made = actions.agree(
        by=operator(), at=queries.now(), agency=found, edition=given["edition"], kinds=given["kind"],
        purposes=given["purpose"] or actions.STANDARD_PURPOSES, until=given["until"],
    )  # fmt: skip
    yield f"Kept: {made.edition} of {made.agency.name}, {f'until {made.until}' if made.until else 'without an end'}."


def practitioner(given: Options) -> Iterator[str]:
    password = None if given["no_password"] else getpass.getpass(f"password for {given['email']}: ")
    made = actions.add_practitioner(
        by=operator(), at=queries.now(), email=given["email"], name=given["name"], agency=given["agency"],
        password=password, roles=given["role"],
    )  # fmt: skip
    yield f"{made.name} may sign in as {', '.join(ROLES[role].title for role in given['role'])}."


def credential(given: Options) -> Iterator[str]:
    made = actions.issue_credential(
        by=operator(), at=queries.now(), agency=given["agency"], use=given["use"], label=given["label"]
    )
    yield from shown_once(made)


def shown_once(made: actions.Issued) -> Iterator[str]:
    """A new credential in words."""
    fact = made.credential
    yield f"{fact.label}: {fact.use} of {fact.agency_id}. This is shown once; keep it where it is used:"
    yield f"  key   {made.token}" if fact.use == "api" else f"  link  /report/with/{made.token}/"
    if made.code:
        yield f"  code  {made.code}   (say it, do not send it with the link)"


def withdraw(given: Options) -> Iterator[str]:
    actions.withdraw_credential(by=operator(), at=queries.now(), credential=queries.credential_of(given["id"]))
    yield "It is withdrawn from this moment."


def rotate(given: Options) -> Iterator[str]:
    old = queries.credential_of(given["id"])
    made = actions.rotate_credential(
        by=operator(), at=queries.now(), credential=old, overlap=timedelta(days=given["days"])
    )
    yield f"The old key of {old.label} works {given['days']} days more."
    yield from shown_once(made)


def leaver(given: Options) -> Iterator[str]:
    actions.let_go(by=operator(), at=queries.now(), practitioner=known(given["email"]))
    yield "Their account is closed from this moment."


def sign_out(given: Options) -> Iterator[str]:
    ended = actions.sign_out_everywhere(by=operator(), at=queries.now(), practitioner=known(given["email"]))
    yield f"{ended} sessions ended. Their account stays open."


def back(given: Options) -> Iterator[str]:
    actions.let_back_in(by=operator(), at=queries.now(), practitioner=known(given["email"]), roles=given["role"])
    yield "Their account is open again. They set a password by the reset link."


def identity(given: Options) -> Iterator[str]:
    issuers = {one.id: one.issuer for one in settings.PROVIDERS}
    if given["provider"] not in issuers:
        raise ValueError(
            f"JOINEDUP_OIDC names no provider {given['provider']}: {', '.join(issuers) or 'it names none'}"
        )
    actions.link_identity(
        by=operator(), at=queries.now(), practitioner=known(given["email"]), provider=given["provider"],
        issuer=issuers[given["provider"]], subject=given["subject"],
    )  # fmt: skip
    yield "They may sign in by it from now on."


def no_identity(given: Options) -> Iterator[str]:
    actions.unlink_identities(by=operator(), at=queries.now(), practitioner=known(given["email"]))
    yield "They sign in by no identity provider any more, and are signed out everywhere."


def known(email: str) -> queries.Practitioner:
    """Whose account it is. Raises ValueError where there is none."""
    found = queries.practitioner_of(email)
    if found is None:
        raise ValueError(f"nobody here has the address {email}")
    return found


VERBS: dict[str, Callable[[Options], Iterator[str]]] = {
    "partnership": partnership,
    "agency": agency,
    "agreement": agreement,
    "practitioner": practitioner,
    "credential": credential,
    "withdraw": withdraw,
    "rotate": rotate,
    "leaver": leaver,
    "sign-out": sign_out,
    "return": back,
    "identity": identity,
    "no-identity": no_identity,
}

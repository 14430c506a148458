"""A partnership is founded and kept from the machine itself; every step of it is in the audit."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.management import CommandError, call_command

from joinedup.ground.providers import IdentityProvider
from joinedup.share import queries
from joinedup.share.models import Agreement

Keep = Callable[..., str]


@pytest.fixture
def keep(db: None, monkeypatch: pytest.MonkeyPatch) -> Keep:
    monkeypatch.setattr("getpass.getpass", lambda prompt: "a long password of three words")  # a terminal's answer

    def run(*words: str) -> str:
        out = StringIO()
        call_command("keep", *words, stdout=out)
        return out.getvalue()

    return run


@pytest.fixture
def founded(keep: Keep) -> Keep:
    keep("partnership", "Ellensford", "--duty-line", "01632 960100")
    keep("agency", "general", "Ellensford General Hospital", "--kind", "hospital")
    return keep


def test_what_may_be_told_to_whoever_asks_is_agreed_as_an_agency_joins(keep: Keep) -> None:
    keep("partnership", "Ellensford", "--open-search")
    keep("agency", "young", "Young People's Clinic", "--kind", "health-visiting", "--existence", "--discreet")
    assert queries.partnership().settings == {"open_search": True}
    assert queries.agencies()["young"].discreet
    assert [(one.agency_id, one.existence) for one in Agreement.objects.all()] == [("young", True)]


def test_a_real_partnership_from_nothing_to_somebody_who_signs_in(founded: Keep) -> None:
    said = founded("practitioner", "hannah@example.org", "Hannah Brook", "--agency", "general", "--role", "ed-nurse")
    assert "Hannah Brook may sign in as" in said
    assert not queries.partnership().simulated
    hannah = queries.practitioner_of("hannah@example.org")
    assert hannah is not None
    assert hannah.check_password("a long password of three words")
    assert queries.roles_of(hannah.pk, at=queries.now()) == {"ed-nurse"}
    assert queries.verify().ok


def test_a_key_is_shown_once_and_works_until_it_is_withdrawn(founded: Keep) -> None:
    said = founded("credential", "general", "--use", "api", "--label", "records system")
    token = said.split("key")[1].split()[0]
    assert queries.system_of_token(token, use="api", at=queries.now())
    founded("withdraw", token.partition(".")[0])
    assert queries.system_of_token(token, use="api", at=queries.now()) is None


def test_a_link_comes_with_a_code_to_be_said(founded: Keep) -> None:
    said = founded("credential", "general", "--use", "link", "--label", "night staff")
    token, code = said.split("/report/with/")[1].split("/")[0], said.split("code")[1].split()[0]
    assert queries.system_of_code(token, code, at=queries.now())


def test_a_key_is_rotated_and_the_old_one_works_some_days_more(founded: Keep) -> None:
    old = founded("credential", "general", "--use", "api", "--label", "records system").split("key")[1].split()[0]
    said = founded("rotate", old.partition(".")[0], "--days", "3")
    new = said.split("  key")[1].split()[0]
    assert "The old key of records system works 3 days more." in said
    at = queries.now()
    for days, works in ((0, [True, True]), (2, [True, True]), (4, [False, True])):
        when = at + timedelta(days=days)
        assert [bool(queries.system_of_token(one, use="api", at=when)) for one in (old, new)] == works


HANNAH = "hannah@example.org"


@pytest.fixture
def hannah(founded: Keep) -> Keep:
    founded("practitioner", HANNAH, "Hannah Brook", "--agency", "general", "--role", "ed-nurse")
    return founded


def roles() -> frozenset[str]:
    return queries.roles_of(queries.practitioner_of(HANNAH).pk, at=queries.now())


def test_a_leaver_goes_and_comes_back_with_a_password_to_be_set_anew(hannah: Keep) -> None:
    assert "closed from this moment" in hannah("leaver", HANNAH)
    assert roles() == frozenset()
    assert "reset link" in hannah("return", HANNAH, "--role", "ed-nurse")
    assert roles() == {"ed-nurse"}
    assert not queries.practitioner_of(HANNAH).has_usable_password()


def test_somebody_is_linked_to_their_agencys_provider_and_unlinked(hannah: Keep, settings) -> None:
    settings.PROVIDERS = [
        IdentityProvider(
            id="general", name="General", agency="general", issuer="https://id.example", client_id="c", secret="s"
        )
    ]
    assert "may sign in" in hannah("identity", HANNAH, "--provider", "general", "--subject", "hb-1")
    linked = SocialAccount.objects.get()
    assert (linked.user.email, linked.uid) == (HANNAH, queries.identity_key("https://id.example", "hb-1"))
    with pytest.raises(CommandError, match="linked already"):
        hannah("identity", HANNAH, "--provider", "general", "--subject", "hb-1")
    hannah("no-identity", HANNAH)
    assert not SocialAccount.objects.exists()
    assert queries.verify().ok


def test_a_password_that_would_be_guessed_is_given_to_nobody(founded: Keep, monkeypatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: "password1234")  # a terminal's answer
    with pytest.raises(CommandError, match=r"password: .*too common"):
        founded("practitioner", HANNAH, "Hannah Brook", "--agency", "general", "--role", "ed-nurse")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["leaver", "nobody@example.org"], "nobody here has the address"),
        (["identity", "nobody@example.org", "--provider", "x", "--subject", "y"], "names no provider x: it names none"),
        (["rotate", "no-such-key"], "there is no credential"),
        (["partnership", "Another"], "belongs to a partnership already"),
        (["agency", "general", "Again", "--kind", "hospital"], "code: .* already exists"),
        (["agency", "East Ward", "East", "--kind", "hospital"], "code: .*small letters"),
        (["agency", "east ward", "East", "--kind", "hospital"], "code: .*letters, numbers, underscores or hyphens"),
        (["agency", "x", "X", "--kind", "circus"], "choose one of"),
        (["practitioner", "nobody", "A", "--agency", "general", "--role", "ed-nurse"], "email: .*valid email"),
        (["practitioner", "a@example.org", "A", "--agency", "general", "--role", "police-officer"], "is no role held"),
        (["practitioner", "a@example.org", "A", "--agency", "nowhere", "--role", "ed-nurse"], "agency: .*nowhere"),
        (["withdraw", "no-such-key"], "there is no credential no-such-key"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(founded: Keep, words: list[str], says: str) -> None:
    before = queries.verify().rows
    with pytest.raises(CommandError, match=says):
        founded(*words)
    assert queries.verify().rows == before


def test_a_partnership_comes_first(keep: Keep) -> None:
    with pytest.raises(CommandError, match="no partnership is founded"):
        keep("agency", "general", "Ellensford General Hospital", "--kind", "hospital")

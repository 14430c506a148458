"""Agencies' own identity providers (OpenID Connect), from the JSON file that JOINEDUP_OIDC names. No Django here."""

from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from joinedup.ground.home import HomeError

HERE = {"localhost", "127.0.0.1"}  # a provider of a test may do without TLS


class IdentityProvider(BaseModel):
    """One agency's provider, and which values of `amr` or `acr` say that it asked for a second factor."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")  # in addresses
    name: str = Field(max_length=40)
    agency: str  # the code of the one agency whose people it speaks for
    issuer: str
    client_id: str
    secret: str
    second_factor: list[str] = ["mfa"]

    @model_validator(mode="after")
    def _over_tls(self) -> Self:
        place = urlsplit(self.issuer)
        if place.scheme != "https" and place.hostname not in HERE:
            raise ValueError("the issuer must be https")
        return self

    @property
    def app(self) -> dict[str, Any]:
        """As allauth takes it. Nothing is asked of the provider but who it is: no e-mail address, no name."""
        return {
            "provider_id": self.id, "name": self.name, "client_id": self.client_id, "secret": self.secret,
            "settings": {
                "server_url": self.issuer.rstrip("/"), "issuer": self.issuer, "agency": self.agency,
                "scope": ["openid"], "uid_field": "account", "oauth_pkce_enabled": True,
                "second_factor": self.second_factor,
            },
        }  # fmt: skip


def identity_providers(place: str) -> list[IdentityProvider]:
    """The providers in the file, a JSON list; none for an empty name. Raises HomeError, which says what is wrong."""
    if not place:
        return []
    try:
        return TypeAdapter(list[IdentityProvider]).validate_json(Path(place).read_bytes())
    except OSError as trouble:
        raise HomeError(f"JOINEDUP_OIDC names {place}, which cannot be read ({trouble.strerror})") from trouble
    except ValidationError as wrong:
        said = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong.errors(include_input=False))
        raise HomeError(f"JOINEDUP_OIDC names {place}, which is not a list of providers: {said}") from None

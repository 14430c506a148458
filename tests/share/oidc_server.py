"""An OpenID Connect provider over real HTTP that can also lie: it signs with the wrong key, for the wrong client, late.

`Provider().start()` listens on a port of its own; `minted` changes what the next token says, `signed` who signs it.
An honest provider written by somebody else stands beside it in the tests (oidc-provider-mock).
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

Claims = dict[str, Any]


@cache
def own_key() -> rsa.RSAPrivateKey:
    """The provider's key, made once a run."""
    return key()


def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """The provider, its key, and what it is to say of whoever comes. `asked`: the last authorization request."""

    client: str = "joinedup"
    subject: str = "subject-1"
    own: rsa.RSAPrivateKey = field(default_factory=own_key)
    more: Claims = field(default_factory=dict)  # claims of the token beside the usual ones
    minted: Callable[[Claims], Claims] = lambda claims: claims
    signed: Callable[["Provider", Claims], str] | None = None
    calls_itself: str = ""  # another issuer in its own description
    asked: dict[str, str] = field(default_factory=dict)
    last: str = ""  # the last token it gave

    def start(self) -> "Provider":
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def description(self) -> Claims:
        return {
            "issuer": self.calls_itself or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> Claims:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.own.public_key()))
        return {"keys": [{**public, "kid": "k1", "use": "sig"}]}

    def claims(self) -> Claims:
        now = int(time.time())
        usual = {
            "iss": self.issuer, "sub": self.subject, "aud": self.client, "iat": now, "exp": now + 300,
            "nonce": self.asked["nonce"], "auth_time": now,
        }  # fmt: skip
        return self.minted({**usual, **self.more})

    def token(self) -> str:
        claims = self.claims()
        self.last = self.signed(self, claims) if self.signed else by_key(self.own, claims)
        return self.last

    def back(self, address: str) -> str:
        """What a browser would be sent back to from the authorization page at this address."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return f"{urlsplit(self.asked['redirect_uri']).path}?code=a-code&state={self.asked['state']}"


def by_key(private: rsa.RSAPrivateKey, claims: Claims, kid: str = "k1") -> str:
    return jwt.encode(claims, private, algorithm="RS256", headers={"kid": kid})


def handler_of(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {"/.well-known/openid-configuration": provider.description, "/keys": provider.keys}
            self.say(pages[self.path]())

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            assert sent["code_verifier"], "the code came without its PKCE verifier"
            self.say({"access_token": "unused", "token_type": "Bearer", "id_token": provider.token()})

        def say(self, said: Claims) -> None:
            body = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    return Handler

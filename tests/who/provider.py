"""An identity provider on this machine: its doors, a page to log in at, and tokens for codes."""

import asyncio
import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from tests.who.asking import Clock
from tests.who.tokens import AT, provider

CLIENT, SECRET = "kizuki-desk", "secret-of-the-desk"
PAGE = (
    "<title>Provider</title><link rel=icon href='data:,'>"
    "<form method=post><button id=in>Log in as {who}</button></form>"
)


@dataclass
class IdentityProvider:
    """Logs in whoever comes as `person`; `changed` changes what it says in the next token."""

    clock: Clock
    issuer: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "person-17"})
    changed: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    late: float = 0.0  # seconds

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.doors),
                Route("/authorize", self.authorize, methods=["GET", "POST"]),
                Route("/token", self.token, methods=["POST"]),
            ]
        )

    async def doors(self, _: Request) -> Response:
        self.asked.append("doors")
        await asyncio.sleep(self.late)
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
            }
        )

    async def authorize(self, request: Request) -> Response:
        said = dict(request.query_params)
        assert (said["client_id"], said["response_type"], said["scope"]) == (
            CLIENT, "code", "openid",
        )  # fmt: skip
        assert said["code_challenge_method"] == "S256"
        if request.method == "GET":
            return HTMLResponse(PAGE.format(who=self.person.get("sub")))
        code = secrets.token_urlsafe(16)
        self.codes[code] = said
        back = {"code": code, "state": said["state"]}
        return RedirectResponse(f"{said['redirect_uri']}?{urlencode(back)}", 303)

    async def token(self, request: Request) -> Response:
        self.asked.append("token")
        said = {n: v[0] for n, v in parse_qs((await request.body()).decode()).items()}
        client = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        begun = self.codes.pop(said["code"], None)
        if begun is None or request.headers["authorization"] != f"Basic {client}":
            return JSONResponse({"error": "invalid_grant"}, 400)
        if challenge(said["code_verifier"]) != begun["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        assert said["redirect_uri"] == begun["redirect_uri"]
        token = self.id_token(begun["nonce"])
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def id_token(self, nonce: str) -> str:
        now = AT + int(60 * self.clock.minutes)
        said = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce,
            "amr": ["pwd", "mfa"], "agency": "tokyo", "office": "north", **self.person,
            **self.changed,
        }  # fmt: skip
        header = {"alg": "ES256", "kid": "ec-1", "typ": "JWT"} | self.header
        told = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(header, told, provider()[0], default_type=None)


def challenge(verifier: str) -> str:
    hashed = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


@contextmanager
def listening(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """The address of an application that is served on this machine meanwhile."""
    config = uvicorn.Config(app, port=port, log_config=None, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://localhost:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()

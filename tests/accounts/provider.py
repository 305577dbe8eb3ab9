"""A sign-on of a campus, on the loopback: as much of OpenID Connect as it takes, signed by a key."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT = "the house"


@dataclass
class Campus:
    """The provider: who sits at it, and the codes that it has given out."""

    issuer: str
    subject: str = "s0001"
    email: str = "alice@campus.example"
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    asked: dict[str, str] = field(default_factory=dict)

    def authorize(self, address: str) -> str:
        """Sign in there, and get the address to go back to."""
        sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert sent["client_id"] == CLIENT
        assert sent["code_challenge_method"] == "S256"
        code = hashlib.sha256(sent["state"].encode()).hexdigest()
        self.asked[code] = sent["code_challenge"]
        return f"{sent['redirect_uri']}?{urlencode({'code': code, 'state': sent['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, str] | None:
        challenge = self.asked.pop(form["code"], None)
        proof = hashlib.sha256(form["code_verifier"].encode()).digest()
        if challenge != base64.urlsafe_b64encode(proof).decode().rstrip("="):
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60}
        claims |= {"sub": self.subject, "email": self.email, "email_verified": True}
        claims |= {"name": "Alice Zqwright", "department": "Zqology"}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "t", "token_type": "Bearer", "id_token": signed}

    def answer(self, path: str, form: dict[str, str]) -> object:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/token":
            return self.token(form)
        if path == "/userinfo":
            return {"sub": self.subject, "email": self.email, "email_verified": True}
        return None


@contextmanager
def campus() -> Iterator[Campus]:
    """One that listens."""
    provider = Campus("")

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.say(provider.answer(self.path, {}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self.say(provider.answer(self.path, form))

        def say(self, answer: object) -> None:
            self.send_response(400 if answer is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

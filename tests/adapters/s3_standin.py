"""A small S3 that takes objects only with a right signature (AWS Signature Version 4, path style)."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote

from aiohttp import web

from loopback import serving_app

KEY_ID, SECRET = "AKIASTANDIN", "canary+secret/of=the/bucket"
REGION: Final = "ap-southeast-1"
BUCKET: Final = "shop-media"
_AUTHORIZATION: Final = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<scope>\d{8}/[^/]+/s3/aws4_request), "
    r"SignedHeaders=(?P<headers>[a-z0-9;-]+), Signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(slots=True)
class Standin:
    """``objects`` are type and bytes by key, ``times`` when each was stored; ``failure`` answers every request with this status."""

    endpoint: str = ""
    objects: dict[str, tuple[str, bytes]] = field(default_factory=dict[str, tuple[str, bytes]])
    headers: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    times: dict[str, datetime] = field(default_factory=dict[str, datetime])
    failure: int = 0
    requests: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.requests += 1
        if self.failure:
            return _error(self.failure, "Failed", f"<AWSAccessKeyId>{KEY_ID}</AWSAccessKeyId>{SECRET}")
        refusal = _refusal(request, body)
        if refusal:
            return _error(403, "SignatureDoesNotMatch", refusal)
        bucket, _, key = request.path.lstrip("/").partition("/")
        if bucket != BUCKET:
            return _error(404, "NoSuchBucket", bucket)
        return self._served(request, key, body)

    def _served(self, request: web.Request, key: str, body: bytes) -> web.Response:
        match request.method:
            case "PUT":
                return self._put(request, key, body)
            case "GET" if request.query.get("list-type") == "2":
                return self._list()
            case "HEAD" if key in self.objects:
                facts = {"Last-Modified": format_datetime(self.times[key], usegmt=True), "ETag": '"x"'}
                return web.Response(body=self.objects[key][1], headers=facts)
            case "POST" if "delete" in request.query:
                return self._delete(body.decode())
            case _:
                return _error(404 if request.method == "HEAD" else 405, "NoSuchKey", "")

    def _put(self, request: web.Request, key: str, body: bytes) -> web.Response:
        self.times[key] = datetime.now(UTC)
        self.objects[key] = (request.headers.get("Content-Type", ""), body)
        self.headers[key] = dict(request.headers)
        return web.Response(headers={"ETag": f'"{hashlib.md5(body).hexdigest()}"'})  # noqa: S324  # S3's own

    def _delete(self, body: str) -> web.Response:
        keys = re.findall(r"<Key>([^<]+)</Key>", body)
        for key in keys:
            self.objects.pop(key, None)
        told = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        text = f"<?xml version='1.0'?><DeleteResult>{told}</DeleteResult>"
        return web.Response(text=text, content_type="application/xml")

    def _list(self) -> web.Response:
        """All at once, with folders below the top as S3 tells them."""
        shown = "".join(
            f"<Contents><Key>{key}</Key><LastModified>{self.times[key]:%Y-%m-%dT%H:%M:%S.000Z}</LastModified>"
            f"<ETag>x</ETag><Size>{len(data)}</Size></Contents>"
            for key, (_, data) in self.objects.items()
            if "/" not in key
        )
        text = f"<?xml version='1.0'?><ListBucketResult><IsTruncated>false</IsTruncated>{shown}</ListBucketResult>"
        return web.Response(text=text, content_type="application/xml")


def _error(status: int, code: str, more: str) -> web.Response:
    text = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{more}</Message></Error>"
    return web.Response(status=status, text=text, content_type="application/xml")


def _refusal(request: web.Request, body: bytes) -> str:
    """Why the signature is not right; computed as Amazon's manual says, from nothing but the request."""
    found = _AUTHORIZATION.fullmatch(request.headers.get("Authorization", ""))
    if found is None or found["key"] != KEY_ID:
        return "no such key"
    digest = request.headers.get("x-amz-content-sha256", "")
    if digest != hashlib.sha256(body).hexdigest():
        return "the body is not what was signed"
    names = found["headers"].split(";")
    if not {"host", "x-amz-content-sha256", "x-amz-date"} <= set(names):
        return "a header is not signed"
    headers = "".join(f"{name}:{request.headers[name].strip()}\n" for name in names)
    canonical = "\n".join(
        [request.method, request.rel_url.raw_path, _query(request), headers, found["headers"], digest]
    )
    to_sign = "\n".join(
        [
            "AWS4-HMAC-SHA256",
            request.headers["x-amz-date"],
            found["scope"],
            hashlib.sha256(canonical.encode()).hexdigest(),
        ]
    )
    key = f"AWS4{SECRET}".encode()
    for part in found["scope"].split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    right = hmac.digest(key, to_sign.encode(), "sha256").hex()
    return "" if hmac.compare_digest(right, found["signature"]) else "the signature is wrong"


def _query(request: web.Request) -> str:
    """Sorted, every character but the unreserved ones as a percent sign with two digits."""
    pairs = sorted(
        (quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in request.query.items()
    )
    return "&".join(f"{name}={value}" for name, value in pairs)


@asynccontextmanager
async def running_standin() -> AsyncGenerator[Standin]:
    """The stand-in on a free port of this machine."""
    standin = Standin()
    app = web.Application(client_max_size=10**8)
    app.router.add_route("*", "/{path:.*}", standin.answer)
    async with serving_app(app) as standin.endpoint:
        yield standin

"""An S3 bucket, as little of it as the store needs: objects that are read whole, put on
the condition that nobody else put one meanwhile, listed and deleted."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from itertools import islice
from typing import Any, BinaryIO, Final, Literal, TypeVar

from commonwire.env import PREFIX, BucketPlace, WrongSetting

T = TypeVar("T")
R = TypeVar("R")
AT_ONCE: Final = 16
# A store that did not answer is left alone so long: nobody waits for it meanwhile.
PAUSE: Final = 2.0
# Of one answer, and of one request to delete.
MOST_KEYS: Final = 1_000
_MISSING: Final = {"404", "NoSuchKey"}
# Somebody else was there first: at the same moment, before, or took it away.
_OTHERS: Final = {"412", "409", "PreconditionFailed", "ConditionalRequestConflict"}
_DIGEST: Final = "sha256"
# Written and deleted to see whether that is allowed.
PROBE: Final = ".commonwire-probe"
_CREDENTIALS: Final = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"


class StoreDown(Exception):
    """The store does not answer, or refuses; what waits for it is done again."""


class Overtaken(Exception):
    """Somebody else put another object there since this one's was looked at."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An object as it was: what the next put is compared with."""

    etag: str
    digest: str
    modified: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """An object as a list of the bucket names it."""

    key: str
    size: int
    etag: str
    modified: datetime


class Bucket:
    def __init__(self, place: BucketPlace) -> None:
        self.place = place
        self._down_until = 0.0

    @cached_property
    def client(self) -> Any:
        # Half a second that a site with a directory need not wait.
        import boto3  # noqa: PLC0415
        from botocore.config import Config  # noqa: PLC0415

        return boto3.session.Session().client(
            "s3",
            endpoint_url=self.place.endpoint or None,
            region_name=self.place.region or None,
            config=Config(
                connect_timeout=2,
                read_timeout=20,
                retries={"total_max_attempts": 2, "mode": "standard"},
                max_pool_connections=2 * AT_ONCE,
                # Checksums of the newer kind are unknown to many servers but Amazon's.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                # A server at an address of its own has no name for each bucket.
                s3={"addressing_style": "path" if self.place.endpoint else "auto"},
            ),
        )

    @cached_property
    def pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="store")

    def each(self, work: Callable[[T], R], items: Iterable[T]) -> list[R]:
        """Side by side: what takes one round trip takes hardly more for sixteen."""
        return list(self.pool.map(work, items))

    def start(self, work: Callable[[], R]) -> "Future[R]":
        return self.pool.submit(work)

    def look(self, key: str) -> Seen | None:
        answer = self._ask("head_object", {"Key": self._full(key)})
        return _seen(answer) if answer else None

    def read(self, key: str) -> tuple[bytes, Seen] | None:
        answer = self._ask("get_object", {"Key": self._full(key)}, whole=True)
        return (answer["Body"], _seen(answer)) if answer else None

    def put(
        self,
        key: str,
        body: bytes | BinaryIO,
        said: dict[str, str],
        *,
        over: Seen | Literal["anything"] | None = "anything",
    ) -> None:
        """``said``: ContentType, CacheControl. ``over``: only if that lies there still,
        or, with None, nothing; otherwise Overtaken."""
        told: dict[str, Any] = {"Key": self._full(key), "Body": body, **said}
        if isinstance(body, bytes):
            told["Metadata"] = {_DIGEST: digest_of(body)}
        if over is None:
            told["IfNoneMatch"] = "*"
        elif over != "anything":
            told["IfMatch"] = over.etag
        self._ask("put_object", told, gone=Overtaken)

    def delete(self, keys: Iterable[str]) -> None:
        left = iter(keys)
        while some := list(islice(left, MOST_KEYS)):
            objects = [{"Key": self._full(key)} for key in some]
            answer = self._ask(
                "delete_objects", {"Delete": {"Objects": objects, "Quiet": True}}
            )
            errors = (answer or {}).get("Errors", ())
            if any(each.get("Code") not in _MISSING for each in errors):
                raise StoreDown(f"{errors[0]['Key']}: {errors[0].get('Message')}")

    def keys(self, under: str) -> Iterator[str]:
        """All keys that begin with this."""
        return (each.key for each in self.listed(under))

    def listed(self, under: str, *, below: bool = True) -> Iterator[Listed]:
        """All objects whose keys begin with this; or only those in that folder."""
        how = {} if below else {"Delimiter": "/"}
        for page in self._pages(under, **how):
            for each in page.get("Contents", ()):
                key = each["Key"].removeprefix(self._full(""))
                yield Listed(key, each["Size"], each["ETag"], each["LastModified"])

    def folders(self, under: str) -> list[str]:
        """The names right below one that ends in a stroke, which have more below them."""
        return [
            each["Prefix"].removeprefix(self._full(under)).rstrip("/")
            for page in self._pages(under, Delimiter="/")
            for each in page.get("CommonPrefixes", ())
        ]

    def examine(self) -> bool:
        """Whether it knows conditions; raises WrongSetting with what to mend when it can
        not be written, read and listed at all."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        name, key = self.place.name, self._full(PROBE)
        try:
            self.client.list_objects_v2(Bucket=name, Prefix=key, MaxKeys=1)
            self.client.put_object(Bucket=name, Key=key, Body=b"")
            self.client.get_object(Bucket=name, Key=key)["Body"].read()
            careful = self._refuses_what_is_there()
            self.client.delete_object(Bucket=name, Key=key)
        except ClientError as error:
            raise self._wrong(_mend(error, self.place)) from error
        except (BotoCoreError, ValueError) as error:
            raise self._wrong(_outage(error)) from error
        return careful

    def _refuses_what_is_there(self) -> bool:
        other = Seen(f'"{"0" * 32}"', "", datetime.min)  # noqa: DTZ901 - of nothing
        for condition in (None, other):
            try:
                self.put(PROBE, b"x", {}, over=condition)
            except Overtaken:
                continue
            except StoreDown:  # it says that it does not know them
                pass
            return False
        return True

    def _wrong(self, why: str) -> WrongSetting:
        place = self.place
        where = f" at {place.endpoint}" if place.endpoint else ""
        return WrongSetting(
            f"{PREFIX}STORE names the bucket {place.name!r}{where}, and {why}"
        )

    def _pages(self, under: str, **how: str) -> Iterator[dict[str, Any]]:
        token: dict[str, str] = {}
        while True:
            page = self._ask(
                "list_objects_v2",
                {
                    "Prefix": self._full(under),
                    "MaxKeys": MOST_KEYS,
                    **how,
                    **token,
                },
            )
            if not page:
                return
            yield page
            if not page.get("IsTruncated"):
                return
            token = {"ContinuationToken": page["NextContinuationToken"]}

    def _full(self, key: str) -> str:
        return f"{self.place.prefix}/{key}" if self.place.prefix else key

    def _ask(
        self,
        what: str,
        arguments: dict[str, Any],
        *,
        whole: bool = False,
        gone: type[Exception] | None = None,
    ) -> dict[str, Any] | None:
        """None for what is not there; StoreDown or Overtaken for what did not go."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        if time.monotonic() < self._down_until:
            raise StoreDown("the store did not answer a moment ago")
        try:
            call = getattr(self.client, what)
            answer: dict[str, Any] = call(Bucket=self.place.name, **arguments)
            if whole:
                answer["Body"] = answer["Body"].read()
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _OTHERS:
                raise Overtaken(arguments["Key"]) from error
            if code in _MISSING:
                if gone is not None:
                    raise gone(arguments["Key"]) from error
                return None
            raise StoreDown(str(error)) from error
        except (BotoCoreError, OSError) as error:
            self._down_until = time.monotonic() + PAUSE
            raise StoreDown(str(error)) from error
        return answer


def _mend(error: Any, place: BucketPlace) -> str:
    code = str(error.response.get("Error", {}).get("Code", ""))
    if code in {"404", "NoSuchBucket"}:
        return "it is not there: make it, or write the name of one that is"
    if code in {"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "401"}:
        return f"its server refuses the credentials ({code}): {_CREDENTIALS}"
    if code in {"AccessDenied", "403", "AllAccessDisabled"}:
        return (
            f"{error.operation_name} is not allowed: let the key of AWS_ACCESS_KEY_ID "
            "list the bucket, and read, write and delete objects in it"
        )
    if code in {"PermanentRedirect", "AuthorizationHeaderMalformed", "301", "400"}:
        return (
            f"it is in another region than {place.region!r}: write ?region=… ({code})"
        )
    return f"its server says {code or error}: look at the server, or at the endpoint"


def _outage(error: Exception) -> str:
    name = type(error).__name__
    if "Credentials" in name:
        return f"there are no credentials for it: {_CREDENTIALS}"
    if "Region" in name:
        return "no region is known: write ?region=… behind it, or set AWS_REGION"
    return f"its server does not answer ({name}): start it, or mend the endpoint"


def digest_of(body: bytes) -> str:
    return sha256(body).hexdigest()


def _seen(answer: dict[str, Any]) -> Seen:
    told = answer.get("Metadata", {})
    return Seen(answer["ETag"], told.get(_DIGEST, ""), answer["LastModified"])

"""Handing out files that only their author may see."""

import os
from typing import BinaryIO

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from commonwire.kit import ranges


def answer(file: BinaryIO, kind: str, wanted: str) -> HttpResponseBase:
    """Players ask for parts, and some play nothing that does not come in parts."""
    size = os.fstat(file.fileno()).st_size
    part = ranges.part(wanted, size)
    headers = {"Accept-Ranges": "bytes"}
    if part is None:
        return FileResponse(file, content_type=kind, headers=headers)
    if part == ranges.NOWHERE:
        file.close()
        headers["Content-Range"] = f"bytes */{size}"
        return HttpResponse(status=416, content_type=kind, headers=headers)
    length = part.last - part.first + 1
    headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    headers["Content-Length"] = str(length)
    return StreamingHttpResponse(
        ranges.chunks(file, part.first, length),
        status=206,
        content_type=kind,
        headers=headers,
    )

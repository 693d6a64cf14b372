"""Uploaded files go straight to quarantine, and one that is too big costs only itself.

Named in settings.FILE_UPLOAD_HANDLERS as the only handler: no upload is held in memory
and none lies in a shared temporary directory under its own name.
"""

from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from commonwire.media import store
from commonwire.media.messages import MAX_BYTES
from commonwire.media.workshop import the_workshop


class QuarantinedFile(UploadedFile):  # type: ignore[type-arg]  # stubs only
    """What a view finds in ``request.FILES``.

    ``name`` is the contributor's, for telling them which file is meant; on disk it is
    not kept. Django closes the files of a request at its end, and what nobody has taken
    in by then is deleted.
    """

    def __init__(self, path: Path, name: str, size: int, *, too_big: bool) -> None:
        super().__init__(file=None, name=name, size=size)
        self.path = path
        self.too_big = too_big
        self._kept = False

    def keep(self) -> Path:
        """The upload, for who takes care of it from here on."""
        self._kept = True
        return self.path

    def close(self) -> None:
        if not self._kept:
            self.path.unlink(missing_ok=True)


class QuarantineHandler(FileUploadHandler):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._path: Path | None = None
        self._file: BinaryIO | None = None
        self._received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._path, self._file = store.new_upload()
        the_workshop.warm()
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never passes the data on: there is no handler behind this one."""
        self._received = start + len(raw_data)
        if self._file is None or self._file.closed:
            return
        if self._received > MAX_BYTES:
            self._drop()
        else:
            self._file.write(raw_data)

    def file_complete(self, file_size: int) -> QuarantinedFile | None:
        path, file = self._path, self._file
        if path is None or file is None:
            return None
        file.close()
        self._path = self._file = None
        return QuarantinedFile(
            path,
            self.file_name or "",
            file_size,
            too_big=self._received > MAX_BYTES,
        )

    def upload_interrupted(self) -> None:
        """The connection broke: half a file is of no use to anybody."""
        self._drop()

    def _drop(self) -> None:
        if self._file is not None and self._path is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)

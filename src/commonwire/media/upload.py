"""Uploaded files go straight to quarantine, and one that is too big costs only itself.

Named in settings.FILE_UPLOAD_HANDLERS as the only handler: no upload is held in memory
and none lies in a shared temporary directory under its own name.
"""

from pathlib import Path
from typing import Any, BinaryIO, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from commonwire.kit.disk import is_full
from commonwire.media import quotas, store
from commonwire.media.workshop import refusal, the_reception, the_workshop

# How much is written between two looks at how full the disk is.
LOOK_EVERY: Final = 16 * 1024 * 1024


class QuarantinedFile(UploadedFile):  # type: ignore[type-arg]  # stubs only
    """What a view finds in ``request.FILES``.

    ``name`` is the contributor's, for telling them which file is meant; on disk it is
    not kept. Django closes the files of a request at its end, and what nobody has taken
    in by then is deleted.
    """

    def __init__(self, path: Path, name: str, size: int, *, refused: str = "") -> None:
        """``refused``: why none of it was kept, a reason of ``media.messages``."""
        super().__init__(file=None, name=name, size=size)
        self.path = path
        self.refused = refused
        self._kept = False

    def keep(self) -> Path:
        """The upload, for who takes care of it from here on; or Refused."""
        if self.refused:
            raise refusal(self.refused)
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
        self._refused = ""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._path, self._file = store.new_upload()
        the_reception.warm()
        the_workshop.warm()
        self._received = 0
        self._refused = ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never passes the data on: there is no handler behind this one."""
        self._received = start + len(raw_data)
        if self._file is None or self._file.closed:
            return
        self._refused = self._reason_against(raw_data, start)
        if self._refused:
            self._drop()

    def _reason_against(self, raw_data: bytes, start: int) -> str:
        """Writes the data, unless there is a reason against it."""
        assert self._file is not None  # noqa: S101 - for the type checker
        if self._received > quotas.largest():
            return "too_big_at_all"
        if start % LOOK_EVERY < len(raw_data) and not quotas.fits_on_disk():
            return "disk_full"
        try:
            written = self._file.write(raw_data)
        except OSError as error:
            if not is_full(error):
                raise
            return "disk_full"
        return "" if written == len(raw_data) else "disk_full"

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
            refused=self._refused,
        )

    def upload_interrupted(self) -> None:
        """The connection broke: half a file is of no use to anybody."""
        self._drop()

    def _drop(self) -> None:
        if self._file is not None and self._path is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)

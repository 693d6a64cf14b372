"""Opening what people filmed and recorded: by path, and only as what it is.

Playlists, session descriptions and the like are not among the formats, and files are
the only protocol: a file object, or one more format, and FFmpeg fetches what an upload
tells it to.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.frame import Frame
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from commonwire.media import kinds, tracks
from commonwire.media.exchange import SOUND, VIDEO, Looked
from commonwire.media.messages import (
    MAX_CLIP_BYTES,
    MAX_PIXELS,
    MAX_SIDE,
    SOUND_HOURS,
    VIDEO_MEGAPIXELS,
    VIDEO_MINUTES,
    Refused,
)
from commonwire.media.turning import shown_size

if TYPE_CHECKING:
    from av.packet import Packet

FORMATS: Final = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,asf,flv,mxf,"
    "mp3,ogg,flac,wav,w64,aac,amr,aiff,caf"
)
WHITELISTS: Final = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
# The only ones whose length is written down; the rest guess it from the bit rate.
TELL_THEIR_LENGTH: Final = {"mov", "matroska", "avi", "wav", "flac", "flv", "caf"}
# A first frame is found long before this, or never.
PACKETS_TO_FIRST_FRAME: Final = 500
MAX_SECONDS: Final = {VIDEO: VIDEO_MINUTES * 60, SOUND: SOUND_HOURS * 3600}
_MICROSECONDS: Final = 1_000_000


def look(upload: Path) -> Looked:
    """What the headers and the first frame say; VIDEO where there is a moving picture.

    Refused if it cannot be opened, is too long, or its pictures are too large.
    """
    if upload.stat().st_size > MAX_CLIP_BYTES:
        raise Refused("clip_too_big")
    with opened(upload) as container:
        removed = tracks.found_in(container)
        picture = picture_of(container)
        kind = VIDEO if picture else SOUND
        seconds = seconds_of(container)
        if tells_its_length(container) and seconds > MAX_SECONDS[kind]:
            raise Refused("too_long_video" if picture else "too_long_sound")
        seconds = min(seconds, MAX_SECONDS[kind])
        if picture is None:
            return Looked(SOUND, 0, 0, seconds, removed=removed)
        frame = first_frame(container, picture)
        width, height = shown_size(frame, picture.sample_aspect_ratio)
        return Looked(VIDEO, width, height, seconds, removed=removed)


@contextlib.contextmanager
def opened(upload: Path) -> Iterator[InputContainer]:
    """The container, with something in it that can be seen or heard."""
    form = _checked(upload)
    try:
        container = av.open(
            f"file:{upload}",
            format=form,
            options=WHITELISTS,
            metadata_errors="replace",
        )
    except MemoryError:
        raise
    except (av.FFmpegError, ValueError) as error:
        raise Refused(_why_not(upload)) from error
    with container:
        if picture_of(container) is None and sound_of(container) is None:
            raise Refused("damaged_clip")
        yield container


def _checked(upload: Path) -> str | None:
    """Text, such as a playlist, is not even shown to FFmpeg; and where something stands
    before an MP3's frames, it is told the format, and does not look for another."""
    with upload.open("rb") as file:
        head = file.read(kinds.READ)
    kind = kinds.recognise(head)
    if kind not in {"video", "sound"}:
        raise Refused(kind if kind not in kinds.TAKEN else "unknown")
    return "mp3" if kinds.is_behind_something(head) else None


def _why_not(upload: Path) -> str:
    """An MP4 whose index has not arrived looks like any damaged one to FFmpeg."""
    with upload.open("rb") as file:
        return "cut_off" if _index_is_missing(file.fileno()) else "damaged_clip"


def _index_is_missing(file: int) -> bool:
    place, size = 0, os.fstat(file).st_size
    while place < size:
        head = os.pread(file, 16, place)
        name, length = head[4:8], int.from_bytes(head[:4])
        if name == b"moov" or not name.isalnum():
            return place + length > size and name == b"moov"
        if length == 1:
            length = int.from_bytes(head[8:16])
        place += max(length, 8) if length else size
    return True


def picture_of(container: InputContainer) -> VideoStream | None:
    """The first moving picture; a cover picture is none."""
    for stream in container.streams.video:
        # None for a codec FFmpeg does not know, whatever PyAV's types say.
        context: object = stream.codec_context
        if context and not stream.disposition & Disposition.attached_pic:
            return stream
    return None


def sound_of(container: InputContainer) -> AudioStream | None:
    """The first track that can be decoded."""
    for stream in container.streams.audio:
        context: object = stream.codec_context
        if context:
            return stream
    return None


def seconds_of(container: InputContainer) -> float:
    """By its own account; 0 where it gives none."""
    return max(0.0, (container.duration or 0) / _MICROSECONDS)


def start_of(container: InputContainer) -> float:
    """Where its clock stands at its first frame, in seconds."""
    # PyAV says int, FFmpeg does not always know.
    start: int | None = container.start_time
    return (start or 0) / _MICROSECONDS


def tells_its_length(container: InputContainer) -> bool:
    return container.format.name.partition(",")[0] in TELL_THEIR_LENGTH


def first_frame(container: InputContainer, picture: VideoStream) -> VideoFrame:
    """Decoded, since only frames know how they are turned; sizes are checked before."""
    check_size(picture.codec_context.width, picture.codec_context.height)
    packets = zip(range(PACKETS_TO_FIRST_FRAME), container.demux(picture), strict=False)
    try:
        for _, packet in packets:
            for frame in decoded(packet):
                if isinstance(frame, VideoFrame):
                    check_size(frame.width, frame.height)
                    return frame
    except av.FFmpegError as error:
        raise Refused("damaged_clip") from error
    raise Refused("damaged_clip")


def check_size(width: int, height: int) -> None:
    most = min(VIDEO_MEGAPIXELS * 1_000_000, MAX_PIXELS)
    if width * height > most or max(width, height) > MAX_SIDE:
        raise Refused("too_large_video")


def frames(
    container: InputContainer, streams: list[VideoStream | AudioStream]
) -> Iterator[Frame]:
    """All that decodes; what does not is left out, and a torn end is an end."""
    packets = container.demux(*streams)
    while True:
        try:
            packet = next(packets, None)
        except MemoryError:
            raise
        except av.FFmpegError:
            return
        if packet is None:
            return
        yield from decoded(packet)


def decoded(packet: "Packet[Any]") -> list[Frame]:
    try:
        return list(packet.decode())
    except MemoryError:
        raise
    except av.FFmpegError:
        return []

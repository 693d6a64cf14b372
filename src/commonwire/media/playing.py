"""What pages ask of an attachment that plays, or is read, rather than looked at."""

from typing import Any

NARROW = "(max-width: 40rem)"


class Playing:
    """The part of `media.models.Attachment` that names its files by their purpose."""

    folder: str
    public_id: str
    captions: str
    captions_id: str
    seconds: float
    renditions: Any

    def address(self, name: str) -> str:
        raise NotImplementedError

    @property
    def video_sources(self) -> list[dict[str, str]]:
        """In the order in which a browser is to try them: what it plays first, it plays."""
        return self._sources(
            ("small.mp4", NARROW), ("video.webm", ""), ("video.mp4", "")
        )

    @property
    def sound_sources(self) -> list[dict[str, str]]:
        return self._sources(("sound.opus", ""), ("sound.mp3", ""))

    @property
    def animation_sources(self) -> list[dict[str, str]]:
        """Empty for a picture that stands still."""
        return self._sources(("animation.mp4", ""))

    def _sources(self, *wanted: tuple[str, str]) -> list[dict[str, str]]:
        return [
            {"address": self.address(name), "type": item["type"], "media": media}
            for name, media in wanted
            if (item := self._rendition(name))
        ]

    @property
    def downloads(self) -> list[dict[str, Any]]:
        """What somebody may want to keep: the address, the kind in letters, the bytes."""
        names = ("video.mp4", "small.mp4", "sound.mp3", "document.pdf")
        return [
            {
                "address": self.address(name),
                "letters": name.rpartition(".")[2].upper(),
                "small": name == "small.mp4",
                "bytes": item["bytes"],
            }
            for name in names
            if (item := self._rendition(name))
        ]

    @property
    def waveform(self) -> dict[str, Any] | None:
        item = self._rendition("waveform.svg")
        return {**item, "address": self.address(item["name"])} if item else None

    @property
    def captions_address(self) -> str:
        """Where the captions lie as a file; empty when there are none."""
        if not self.captions:
            return ""
        if self.folder:
            return f"{self.folder}/{self.public_id}/captions.vtt"
        return f"/media/{self.captions_id}/captions.vtt" if self.captions_id else ""

    @property
    def whole_seconds(self) -> int:
        """What is shorter than half a second is not nothing."""
        return max(1, round(self.seconds))

    @property
    def iso_duration(self) -> str:
        """As ISO 8601 and schema.org write it: PT1H4M20S."""
        minutes, seconds = divmod(self.whole_seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"PT{hours}H{minutes}M{seconds}S" if hours else f"PT{minutes}M{seconds}S"

    def _rendition(self, name: str) -> dict[str, Any] | None:
        return next((item for item in self.renditions if item["name"] == name), None)

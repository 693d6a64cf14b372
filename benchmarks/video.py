"""A 1080p clip to its whole rendition set, beside the ffmpeg command doing the same.

The same sizes, encoder settings and outputs. The command is whatever ``ffmpeg`` is
installed, with its own releases of the encoders, so its version is printed; ours is
FFmpeg in PyAV's wheel. Ours also looks at the headers, chooses and writes a poster,
and syncs everything to the disk.

    python -m benchmarks.video [--quick] [--json FILE]
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import av
from benchmarks.reports import Report, median, program

from commonwire.media import video
from commonwire.media.exchange import Options

AT_MOST_COMMAND = 1.1
# Light, edges and grain that move, and a voice's worth of sound.
PICTURE = "testsrc2=s=1920x1080:r=30,noise=alls=8:allf=t"
SOUND = "sine=440:sample_rate=48000"
QUIET = ("ffmpeg", "-v", "error", "-y")


def clip(path: Path, seconds: int) -> None:
    subprocess.run(
        [
            *QUIET,
            "-f",
            "lavfi",
            "-i",
            PICTURE,
            "-f",
            "lavfi",
            "-i",
            SOUND,
            "-t",
            str(seconds),
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            "-b:v",
            "12M",
            "-c:a",
            "aac",
            str(path),
        ],
        check=True,
    )


def ours(upload: Path, into: Path) -> None:
    video.make(upload=upload, into=into, options=Options(), say=lambda _: None)


def command(upload: Path, into: Path) -> None:
    split = "[0:v]split=3[large][webm][whole];[whole]scale=854:480[small]"
    subprocess.run(
        [
            *QUIET,
            "-i",
            str(upload),
            "-filter_complex",
            split,
            *output("large", "libx264", video.H264, "aac", into / "video.mp4"),
            *output("small", "libx264", video.H264_SMALL, "aac", into / "small.mp4"),
            *output("webm", "libsvtav1", video.AV1, "libopus", into / "video.webm"),
        ],
        check=True,
        stderr=subprocess.DEVNULL,
    )


def output(
    label: str, codec: str, options: dict[str, str], sound: str, path: Path
) -> list[str]:
    # Older releases know no such option by that name; it changes nothing here.
    told = {name: value for name, value in options.items() if name != "a53cc"}
    words = [word for name, value in told.items() for word in (f"-{name}", value)]
    start = ["-movflags", "+faststart"] if path.suffix == ".mp4" else []
    heard = ["-map", "0:a", "-c:a", sound, "-b:a", "80k"]
    return ["-map", f"[{label}]", "-c:v", codec, *words, *heard, *start, str(path)]


def timed(way: Callable[[Path, Path], None], upload: Path) -> float:
    with tempfile.TemporaryDirectory(dir=upload.parent) as into:
        start = time.perf_counter()
        way(upload, Path(into))
        return time.perf_counter() - start


def measure(report: Report, quick: bool) -> None:
    if shutil.which("ffmpeg") is None:
        report.say("ffmpeg is not installed; there is nothing to compare with.")
        return
    os.environ.setdefault("SVT_LOG", "1")
    told = subprocess.run(
        ["ffmpeg", "-version"], capture_output=True, text=True, check=True
    ).stdout
    report.say(f"{told.partition(' Copyright')[0]}; ours {av.ffmpeg_version_info}")
    seconds, rounds = (5, 1) if quick else (60, 3)
    ways = {"ours": ours, "command": command}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as place:
        upload = Path(place) / "clip.mp4"
        clip(upload, seconds)
        names = list(ways)
        for _ in range(rounds):
            for name in names:
                taken[name].append(timed(ways[name], upload))
            # Each goes first equally often.
            names.reverse()
    medians = {name: median(each) for name, each in taken.items()}
    report.table(
        [f"{seconds} s of 1080p30", "median s", "fastest s"],
        [[name, medians[name], min(each)] for name, each in taken.items()],
    )
    report.figures["seconds"] = medians
    ratio = medians["ours"] / medians["command"]
    report.target("video, ours / ffmpeg command", ratio, most=AT_MOST_COMMAND)


if __name__ == "__main__":
    program(__doc__, measure)

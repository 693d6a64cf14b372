"""A twelve-megapixel photograph to its whole rendition set, four ways, side by side.

* ours: ``commonwire.media.workshop``, as the product does it: another process, all
  checks, metadata read for the contributor, files synced to the disk, two encoders at a
  time (and once more held to one core, to show what that part is worth);
* bare: the fastest way with Pillow for the same files, in this process, nothing else;
* vips: the same with libvips, which uses all cores;
* Willow: opened once, each width resized from the original, saved.

The same sizes and encoder settings, interleaved, medians. Ratios are what counts: the
machine under them does not. Beside them the memory of a picture of sixty megapixels,
and six photographs sent at once to ``commonwire serve``: from the last byte of the form
until its draft's page shows them all, beside six times the bare time on two cores. The
page is asked for ten times a second. Printed beside: the bare way for six in two
processes at once, since cores that share their memory are no two machines; and what the
processors spent on ours and on the bare way, for a machine that is busy with more.

    python benchmarks/media.py [--quick] [--json FILE]
"""

import argparse
import contextlib
import http.client
import itertools
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil
import pyvips
from django.conf import settings
from PIL import ExifTags, Image

# Willow, while it is imported, asks Django for its settings.
settings.configure(USE_I18N=False)

import willow  # noqa: E402

from benchmarks import servers  # noqa: E402
from commonwire.media import renditions  # noqa: E402
from commonwire.media.workshop import Workshop  # noqa: E402

SIZE = (4000, 3000)
LARGE = (8944, 6708)
AT_MOST_BARE = 1.2
AT_MOST_WILLOW = 0.4
AT_MOST_MEGABYTES = 250
AT_MOST_MEGABYTES_LARGE = 600
PHOTOGRAPHS = 6
SENDINGS = 3
PAUSE_SECONDS = 12
POLLS_A_SECOND = 10
CORES = 2
AT_MOST_SIX = 1.3
Way = Callable[[Path, Path], None]


def photograph(path: Path, size: tuple[int, int] = SIZE) -> None:
    """Smooth light, edges and grain at every scale, the same at each run."""
    bands = [
        Image.linear_gradient("L"),
        Image.radial_gradient("L"),
        Image.linear_gradient("L").rotate(90),
    ]
    picture = Image.merge("RGB", [band.resize(size) for band in bands])
    for width, weight in (
        (8, 0.45),
        (40, 0.35),
        (200, 0.25),
        (1000, 0.15),
        (4000, 0.06),
    ):
        grain = random.Random(width).randbytes(width * (width * 3 // 4) * 3)
        layer = Image.frombytes("RGB", (width, width * 3 // 4), grain)
        picture = Image.blend(picture, layer.resize(size), weight)
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Maker", "Model"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 30.0, 0.0)
    picture.save(path, quality=90, exif=exif)


def large_photograph(place: Path) -> Path:
    photograph(place / "large.jpg", LARGE)
    return place / "large.jpg"


def bare(upload: Path, into: Path) -> None:
    with Image.open(upload) as picture:
        picture.load()
        picture.save(into / "original.jpg", "JPEG", **renditions.ORIGINAL)
        current: Image.Image = picture
        for width in renditions.WIDTHS:
            # A second decode with draft() took 33 ms where this reduction takes 11.
            current = current.resize(
                size_for(width), renditions.SCALING, reducing_gap=1.0
            )
            current.save(into / f"{width}.webp", "WEBP", **renditions.WEBP)
            current.save(into / f"{width}.jpg", "JPEG", **renditions.JPEG)


def with_vips(upload: Path, into: Path) -> None:
    picture = pyvips.Image.new_from_file(str(upload)).copy_memory()
    picture.jpegsave(str(into / "original.jpg"), Q=85, keep="none")
    current = picture
    for width in renditions.WIDTHS:
        current = current.thumbnail_image(width).copy_memory()
        current.webpsave(str(into / f"{width}.webp"), Q=76, effort=2, keep="none")
        current.jpegsave(str(into / f"{width}.jpg"), Q=80, keep="none")


@dataclass(frozen=True)
class Six:
    """How six photographs in a form went, from the form's last byte to the page with
    all; ``busy``: what the server's processes spent of the processors."""

    seconds: float
    busy: float
    polls: int


def six_at_once(photograph: bytes) -> Six:
    """The median of some sendings."""
    with (
        tempfile.TemporaryDirectory() as place,
        servers.commonwire(Path(place)) as site,
    ):
        sent = []
        for _ in range(SENDINGS):
            # Faces are looked for behind: each sending starts in quiet.
            time.sleep(PAUSE_SECONDS)
            before = _spent(site)
            seconds, polls = _send_six(site.port, photograph)
            sent.append(Six(seconds, _spent(site) - before, polls))
    for each in sent:
        print(f"six: {each.seconds:.2f} s, {each.busy:.2f} s busy, {each.polls} polls")
    return sorted(sent, key=lambda each: each.seconds)[len(sent) // 2]


def _spent(site: servers.Server) -> float:
    """By its processes, with those that they started and that have ended."""
    spent = 0.0
    for process in site.tree:
        with contextlib.suppress(psutil.NoSuchProcess):
            told = process.cpu_times()
            spent += told.user + told.system + told.children_user + told.children_system
    return spent


def _send_six(port: int, photograph: bytes) -> tuple[float, int]:
    head, part, tail = (
        b'--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nSix\r\n',
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n" + photograph + b"\r\n",
        b"--b--\r\n",
    )
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    connection.request("POST", "/publish/", head + part * PHOTOGRAPHS + tail, kind)
    start = time.perf_counter()
    answer = connection.getresponse()
    answer.read()
    draft = str(answer.headers["Location"]).partition("#")[0]
    for polls in itertools.count(1):
        connection.request("GET", draft)
        page = connection.getresponse().read()
        if page.count(b'/320.jpg"') >= PHOTOGRAPHS:
            return time.perf_counter() - start, polls
        if time.perf_counter() - start > 120:
            break
        time.sleep(1 / POLLS_A_SECOND)
    raise SystemExit("the six photographs do not appear")


def with_willow(upload: Path, into: Path) -> None:
    with upload.open("rb") as file:
        picture = willow.Image.open(file).auto_orient()
        with (into / "original.jpg").open("wb") as out:
            picture.save_as_jpeg(out, **renditions.ORIGINAL)
        for width in renditions.WIDTHS:
            smaller = picture.resize(size_for(width))
            with (into / f"{width}.jpg").open("wb") as out:
                smaller.save_as_jpeg(out, **renditions.JPEG)
            # Willow's own save_as_webp knows no method and takes the slow default.
            smaller.get_pillow_image().save(
                into / f"{width}.webp", "WEBP", **renditions.WEBP
            )


def size_for(width: int) -> tuple[int, int]:
    return width, round(SIZE[1] * width / SIZE[0])


def measure(rounds: int) -> dict[str, object]:
    shop, peaks = Workshop(), []

    def ours(upload: Path, into: Path) -> None:
        made = shop.make(upload=upload, into=into, seats=[upload.with_name("seat")])
        peaks.append(made.peak_kilobytes / 1024)

    def ours_on_one_core(upload: Path, into: Path) -> None:
        bench = psutil.Process(shop.warm())
        cores = bench.cpu_affinity()
        bench.cpu_affinity(cores[:1])
        ours(upload, into)
        bench.cpu_affinity(cores)

    ways: dict[str, Way] = {
        "ours": ours,
        "ours, one core": ours_on_one_core,
        "bare": bare,
        "vips": with_vips,
        "willow": with_willow,
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as place:
        upload = Path(place) / "photograph.jpg"
        photograph(upload)
        cold = timed(ours, upload)
        for way in (bare, with_vips, with_willow):
            timed(way, upload)
        names = list(ways)
        for _ in range(rounds):
            for name in names:
                times[name].append(timed(ways[name], upload))
            # Each goes first equally often.
            names = names[1:] + names[:1]
        others = {"peak": max(peaks), **six_beside_bare(upload)}
        timed(ours, large_photograph(Path(place)))
    shop.close()
    return report(times, cold, {**others, "large": peaks[-1]})


def six_beside_bare(upload: Path) -> dict[str, float]:
    six, together = six_at_once(upload.read_bytes()), bare_together(upload)
    return {
        "six": six.seconds,
        "six_together": six.seconds / together,
        "six_busy": six.busy / (PHOTOGRAPHS * spent_by(bare, upload)),
        "polls": six.polls,
    }


def bare_together(upload: Path) -> float:
    """Seconds that six of them take in as many processes as there are cores."""
    with (
        tempfile.TemporaryDirectory(dir=upload.parent) as into,
        ProcessPoolExecutor(CORES) as pool,
    ):
        places = [Path(into) / str(number) for number in range(PHOTOGRAPHS + CORES)]
        for place in places:
            place.mkdir()
        list(pool.map(bare, [upload] * CORES, places[PHOTOGRAPHS:]))  # they start
        start = time.perf_counter()
        list(pool.map(bare, [upload] * PHOTOGRAPHS, places[:PHOTOGRAPHS]))
        return time.perf_counter() - start


def spent_by(way: Way, upload: Path) -> float:
    """Of the processors, in this process."""
    before = time.process_time()
    timed(way, upload)
    return time.process_time() - before


def timed(way: Way, upload: Path) -> float:
    with tempfile.TemporaryDirectory(dir=upload.parent) as into:
        start = time.perf_counter()
        way(upload, Path(into))
        return time.perf_counter() - start


def report(
    times: dict[str, list[float]], cold: float, others: dict[str, float]
) -> dict[str, object]:
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    to_bare = medians["ours"] / min(medians["bare"], medians["vips"])
    six = others["six"] / (PHOTOGRAPHS * medians["bare"] / CORES)
    to_willow = medians["ours"] / medians["willow"]
    print(f"{'way':28}{'median s':>10}{'fastest s':>10}")
    for name, taken in times.items():
        print(f"{name:28}{medians[name]:10.3f}{min(taken):10.3f}")
    print(f"{'ours, workbench started':28}{cold:10.3f}\n")
    targets = (
        ("ours / faster bare", to_bare, AT_MOST_BARE),
        ("ours / Willow", to_willow, AT_MOST_WILLOW),
        ("peak memory, MB", others["peak"], AT_MOST_MEGABYTES),
        ("of 60 megapixels, MB", others["large"], AT_MOST_MEGABYTES_LARGE),
        ("six / (bare x 6 / 2)", six, AT_MOST_SIX),
    )
    for name, value, most in targets:
        verdict = "met" if value <= most else "MISSED"
        print(f"{name:28}{value:10.2f}   target at most {most:g}: {verdict}")
    busy, polls = others["six_busy"], others["polls"]
    print(f"{'six / bare, two at once':28}{others['six_together']:10.2f}")
    print(
        f"{'six, processors / bare':28}{busy:10.2f}   with {polls:.0f} polls of its page"
    )
    return {
        "seconds": medians,
        "seconds_with_start": cold,
        "rounds": len(times["ours"]),
        "ratios": {"bare": to_bare, "willow": to_willow},
        "ratio_bare_one_core": medians["ours, one core"] / medians["bare"],
        "peak_megabytes": others["peak"],
        "peak_megabytes_large": others["large"],
        "ratio_six": six,
        "ratio_six_together": others["six_together"],
        "ratio_six_busy": others["six_busy"],
        "polls_of_six": others["polls"],
        "met": all(value <= most for _, value, most in targets),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="only to see that it runs")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write figures to FILE"
    )
    told = parser.parse_args()
    figures = measure(rounds=1 if told.quick else 30)
    if told.json:
        told.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

"""A post with a file of every kind, put into a running site's data directory.

python -m tests.browser.essay    (in the site's environment) prints its address
"""

import io
import math
import os
import sys
from array import array
from fractions import Fraction

import av
import django
from PIL import Image, ImageDraw

SHAPES = (
    (1600, 1067),
    (900, 1200),
    (1200, 1200),
    (1600, 900),
    (1067, 1600),
    (2000, 800),
)
COLOURS = ("#7a4b00", "#1d6232", "#9b1c1c", "#1c4f9b", "#5f584d", "#6a1b7a")
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nWe are not leaving.\n"


COUNTED = (
    "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v Ana>Eleven hundred and three for.</v>\n"
    "\n00:00:01.000 --> 00:00:02.000\n<v Ben>Against, one hundred and nine.</v>\n"
)


def a_photo(number):
    width, height = SHAPES[number]
    picture = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    tint = Image.new("RGB", picture.size, COLOURS[number])
    picture = Image.blend(picture, tint, 0.6)
    draw = ImageDraw.Draw(picture)
    for step in range(6):
        inset = 40 + step * 60
        draw.rectangle((inset, inset, width - inset, height - inset), outline="white")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()


def a_video(width=640, height=360):
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(20):
            shade = Image.new("RGB", (width, height), (40 + number * 8,) * 3)
            out.mux(stream.encode(av.VideoFrame.from_image(shade)))
        out.mux(stream.encode())
    return file.getvalue()


def a_sound(codec, container, seconds=3):
    file = io.BytesIO()
    rate = 48_000
    with av.open(file, "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate)
        stream.layout = "mono"
        wave = (
            int(9_000 * math.sin(number / rate * 440 * math.tau))
            for number in range(rate * seconds)
        )
        frame = av.AudioFrame(format="s16", layout="mono", samples=rate * seconds)
        frame.planes[0].update(array("h", wave).tobytes())
        frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
        resampler = av.AudioResampler(
            format=stream.format, layout="mono", rate=rate, frame_size=stream.frame_size
        )
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            out.mux(stream.encode(part))
        out.mux(stream.encode())
    return file.getvalue()


def a_poster(width, height, ending):
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    file = io.BytesIO()
    picture.save(file, "JPEG" if ending == "jpg" else "WEBP")
    return file.getvalue()


def a_waveform():
    strokes = "".join(
        f"M{x} {40 - 36 * abs(math.sin(x / 17) * math.sin(x / 3))}V{40 + 36 * abs(math.sin(x / 17) * math.sin(x / 3))}"
        for x in range(0, 600, 3)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 80" '
        'preserveAspectRatio="none" width="600" height="80">'
        f'<path d="{strokes}" stroke="currentColor"/></svg>'
    ).encode()


def main():
    from commonwire.media import actions as media  # noqa: PLC0415 - after the setup
    from commonwire.media import store  # noqa: PLC0415
    from commonwire.publishing.actions import files  # noqa: PLC0415
    from tests.factories import a_post, a_section, an_addendum  # noqa: PLC0415
    from tests.media.files import a_made, a_waiting  # noqa: PLC0415

    def photo(number, **words):
        path, upload = store.new_upload()
        with upload:
            upload.write(a_photo(number))
        return files.make_now(media.receive(upload=path, **words))

    photos = [
        photo(
            number,
            alt=f"A painted depot, view {number + 1}",
            caption=f"View {number + 1}: the night shift at the Alder Street depot, an hour before the gates were closed.",
            credit="Ana Reyes",
        )
        for number in range(6)
    ]
    video = a_made(
        "video",
        {"video.mp4": a_video(), "small.mp4": a_video(320, 180),
         "320.jpg": a_poster(320, 180, "jpg"), "640.jpg": a_poster(640, 360, "jpg")},
        caption="Drivers walk out at midnight.", credit="Jo", seconds=2.0,
        captions=CAPTIONS, text="We are not leaving.\n\nNot tonight, not on Monday.",
    )  # fmt: skip
    sound = a_made(
        "sound",
        {"sound.opus": a_sound("libopus", "ogg"), "sound.mp3": a_sound("libmp3lame", "mp3"),
         "waveform.svg": a_waveform()},
        caption="The count, read out in the canteen.", seconds=3.0,
        captions=COUNTED,
    )  # fmt: skip
    page = io.BytesIO()
    Image.new("RGB", (600, 850), "white").save(page, "PDF")
    paper = a_made(
        "document",
        {"document.pdf": page.getvalue(), "320.jpg": a_poster(320, 452, "jpg"),
         "320.webp": a_poster(320, 452, "webp")},
        caption="The strike notice, as it was handed in",
        text="NOTICE OF STRIKE\n\nFrom midnight on Sunday no bus leaves this depot.",
    )  # fmt: skip
    animation = a_made(
        "picture",
        {"original.jpg": a_poster(640, 480, "jpg"), "320.jpg": a_poster(320, 240, "jpg"),
         "320.webp": a_poster(320, 240, "webp"), "animation.mp4": a_video()},
        alt="The gate opens and closes",
    )  # fmt: skip
    body = "\n\n".join(
        [
            "The depot was quiet until eleven. Then the first bus came back, early, and the driver left the engine running while she went in to vote."
        ]
        * 4
    )
    post = a_post(
        "One night at the Alder Street depot",
        byline="Ana Reyes",
        summary="Six pictures, two minutes of film and the count, from the night the drivers walked out.",
        body=body,
        topics=(a_section("topic", "depot", "Depot"),),
        attachments=(*photos, video, sound, paper),
        addenda=(an_addendum("The gate", body="It moves.", attachments=(animation,)),),
    )
    # Without its room nobody can claim it: it waits for ever.
    film = a_waiting("video")
    store.remove_unpublished(film.public_id)
    waiting = a_post("A film is on its way", body="Soon.", attachments=(film,))
    # Among the heavy, so that those who look for faces do not wait for it.
    paper = a_waiting("document", width=595, height=842, heavy=True)
    store.remove_unpublished(paper.public_id)
    notice = a_post("A notice is on its way", body="Soon.", attachments=(paper,))
    sys.stdout.write(f"{post.path} {waiting.path} {notice.path}\n")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
    django.setup()
    main()

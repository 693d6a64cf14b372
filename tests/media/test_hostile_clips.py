"""Clips that are not what they seem, through the process that makes them."""

import http.server
import threading

import pytest

from commonwire.media import containers, sound, video
from commonwire.media.exchange import Options
from commonwire.media.messages import Refused
from tests.media import clips


@pytest.fixture
def listener():
    """A server at the address, and the requests it was sent."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


PLAYLISTS = {
    "a.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{}/a.ts\n",
    "a.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=a\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\nu={}\n",
    "a.ffconcat": "ffconcat version 1.0\nfile {}/a.mp4\n",
    "a.mpd": '<?xml version="1.0"?><MPD><BaseURL>{}/</BaseURL></MPD>',
    "a.mp4": "#EXTM3U\n#EXTINF:1,\n{}/a.mp4\n",
}


@pytest.mark.parametrize("name", PLAYLISTS)
@pytest.mark.parametrize("maker", [sound, video])
def test_a_list_of_addresses_is_refused_unopened(
    name, maker, tmp_path, into, listener, monkeypatch
):
    address, asked = listener
    path = tmp_path / name
    path.write_text(PLAYLISTS[name].format(address))
    opened = []
    monkeypatch.setattr(containers.av, "open", lambda *_, **__: opened.append(1))
    with pytest.raises(Refused) as caught:
        maker.make(upload=path, into=into, options=Options(), say=print)
    assert caught.value.reason == "unknown"
    assert (opened, asked) == ([], [])


def test_a_list_behind_the_beginning_of_a_clip_makes_no_request(
    tmp_path, into, listener
):
    address, asked = listener
    path = tmp_path / "a.m3u8"
    path.write_bytes(
        b"\0\0\0\x18ftypmp42\n" + PLAYLISTS["a.m3u8"].format(address).encode()
    )
    with pytest.raises(Refused):
        video.make(upload=path, into=into, options=Options(), say=print)
    assert asked == []


@pytest.mark.parametrize("name", ["a.m3u8", "a.sdp", "a.ffconcat"])
def test_a_list_before_the_frames_of_a_recording_makes_no_request(
    name, tmp_path, into, listener
):
    address, asked = listener
    path = clips.sound(tmp_path / "a.mp3", codec="libmp3lame", seconds=1.0)
    upload = tmp_path / name
    upload.write_bytes(PLAYLISTS[name].format(address).encode() + path.read_bytes())
    made = sound.make(upload=upload, into=into, options=Options(), say=print)
    assert (made.kind, asked) == ("sound", [])


def test_a_name_plays_no_part(tmp_path, into):
    path = clips.video(tmp_path / "a.mp4", seconds=0.2, tone=None)
    lying = path.rename(tmp_path / "a.m3u8")
    made = video.make(upload=lying, into=into, options=Options(), say=lambda _: None)
    assert made.kind == "video"


@pytest.mark.parametrize("maker", [sound, video])
def test_nothing_is_empty(maker, tmp_path, into):
    path = tmp_path / "upload"
    path.touch()
    with pytest.raises(Refused) as caught:
        maker.make(upload=path, into=into, options=Options(), say=print)
    assert caught.value.reason == "empty"

"""A post in w3m: everything there, in the order in which it was written."""

import subprocess

from tests.browser.conftest import needed
from tests.browser.steps import DESCRIPTIONS, RELEASE, publish_release

ORDER = [
    "Press release",
    RELEASE["title"],
    "by Drivers’ Local 318",
    RELEASE["summary"],
    "RIVERTON, November 20",
    "No closure of night lines",
    "Watch on YouTube",
    "###",
    "press [at] local318.example",
    "local318.example/night",
    *DESCRIPTIONS,
    "§ Riders stand with them",
    "by Riders’ Union",
    "The night bus is how the clinic opens.",
    "A painted banner",
    "§ Video of the vote",
    "Watch on PeerTube",
]


def test_a_post_reads_in_order(site, phone):
    w3m = needed("w3m")
    publish_release(phone)
    path = phone.get_by_role("link", name="Read your post").get_attribute("href")
    shown = subprocess.run(
        [w3m, "-dump", "-cols", "120", "-I", "UTF-8", "-O", "UTF-8", site.url + path],
        check=True,
        capture_output=True,
    ).stdout.decode()
    places = {words: shown.find(words) for words in ORDER}
    assert [words for words, place in places.items() if place < 0] == []
    assert sorted(ORDER, key=places.get) == ORDER

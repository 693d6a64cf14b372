import io

import pytest
from PIL import Image

from commonwire.delivery.pages.podcasts import PodcastPictures
from commonwire.delivery.printing import print_stale
from commonwire.delivery.tree import the_tree
from tests.delivery.pages import NOTHING, reaction
from tests.factories import a_site

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/podcast.png"


def the_picture(client):
    answer = client.get(PATH)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    with Image.open(io.BytesIO(answer.content)) as picture:
        return picture.convert("RGB")


def test_no_change_is_its_alone(any_change):
    assert reaction(PodcastPictures(), any_change) == NOTHING


def test_it_is_a_square_that_directories_take(client):
    picture = the_picture(client)
    assert picture.size == (1400, 1400)
    assert picture.getpixel((0, 0)) == (0x9B, 0x1C, 0x1C)


def test_players_on_other_sites_may_show_it_from_the_first_answer_on(client):
    assert client.get(PATH)["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_it_lies_in_the_tree_as_it_is(client):
    the_picture(client)
    file = the_tree().file(PATH)
    assert [path.name for path in file.parent.glob("podcast.png*")] == [file.name]


def test_another_name_has_another_picture(client):
    before = the_picture(client)
    a_site(name="Riverton Wire")
    print_stale()
    assert the_picture(client).tobytes() != before.tobytes()


@pytest.mark.parametrize("name", ["河町新闻", "W" * 80])
def test_a_name_that_cannot_be_drawn_is_left_out(client, name):
    a_site(name=name)
    below = the_picture(client).crop((0, 1050, 1400, 1400))
    assert len(below.getcolors()) == 1

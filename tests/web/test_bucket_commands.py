"""Commands of a site whose store is a bucket."""

import pytest

from commonwire.kit.bucket import Bucket
from tests.bucket import nobody
from tests.live import command

KEY = "k" * 40


def store(place):
    where = f"s3://{place.name}/{place.prefix}"
    return f"{where}?endpoint={place.endpoint}&region={place.region}"


@pytest.mark.slow
def test_a_site_that_moves_there_takes_its_files_along_and_leaves_its_pages(
    place, tmp_path
):
    (tmp_path / "public" / "media" / ("m" * 22)).mkdir(parents=True)
    (tmp_path / "public" / "index.html").write_text("old")
    command("prepare", data=tmp_path, SECRET_KEY=KEY, STORE=store(place))
    keys = set(Bucket(place).keys(""))
    here = {path.name for path in (tmp_path / "public").iterdir()}
    assert here == {"assets", "media", ".unfinished"}
    assert [path.name for path in (tmp_path / "unshelved").iterdir()] == ["m" * 22]
    assert {"index.html", "404.html", "robots.txt"} < keys
    assert any(key.startswith("assets/") and key.endswith(".css") for key in keys)
    assert not any(key.endswith((".gz", ".br")) for key in keys)


@pytest.mark.slow
@pytest.mark.parametrize("words", [("worker",), ("prepare",), ("check",)])
def test_a_store_that_does_not_answer_ends_a_start_with_one_line(
    place, tmp_path, words
):
    endpoint = nobody()
    said = command(
        *words,
        data=tmp_path,
        SECRET_KEY=KEY,
        STORE=f"s3://wire?endpoint={endpoint}&region=x",
    )
    assert said.returncode == 1
    [line] = [
        line
        for line in said.stdout.splitlines() + said.stderr.splitlines()
        if "STORE" in line
    ]
    assert f"COMMONWIRE_STORE names the bucket 'wire' at {endpoint}, and its" in line
    assert "Traceback" not in said.stderr

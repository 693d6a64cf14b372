"""An S3 store that can not be used is said in one line, with the mend."""

from dataclasses import replace

import pytest
from botocore.exceptions import ClientError

from commonwire.env import WrongSetting
from commonwire.kit import bucket as kit
from commonwire.kit.bucket import Bucket
from tests.bucket import nobody


def test_a_store_that_can_be_written_leaves_nothing_of_the_trial(place):
    bucket = Bucket(place)
    assert bucket.examine()
    assert list(bucket.keys("")) == []


def test_a_bucket_that_is_not_there_is_named(place):
    with pytest.raises(WrongSetting, match=r"'none-such' .* not there: make it"):
        Bucket(replace(place, name="none-such")).examine()


def test_a_server_that_does_not_answer_is_named(place):
    endpoint = nobody()
    with pytest.raises(WrongSetting, match=f"{endpoint}, .* start it, or mend"):
        Bucket(replace(place, endpoint=endpoint)).examine()


def test_without_credentials_the_variables_are_named(place, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(WrongSetting, match=r"no credentials .* AWS_ACCESS_KEY_ID"):
        Bucket(place).examine()


@pytest.mark.parametrize(
    ("code", "mend"),
    [
        ("SignatureDoesNotMatch", "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        ("AccessDenied", "PutObject is not allowed: let the key"),
        ("PermanentRedirect", "another region than 'us-east-1'"),
        ("Strange", "its server says Strange"),
    ],
)
def test_what_a_server_refuses_has_a_mend(place, monkeypatch, code, mend):
    bucket = Bucket(place)

    def refuse(**_arguments):
        raise ClientError({"Error": {"Code": code}}, "PutObject")

    monkeypatch.setattr(bucket.client, "put_object", refuse)
    with pytest.raises(WrongSetting, match=mend):
        bucket.examine()


def test_a_server_that_ignores_conditions_is_found_out(place, monkeypatch):
    bucket = Bucket(place)
    put = bucket.client.put_object

    def careless(**arguments):
        arguments.pop("IfMatch", None)
        arguments.pop("IfNoneMatch", None)
        return put(**arguments)

    monkeypatch.setattr(bucket.client, "put_object", careless)
    assert not bucket.examine()


def test_what_could_not_be_deleted_is_said(place, monkeypatch):
    bucket = Bucket(place)
    monkeypatch.setattr(
        bucket.client,
        "delete_objects",
        lambda **_words: {"Errors": [{"Key": "a", "Code": "AccessDenied"}]},
    )
    with pytest.raises(kit.StoreDown, match=r"^a:"):
        bucket.delete(["a"])

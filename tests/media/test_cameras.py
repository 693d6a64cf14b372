"""Cameras are named as people say their names."""

import pytest

from commonwire.media import cameras

NAMES = {
    ("Apple", "iPhone 15 Pro"): "Apple iPhone 15 Pro",
    ("samsung", "SM-G991B"): "samsung SM-G991B",
    ("NIKON CORPORATION", "NIKON D850"): "NIKON D850",
    ("NIKON CORPORATION", "COOLPIX P900"): "NIKON COOLPIX P900",
    ("Canon", "Canon EOS R6"): "Canon EOS R6",
    ("Google", "Pixel 8"): "Google Pixel 8",
    ("Fairphone", "4"): "Fairphone 4",
    ("EASTMAN KODAK COMPANY", "KODAK EASYSHARE C613"): "KODAK EASYSHARE C613",
    ("OLYMPUS IMAGING CORP.  ", "E-M5"): "OLYMPUS E-M5",
    ("CASIO COMPUTER CO.,LTD.", "EX-Z750"): "CASIO EX-Z750",
    ("LG Electronics", "LG-H870"): "LG-H870",
    ("LG Electronics", "Nexus 5X"): "LG Nexus 5X",
    ("Leica Camera AG", "LEICA Q2"): "LEICA Q2",
    ("RICOH IMAGING COMPANY, LTD.", "PENTAX K-3"): "RICOH PENTAX K-3",
    ("OnePlus", "ONEPLUS A6003"): "ONEPLUS A6003",
    ("Hewlett-Packard", "HP PhotoSmart"): "Hewlett-Packard HP PhotoSmart",
    ("Xiaomi", ""): "Xiaomi",
    ("", "D850"): "D850",
    ("Camera", "DC-1"): "Camera DC-1",
    ("", ""): "",
}


@pytest.mark.parametrize(("make", "model"), NAMES)
def test_maker_and_model_are_each_said_once(make, model):
    assert cameras.name(make, model) == NAMES[make, model]

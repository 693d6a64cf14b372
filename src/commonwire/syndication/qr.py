"""Addresses as QR codes: squares that telephones read, drawn by segno."""

import io
from typing import Final

import segno

# How much of it may be dirty or torn: fifteen per cent, and seven where it is small.
_ERROR: Final = {False: "m", True: "l"}
# Of quiet around it, as the standard asks for.
_BORDER: Final = 4
_PIXELS: Final = 1_000


def svg(address: str) -> bytes:
    """Black on white whatever the page's colours: readers look for dark squares."""
    return _drawn(address, kind="svg", scale=10, light="#fff")


def png(address: str) -> bytes:
    code = _code(address)
    width = code.symbol_size(border=_BORDER)[0]
    file = io.BytesIO()
    code.save(file, kind="png", border=_BORDER, scale=max(1, _PIXELS // width))
    return file.getvalue()


def drawn_tight(address: str, *, small: bool) -> str:
    """SVG without its quiet border, for paper that is white around it."""
    code = segno.make(address, error=_ERROR[small], boost_error=False, micro=False)
    file = io.BytesIO()
    code.save(file, kind="svg", border=0, xmldecl=False)
    return file.getvalue().decode()


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error=_ERROR[False], micro=False)


def _drawn(address: str, **how: object) -> bytes:
    file = io.BytesIO()
    _code(address).save(file, border=_BORDER, **how)  # type: ignore[arg-type]
    return file.getvalue()

"""The one table of operations: ninja looks for an address in one router only, so those
that share one have to share it."""

from ninja import Router

router = Router()

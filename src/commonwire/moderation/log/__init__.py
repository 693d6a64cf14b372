"""The public log's proof of itself: the tree of hashes, its files, its signed head, and
their verification.

RFC 9162 hashing, C2SP tlog-tiles, tlog-checkpoint and signed-note. Only ``stored`` and
``keys`` know a site; all else works on any copy of the files.
"""

"""Addresses that a published page may hold: links that a reader follows himself, and pictures that travel inside it."""

from __future__ import annotations

import re

_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_SCHEME = re.compile(r"([^/?#\[\]@!$&'()*,;=]*?):")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_PICTURE = re.compile(r"data:image/(png|jpeg|jpg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)


def is_link(address: str) -> bool:
    """Whether following `address` only leads to a page or a mailbox: nothing runs, the protocol is named or ours."""
    # Browsers pass over what is ignored here, so that `java\nscript:` is what it is to them.
    bare = _IGNORED.sub("", address)
    scheme = _SCHEME.match(bare)
    return scheme[1].lower() in _SCHEMES if scheme else not bare.startswith(("//", "/\\", "\\"))


def is_picture(address: str) -> bool:
    """Whether `address` is itself a picture, of a kind that both a browser and the typesetter can show."""
    return _PICTURE.match(_IGNORED.sub("", address[:64])) is not None

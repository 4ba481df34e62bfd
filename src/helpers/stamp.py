"""Which report a shown piece is of: said in the metadata of the notebook's output, and proved by a checksum over it.

A stamp is no signature: it finds what was mixed up, copied or edited, not what a program set out to forge.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from helpers.display import TYPST, Fragment
from helpers.report import AnnualReport

CONTENT = ("text/html", TYPST, "image/svg+xml")
"""The forms of an output that readers get to see."""


def identity(report: AnnualReport) -> dict[str, Any]:
    """Whose report on which year, and by `fingerprint` exactly which."""
    return {"body": report.body.name, "year": report.year, "fingerprint": report.fingerprint}


def stamped(data: Mapping[str, str], of: Mapping[str, Any], **about: Any) -> dict[str, Any]:
    """The metadata of an output that shows `data` of the report with the identity `of`, and what else it says."""
    said = {**about, "report": dict(of)}
    return {**said, "checksum": _checksum(data, said)}


def intact(data: Mapping[str, str], about: Mapping[str, Any]) -> bool:
    """Whether content and metadata are still those that were stamped."""
    said = {key: value for key, value in about.items() if key != "checksum"}
    return about.get("checksum") == _checksum(data, said)


def piece(report: AnnualReport, kind: str, html: str, typst: str, plain: str, **about: Any) -> Fragment:
    """A piece of the report, stamped; `kind` and, where there are several, an `id` say which."""
    data = {"text/html": html, TYPST: typst}
    return Fragment(html, typst, plain, stamped(data, identity(report), kind=kind, **about))


def _checksum(data: Mapping[str, str], said: Mapping[str, Any]) -> str:
    found = hashlib.sha256(json.dumps(said, sort_keys=True).encode())
    for form in CONTENT:
        found.update(f"\0{form}\0{data.get(form, '')}".encode("utf-8", "surrogatepass"))
    return found.hexdigest()[:16]

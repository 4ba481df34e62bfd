"""What cannot be warmed: found once, said once, and known to all processes of a run.

They tell each other through the folder that ``GONGKAI_LEFT_OUT`` names; without it, each process knows for itself.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from urllib.parse import quote, unquote

from helpers.visible import visible

FOLDER = "GONGKAI_LEFT_OUT"

_known: dict[str, str] = {}


def known() -> dict[str, str]:
    """Modules that are not worth another try, with the reason; an empty name stands for the whole warm-up."""
    folder = Path(os.environ.get(FOLDER) or os.devnull)
    notes = folder.iterdir() if folder.is_dir() else ()
    return _known | {unquote(path.name[1:]): path.read_text("utf-8") for path in notes}


def remember(module: str, reason: str) -> None:
    """Leave a module out from now on; say so where no process of this run has yet."""
    if module not in known():
        _known[module] = reason
        if _first_to_note(module, reason):
            what = f"{module!r} is left to the notebooks that import it" if module else "nothing can be warmed"
            logging.getLogger("papermill").warning("%s", visible(f"Engine 'forked': {what}: {reason}."))


def _first_to_note(module: str, reason: str) -> bool:
    folder = os.environ.get(FOLDER)
    if not folder:
        return True
    note = Path(folder) / f"-{quote(module, safe='')}"
    try:
        note.parent.mkdir(exist_ok=True)
        with note.open("x", encoding="utf-8") as file:
            file.write(reason)
    except FileExistsError:
        return False
    except OSError:  # a full disk: then others find it, and say it, too
        return True
    return True


def forget() -> None:
    """Let this process try everything again, as far as its run has noted nothing."""
    _known.clear()

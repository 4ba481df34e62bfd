"""Audit: what others published, read, set beside the year before and tried against every rule.

    files ─► read, in parallel ─► spool ─► pair years ─► check, in parallel ─► Outcome ─► terminal, JSON, page
                                                                                     └─► Overview (the notebook)

Nothing here knows a rule or a format: `readers` read, `integrity` judges.
"""

from __future__ import annotations

from helpers.audit.files import find_files
from helpers.audit.outcome import Outcome, Tally
from helpers.audit.run import Options, audit

__all__ = ["Options", "Outcome", "Tally", "audit", "find_files"]

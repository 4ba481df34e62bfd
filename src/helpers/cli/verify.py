"""`gongkai verify`: are the published folders what their inputs make?"""

from __future__ import annotations

from pathlib import Path

import click

from helpers.batch.targets import select
from helpers.batch.verify import verify_all
from helpers.cli.options import (
    engine_option,
    jobs_option,
    json_option,
    memory_option,
    order,
    out_option,
    params_option,
    targets_argument,
    timeout_option,
)
from helpers.cli.terminal import say, say_json
from helpers.folder import params_root
from helpers.limits import Limits

EPILOG = """\b
Examples:
  gongkai verify 371524-donge/2020
  gongkai verify --json
"""


@click.command(epilog=EPILOG)
@targets_argument
@params_option
@out_option
@jobs_option
@engine_option
@timeout_option
@memory_option
@json_option
def verify(
    targets: tuple[str, ...],
    params: Path | None,
    out: Path | None,
    jobs: int,
    engine: str | None,
    timeout: float,
    memory: int,
    as_json: bool,
) -> int:
    """Rebuild reports aside and compare them, byte for byte, with what their manifest says was published."""
    root = params_root(params)
    proofs = []
    for proof in verify_all(order(root, out, engine, limits=Limits(timeout, memory)), select(root, targets), jobs):
        proofs.append(proof)
        if not as_json:
            say(f"{proof.target}  {'; '.join(proof.problems) or 'identical'}")
    if as_json:
        say_json([{"target": str(proof.target), "problems": list(proof.problems)} for proof in proofs])
    return 1 if any(proof.problems for proof in proofs) else 0

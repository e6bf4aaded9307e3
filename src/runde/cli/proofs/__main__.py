"""The proofs without the rest of the command line: `python -m runde.cli.proofs tamper --n 10`."""

import typer

from .command import prove_command

if __name__ == "__main__":
    typer.run(prove_command)

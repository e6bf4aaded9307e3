"""The `runde` command."""

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Runde: støtterunder fra utlysning til bankfil.")


def main() -> None:
    app()

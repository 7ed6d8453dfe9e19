"""The command line: ``report-qa``."""

from qa.cli.main import main

__all__ = ["main"]

"""The program run as a person runs it, and what it answered."""

import json
import sys
from collections.abc import Callable

import pytest

from danvan_xl.cli.main import main

Run = Callable[..., tuple[int, dict, str]]


def running(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a way to run the program; it gives back exit code, output as JSON, error output."""

    def call(*arguments: object) -> tuple[int, dict, str]:
        monkeypatch.setattr(sys, "argv", ["danvan-xl", *map(str, arguments), "--json"])
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return int(stop.value.code or 0), json.loads(captured.out), captured.err

    return call

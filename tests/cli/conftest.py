"""What every test of the command line needs."""

import sys

import pytest

from danvan_xl.cli.main import main


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the program in this process; returns (exit code, output, error output)."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["danvan-xl", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return int(stop.value.code or 0), captured.out, captured.err

    return call

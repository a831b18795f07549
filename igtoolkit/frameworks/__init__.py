"""The published standard as data: one folder a framework version."""

from pathlib import Path

FOLDER = Path(__file__).parent


def folders() -> list[Path]:
    """Every framework's folder, in code order."""
    return sorted(path for path in FOLDER.iterdir() if (path / "framework.yaml").is_file())

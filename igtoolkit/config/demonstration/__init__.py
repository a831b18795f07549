"""The demonstration nation: 214 invented trusts and some practices, with a year behind them.

Invented names, scores and evidence, the same every time, in a database of their own. Its clock starts at
09:00 on 20 October 2015: Baseline is past, some have sent their Performance Update and the rest are at work.
"""

from igtoolkit.config.demonstration.building import AlreadyInUse, build
from igtoolkit.config.demonstration.names import FULL, Size
from igtoolkit.config.demonstration.people import PASSWORD

__all__ = ["FULL", "PASSWORD", "AlreadyInUse", "Size", "build"]

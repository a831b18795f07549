"""The demonstration nation: 214 invented trusts and some practices, with their years behind them.

Invented names, scores and evidence, the same every time, in a database of their own. Its clock starts at
09:00 on 20 June 2016: a third have a Final of 2014-15, nearly all have lived through the three stages of 2015-16,
and a few have begun 2016-17, whose Baseline is due by the end of July.
"""

from igtoolkit.config.demonstration.building import AlreadyInUse, build
from igtoolkit.config.demonstration.names import FULL, Size
from igtoolkit.config.demonstration.people import PASSWORD

__all__ = ["FULL", "PASSWORD", "AlreadyInUse", "Size", "build"]

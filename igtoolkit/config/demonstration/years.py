"""The years the demonstration has behind it, their days, and the morning on which its clock starts."""

from datetime import date

from igtoolkit.config.demonstration.dice import london
from igtoolkit.standard.words import Stage

LAST, THIS, NEXT = "2014-15", "2015-16", "2016-17"
YEARS = (LAST, THIS, NEXT)
CLOCK_STARTS = london(date(2016, 6, 20), 9, 0)
REGISTERED = london(date(2014, 6, 2), 8, 0)

OPENS = {LAST: date(2014, 10, 1), THIS: date(2015, 6, 1), NEXT: date(2016, 6, 1)}  # the first day anybody started
BASELINE_DEADLINE = date(2015, 7, 31)
UPDATES = (date(2015, 9, 1), date(2015, 10, 31))
FINAL_DEADLINES = {LAST: date(2015, 3, 31), THIS: date(2016, 3, 31)}
# From when a stage's answers are written, once the stage before it was sent.
WRITTEN_FROM = {Stage.UPDATE: date(2015, 8, 31), Stage.FINAL: date(2015, 11, 2)}
# The days on which plans end, by the year and stage in which they were made.
TARGETS = {
    (LAST, Stage.FINAL): tuple(date(2015, *day) for day in ((6, 30), (7, 31), (9, 30), (10, 30), (12, 18))),
    (THIS, Stage.BASELINE): (
        date(2015, 12, 31),
        date(2016, 1, 15),
        date(2016, 1, 29),
        date(2016, 2, 29),
        date(2016, 3, 18),
        date(2016, 3, 31),
    ),
    (THIS, Stage.FINAL): tuple(date(2016, *day) for day in ((6, 30), (7, 29), (9, 30), (10, 31), (12, 16))),
    (NEXT, Stage.BASELINE): tuple(date(2016, *day) for day in ((9, 30), (10, 28), (11, 30), (12, 16))),
}
TARGETS[THIS, Stage.UPDATE] = TARGETS[THIS, Stage.BASELINE]

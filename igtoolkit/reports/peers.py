"""How a trust stands among its own kind, on the board page: made once, a week after the deadline, and kept.

The figures are the same for every reader of the kind and never made anew: corrections and late submissions after
that instant change nothing. What keeps single trusts apart is in standard/peers.py.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import SystemRandom
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, JSONField, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from igtoolkit.access import comparing
from igtoolkit.access.trail import audit
from igtoolkit.records import clock
from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import PeerFigures, RecordedPerformance, Submission
from igtoolkit.reports.national import expected
from igtoolkit.standard.calendar import closes_at
from igtoolkit.standard.canonical import canonical, digest
from igtoolkit.standard.framework import Recommendation
from igtoolkit.standard.peers import Counted, counted, middle_half, or_more, peer_figures
from igtoolkit.standard.words import Stage, Status

Document = dict[str, Any]

AFTER = timedelta(days=7)  # from the deadline
FORM = "peers-1"
FEWEST_PUBLISHED = 5  # scores that anybody can read: fewer have no middle half worth the name
APPLIES = ~Q(status=Status.NOT_APPLICABLE)
MET = Q(status=Status.MET)


def comes_at(year: str, stage: str) -> datetime:
    """The instant from which a stage's peer figures stand, in UTC: seven whole days after its deadline."""
    return closes_at(framework_for(year).calendar(year).deadline(Stage(stage)) + AFTER)


def figures(submission: Submission) -> Document | None:
    """The figures of a submission's kind and stage; None until they can be made. Two at once get the same.

    {form, said, registered, met, scores, recommendations}: the last three as standard/peers.py gives them, with
    `said` None and nothing but perhaps the scores where too few submitted.
    """
    at = comes_at(submission.year, submission.stage)
    if clock.now() < at:
        return None
    place = {name: getattr(submission, name) for name in ("year", "stage", "kind")}
    kept = PeerFigures.objects.filter(**place).first() or _keep(place, _made(**place, at=at))
    found: Document = json.loads(kept.document)
    return found


def compared(year: str, stage: str) -> list[Recommendation]:
    """The recommendations that are compared: at Final those that rest on levels alone, which anybody can read.

    A single criterion is never published, so a share that rests on one could give it away beside the levels.
    """
    reported = framework_for(year).recommendations
    if stage != Stage.FINAL:
        return list(reported)
    return [each for each in reported if not any(one.criterion for one in each.conditions)]


def peers_digest(place: dict[str, str], document: str) -> str:
    """What the audit trail tells of them: the digest of their document with its year, stage and kind."""
    return digest(canonical({**place, "document": document}))


def _keep(place: dict[str, str], document: Document) -> PeerFigures:
    text = canonical(document)
    try:
        with transaction.atomic():
            made = PeerFigures.objects.create(**place, made_at=clock.now(), document=text)
            audit(None, "peer_figures_made", by=None, after={**place, "digest": peers_digest(place, text)})
            return made
    except IntegrityError:
        return PeerFigures.objects.get(**place)


def _made(year: str, stage: str, kind: str, at: datetime) -> Document:
    standing = comparing.standing(year, stage, kind, before=at)
    pks = list(standing.values_list("pk", flat=True))
    registered = _could_submit(year, stage, kind, standing)
    said = or_more(len(pks), registered)
    facts = {"form": FORM, "said": said, "registered": registered}
    if said is None:
        published = middle_half(_scores(standing), FEWEST_PUBLISHED) if stage == Stage.FINAL else None
        return {**facts, "met": None, "scores": published, "recommendations": {}}
    left_out = SystemRandom().sample(pks, len(pks) - counted(said))
    drawn = standing.exclude(pk__in=left_out)
    return {**facts, **peer_figures(*_counts(drawn, [each.number for each in compared(year, stage)]))}


def _could_submit(year: str, stage: str, kind: str, standing: QuerySet[Submission]) -> int:
    """How many of the kind had the stage to submit: one that closed before is none of those left to hide among."""
    had = set(expected(year, stage, [kind]).values_list("organisation", flat=True))
    return len(had.union(standing.values_list("organisation", flat=True)))


def _counts(drawn: QuerySet[Submission], numbers: Iterable[int]) -> tuple[list[Counted], list[int], dict[int, Counted]]:
    """What peer_figures takes, grouped by the database: nothing is read row by row however many there are."""
    rows = comparing.results(drawn).filter(recommendation__in=numbers)
    each, shares = (_tally(rows, by) for by in ("submission", "recommendation"))
    return list(each.values()), _scores(drawn), shares


def _tally(rows: QuerySet[RecordedPerformance], by: str) -> dict[int, Counted]:
    counts = rows.values_list(by).annotate(reached=Count("pk", filter=MET), applying=Count("pk", filter=APPLIES))
    return {key: Counted(reached, applying) for key, reached, applying in counts}


def _scores(submissions: QuerySet[Submission]) -> list[int]:
    """The whole percent of each that has a score; the document alone says it."""
    percent = KT("as_json__score__percent")
    rows = submissions.annotate(as_json=Cast("document", JSONField())).values_list(percent, flat=True)
    return [int(each) for each in rows if each is not None]

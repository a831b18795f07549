"""Taking hold of an assessment before changing it."""

from igtoolkit.access.policy import Refused
from igtoolkit.access.scope import assessments
from igtoolkit.records.models import Assessment, Person


def lock(assessment: Assessment, *, by: Person) -> Assessment:
    """The assessment as it is now, held until the transaction ends. Raises Refused outside `by`'s scope.

    `by` is read again too: while they waited for it they may have lost their role, or be let in no more.
    """
    rows = assessments(by).select_for_update(of=("self",))
    found = rows.filter(pk=assessment.pk).first()
    by.refresh_from_db(fields=["is_active", "role"])
    if found is None:
        raise Refused("This assessment is not yours.")
    return found

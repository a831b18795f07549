"""Taking hold of an assessment before changing it."""

from igtoolkit.access.policy import Refused
from igtoolkit.access.scope import assessments
from igtoolkit.records.models import Assessment, Person


def lock(assessment: Assessment, *, by: Person) -> Assessment:
    """The assessment as it is now, held until the transaction ends. Raises Refused outside `by`'s scope."""
    rows = assessments(by).select_for_update(of=("self",))
    found = rows.filter(pk=assessment.pk).first()
    if found is None:
        raise Refused("This assessment is not yours.")
    return found

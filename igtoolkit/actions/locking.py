"""Taking hold of what an action changes, and seeing what its person may do at that moment."""

from igtoolkit.access.policy import Refused
from igtoolkit.access.scope import assessments
from igtoolkit.records.models import Assessment, Person

RIGHTS = ("is_active", "role", "organisation_id", "reads_for_ndg", "serves")


def lock(assessment: Assessment, *, by: Person) -> Assessment:
    """The assessment as it is now, held until the transaction ends. Raises Refused outside `by`'s scope.

    `by` is read again too: while they waited for it they may have lost their role, or be let in no more.
    """
    rows = assessments(by).select_for_update(of=("self",))
    found = rows.filter(pk=assessment.pk).first()
    renew(by)
    if found is None:
        raise Refused("This assessment is not yours.")
    return found


def renew(by: Person) -> None:
    """Read again what gives somebody their rights, inside the transaction of what they ask for and once they hold
    what they waited for: they may have lost them since their request began. Raises Refused for an account that is gone.
    """
    now = Person.objects.filter(pk=by.pk).values(*RIGHTS).first()
    if now is None:
        raise Refused("This account is not there any more.")
    for name, value in now.items():
        if getattr(by, name) != value:  # what is the same keeps the organisation that was read with it
            setattr(by, name, value)

"""What the words of the national report mean, for the notes of the workbook and of the paper."""

from igtoolkit.standard.framework import Framework
from igtoolkit.standard.words import Basis, Status

MEANINGS = {
    Status.MET: "All the conditions that apply hold.",
    Status.PARTLY_MET: "Some of the conditions that apply hold.",
    Status.NOT_MET: "None of the conditions that apply holds.",
    Status.NOT_APPLICABLE: "No condition applies; it counts neither for nor against.",
    Status.NOT_SUBMITTED: "There is no submission: a result of its own, never a gap, never a zero.",
}
SHARE = (
    "The share met is taken of the trusts that submitted and to which the recommendation applies, rounded down. "
    "Changes are counted only in trusts that submitted both stages."
)
SELF_ASSESSED = "Every figure rests on what organisations say of themselves; nothing here was verified."


def rests_on(framework: Framework) -> str:
    """Framework igt-13, crosswalk caldicott2-1 (28 conditions: 1 documented, 27 our reading)."""
    bases = [each.basis for one in framework.recommendations for each in one.conditions]
    documented = bases.count(Basis.DOCUMENTED)
    told = f"{len(bases)} conditions: {documented} documented, {len(bases) - documented} our reading"
    return f"Framework {framework.code}, crosswalk {framework.crosswalk.code} ({told})."

"""Rows that belong to one organisation cannot be asked for without saying for whom."""

import pytest
from django.apps import apps

from igtoolkit.records.guarding import Tenant, Unscoped

TENANT_MODELS = [each for each in apps.get_app_config("records").get_models() if issubclass(each, Tenant)]


def test_the_tenant_tables_are_the_ones_that_hold_what_organisations_say():
    names = {each.__name__ for each in TENANT_MODELS}
    drafts = {"Assessment", "Answer", "Evidence", "SeniorPerson", "PlanAction", "ImprovementPlan", "Review"}
    frozen = {"Submission", "RecordedPerformance", "SecondLook", "StoredDocument", "AuditEvent"}
    assert names == drafts | frozen | {"Dismissal", "SupportAccess"}


@pytest.mark.parametrize("model", TENANT_MODELS)
def test_an_open_query_on_tenant_rows_is_refused(db, model):
    with pytest.raises(Unscoped, match="ask igtoolkit.access.scope"):
        model.objects.all()
    with pytest.raises(Unscoped):
        model._default_manager.filter(pk=1)


def test_what_hangs_on_a_scoped_record_can_be_reached(assessment):
    assert assessment.answers.count() == 0
    assert assessment.organisation.assessments.get() == assessment

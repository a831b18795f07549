"""What was imported, in a browser: the list, a requirement, the receipt and opening again, with axe at both widths."""

from igtoolkit.access import scope
from igtoolkit.actions.finals import reopen_final
from tests.conftest import make_organisation, make_person, with_password
from tests.web.test_imported import bring


def test_an_imported_final_in_every_state(service, window):
    trust = make_organisation("RX1")
    tess = with_password(make_person("tess", trust, "administrator"))
    place = f"/organisations/{trust.code}/2015-16/"
    seen = window()
    seen.sign_in(tess)
    bring(trust, "Baseline", 2, leaving_out=5)
    seen.open(place)
    seen.check_accessible()
    bring(trust, "Final", 1)
    for path in ("", "requirements/13-101/", "final/submitted/", "reopen/"):
        seen.open(place + path)
        seen.check_accessible()
    reopen_final(scope.find_assessment(tess, trust.code, "2015-16"), by=tess)
    for path in ("", "reopen/"):
        seen.open(place + path)
        seen.check_accessible()

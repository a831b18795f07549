"""No trick with an address, a method or a header gets more than the plain question does."""

import pytest
from django.core import mail

from tests.access.pages import PAGES
from tests.proofs import full, report
from tests.proofs.crawl.addresses import routes
from tests.proofs.crawl.asking import undone
from tests.proofs.crawl.questions import dangerous
from tests.proofs.crawl.tricks import AWAY, tricks
from tests.proofs.crawl.world import FULL, NONE, NOWHERE

OPENED = (200, 206, 304)


def test_no_trick_gets_more_than_the_plain_question(crawl, addresses, dice):
    opened = []
    tried = [(who, route) for who in dangerous() for route in routes() if "code" in PAGES[route].address]
    own = crawl.world.organisations[NONE].code
    for who, route in dice.sample(tried, full(12, len(tried))):
        viewer = crawl.world.viewers[who]
        path = addresses.of(route, FULL)[-1].path
        etag = _etag(crawl, path)
        refused = crawl.ask(viewer, "GET", path, route).status_code not in OPENED
        every = list(tricks(path, own, crawl.world.organisations[FULL].code, etag))
        for method, address, how in dice.sample(every, full(12, 24)):
            response = crawl.ask(viewer, method, address, **how)
            assert response.status_code != 500, (method, address, how)
            if refused and response.status_code in OPENED and address.partition("?")[0] == path:
                opened.append((str(viewer), method, address, how, response.status_code))
    report("tricks with addresses", f"{crawl.requests:,} requests, {len(opened)} opened, {len(crawl.leaks)} leaks")
    assert opened == []
    assert not crawl.leaks, "\n".join(crawl.leaks[:40])


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "Forwarded", "X-Host", "X-Forwarded-Server"])
def test_no_letter_leads_elsewhere(crawl, header):
    visitor = crawl.world.viewers[NOWHERE, "visitor"]
    asked = {"email": crawl.world.person(FULL).email}
    with undone(visitor):
        visitor.client.post(
            "/sign-in/forgotten/", asked, headers={header: f"host={AWAY}" if header == "Forwarded" else AWAY}
        )
        assert mail.outbox, "a letter was to be sent"
        assert not any(AWAY in str(each.message()) for each in mail.outbox)
        mail.outbox.clear()


def _etag(crawl, path):
    """What marks the answer that the trust itself gets here."""
    response = crawl.ask(crawl.world.viewers[FULL, "administrator"], "GET", path)
    return response.headers.get("ETag", '"none"')

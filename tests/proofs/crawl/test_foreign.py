"""What names another organisation's things, put wherever an address or a form takes something."""

from itertools import product
from urllib.parse import quote

from tests.access.pages import PAGES
from tests.proofs import full, report
from tests.proofs.crawl import foreign
from tests.proofs.crawl.addresses import routes
from tests.proofs.crawl.asking import undone
from tests.proofs.crawl.forms import Form, forms
from tests.proofs.crawl.questions import is_paper
from tests.proofs.crawl.world import FINAL, NONE, STARTED, UPDATE

ASKERS = [(place, role) for place in (UPDATE, FINAL) for role in ("administrator", "contributor")]
ASKERS += [(STARTED, "administrator"), (NONE, "administrator")]
ALONE, PAIRS = full(100, 4_000), full(50, 2_000)


def test_a_foreign_name_in_an_address_opens_nothing(crawl, addresses, dice):
    """Every part of every address is named for somebody else, alone and with each other part."""
    names = foreign.names(crawl.world)
    tried = [(who, route) for who, route in product(ASKERS, routes()) if PAGES[route].address]
    for who, route in dice.sample(tried, min(len(tried), full(40, len(tried)))):
        viewer = crawl.world.viewers[who]
        for path in _renamed(addresses, route, who[0], names, dice):
            response = crawl.ask(viewer, dice.choice(("GET", "POST")), path, route)
            assert response.status_code != 500, path
    _told(crawl, "foreign names in addresses")


def test_a_foreign_name_in_a_form_reaches_nothing(crawl, addresses, dice):
    """Fields, alone and in pairs, of the forms and links of one's own pages; what is sent on to is read too."""
    askers = dice.sample(ASKERS, full(1, len(ASKERS)))
    found = {who: list(_own_forms(crawl, addresses, who)) for who in askers}
    everything = [
        (who, form, (field,), (value,))
        for who, each in found.items()
        for form in each
        for field, value in product(form.fields, foreign.names(crawl.world))
    ]
    pairs = [_pair(dice, *dice.choice(everything)[:2], foreign.names(crawl.world)) for _ in range(PAIRS)]
    before = {who[0]: foreign.state_of_others(crawl.world, who[0]) for who in askers}
    for who, form, fields, values in (*dice.sample(everything, min(ALONE, len(everything))), *pairs):
        _send(crawl, who, form, dict(zip(fields, values, strict=True)), before[who[0]])
    _told(crawl, f"foreign names in {sum(map(len, found.values()))} forms")


def _renamed(addresses, route, place, names, dice):
    """One's own address with each part named otherwise, and with two."""
    parts = list(PAGES[route].address)
    for part in parts:
        for name in dice.sample(names, full(3, 8)):
            yield addresses.renamed(route, place, **{part: quote(name, safe="")})
    for _ in range(full(2, 6) if len(parts) > 1 else 0):
        changed = {part: quote(dice.choice(names), safe="") for part in dice.sample(parts, 2)}
        yield addresses.renamed(route, place, **changed)


def _own_forms(crawl, addresses, who):
    """The forms and links of every page of one's own that opens, each once."""
    viewer, seen = crawl.world.viewers[who], set()
    for route in (each for each in routes() if not is_paper(each)):
        path = addresses.of(route, who[0])[-1].path
        response = crawl.ask(viewer, "GET", path, route)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            for form in forms(response, path):
                known = (form.method, form.action, frozenset(form.fields))
                if form.fields and known not in seen:
                    seen.add(known)
                    yield form


def _pair(dice, who, form, names):
    fields = dice.sample(list(form.fields), min(2, len(form.fields)))
    return who, form, fields, [dice.choice(names) for _ in fields]


def _send(crawl, who, form: Form, changed, before):
    viewer = crawl.world.viewers[who]
    data = {**form.fields, **{field: [value] for field, value in changed.items()}}
    with undone(viewer):
        response = crawl.ask_for_good(viewer, form.method, form.action, "", data=data)
        assert response.status_code != 500, (form.action, changed)
        if response.status_code == 302 and form.method == "POST":
            crawl.ask_for_good(viewer, "GET", response.headers["Location"], before=data)
            if foreign.state_of_others(crawl.world, viewer.place) != before:
                crawl.leaks.append(f"rows of others changed by {viewer} {form.action} {changed}")


def _told(crawl, name):
    figures = f"{crawl.requests:,} requests, {crawl.searched:,} bytes searched, {len(crawl.leaks)} leaks"
    report(name, figures)
    assert not crawl.leaks, "\n".join(crawl.leaks[:40])

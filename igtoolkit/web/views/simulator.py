"""What can this person see today? Answered by the policy itself, for those who manage people."""

from django.http import HttpResponse
from django.shortcuts import render

from igtoolkit.access.gate import NotTheirs, allow
from igtoolkit.access.policy import Action
from igtoolkit.access.simulator import areas
from igtoolkit.web.pages import simulator as pages
from igtoolkit.web.signed_in import SignedIn


@allow(Action.SIMULATE_ACCESS)
def simulator(request: SignedIn) -> HttpResponse:
    """Whom to ask about: one's own people, or for the service team anybody by login."""
    asked = " ".join(request.GET.get("q", "").replace("\0", "").split())  # PostgreSQL looks for none with it
    found = pages.people(request.user, asked)
    return render(request, "people/simulator.jinja", {"asked": asked, "found": found, "most": pages.SHOWN})


@allow(Action.SIMULATE_ACCESS)
def simulated(request: SignedIn, pk: int) -> HttpResponse:
    person = pages.find(request.user, pk)
    if person is None:
        raise NotTheirs
    shown = [pages.told(each) for each in areas(person, by=request.user)]
    return render(request, "people/simulated.jinja", {"person": person, "areas": shown})

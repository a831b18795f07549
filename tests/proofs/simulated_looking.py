"""Looking around during the simulation: nobody sees what is not theirs, on a sample of addresses and people."""

import random
import re

from tests.proofs.simulated_model import Draft, Who, World
from tests.proofs.simulated_service import YEARS, Service

SECRET = re.compile(r"SECRET-(\d)-")
OF_A_TRUST = (
    *("", "requirements/13-202/", "senior-people/", "improvement-plan/", "preview/caldicott2.json", "baseline/submit/"),
    *(
        "baseline/submitted/",
        "baseline/caldicott2/",
        "baseline/caldicott2.json",
        "final/caldicott2.csv",
        "final/what-if/",
    ),
    *("update/1/caldicott2.json", "one-person/", "reopen/"),
)
OF_THE_NATION = ("baseline/caldicott2.json", "final/caldicott2.csv")


def look(service: Service, world: World, dice: random.Random) -> str:
    """One person opens one address. Returns what they looked at, in words."""
    name, number = dice.choice([*world.people, "visitor"]), dice.choice((1, 2, 3))
    client, who = service.clients.get(name, service.visitor), world.people.get(name)
    year, what = dice.choice(YEARS[1:]), dice.choice(("trust", "trust", "trust", "nation", "published"))
    if what == "nation":
        address = f"/national/{year}/{dice.choice(OF_THE_NATION)}"
    else:
        code = dice.choice(service.codes(number))
        below = dice.choice(OF_A_TRUST)
        address = f"/published/{code}/{year}/" if what == "published" else f"/organisations/{code}/{year}/{below}"
    answer = client.get(address)
    seen = SECRET.findall(answer.content.decode())
    own = str(who.organisation) if who and who.active else "nobody's"
    assert set(seen) <= {own}, f"{name} sees what trust {set(seen) - {own}} recorded at {address}"
    expected = _expected(world, who, what, number, address, world.drafts.get((number, year)))
    assert answer.status_code in expected, f"{name} got {answer.status_code} at {address}, and not {expected}"
    return f"{name} at {address}"


def _expected(world: World, who: Who | None, what: str, number: int, address: str, draft: Draft | None) -> set[int]:
    moved = not world.organisations[number][0].startswith("DMA")  # then a code leads there in some years alone
    if what == "published":
        return {200 if draft and draft.latest("final") else 404, *([404] if moved else [])}
    if who is None or not who.active:
        return {302}
    if what == "nation":
        return {200 if who.role == "ndg" else 403}
    if who.role == "ndg" and "caldicott2" in address and "preview" not in address:
        stage = address.split("/")[4]
        return {200, 404} if moved else {200 if draft and draft.latest(stage) else 404}
    if who.organisation != number:
        return {404}
    return {200, 403, 404}

"""Passwords that were stolen elsewhere are refused, where the operator keeps a list of them."""

from hashlib import sha1
from pathlib import Path

import pytest
from django.test import Client

from igtoolkit.config.places import breached
from igtoolkit.web.breached import is_listed
from tests.conftest import PASSWORD, with_password

STOLEN = [f"a stolen password {n}" for n in range(300)]


def written(path: Path, passwords: list[str], end: str = "\n", seen: bool = True, last: bool = True) -> Path:
    """The list as it is published: in order, with how often each was seen."""
    digests = sorted(sha1(each.encode(), usedforsecurity=False).hexdigest().upper() for each in passwords)
    lines = end.join(f"{each}:{n}" if seen else each for n, each in enumerate(digests, 1))
    path.write_bytes((lines + (end if last and lines else "")).encode())
    return path


@pytest.mark.parametrize("how", [{}, {"end": "\r\n"}, {"seen": False}, {"last": False}], ids=str)
@pytest.mark.parametrize("many", [0, 1, 2, 3, 300])
def test_each_in_the_list_is_found_and_no_other(tmp_path, how, many):
    listed = written(tmp_path / "stolen.txt", STOLEN[:many], **how)
    assert [each for each in STOLEN if is_listed(listed, each)] == STOLEN[:many]
    assert not any(is_listed(listed, f"lantern gravel otter {n}") for n in range(100))


def test_a_stolen_password_is_refused_beside_its_field(cast, settings, tmp_path):
    with_password(cast.ben)
    client = Client()
    client.force_login(cast.ben)
    settings.BREACHED = written(tmp_path / "stolen.txt", STOLEN)
    for new, status in ((STOLEN[7], 422), ("lantern gravel otter", 302)):
        page = client.post("/account/password/", {"current": PASSWORD, "password1": new, "password2": new})
        assert page.status_code == status
        assert ("was stolen elsewhere" in page.content.decode()) == (status == 422)


def test_without_a_list_nothing_more_is_refused(cast, settings):
    settings.BREACHED = None
    with_password(cast.ben)
    client = Client()
    client.force_login(cast.ben)
    sent = {"current": PASSWORD, "password1": STOLEN[7], "password2": STOLEN[7]}
    assert client.post("/account/password/", sent).status_code == 302


def test_a_list_that_is_not_there_is_a_mistake(tmp_path):
    assert breached(None) is None
    with pytest.raises(SystemExit, match="IGTOOLKIT_BREACHED"):
        breached(str(tmp_path / "none.txt"))
    assert breached(str(written(tmp_path / "stolen.txt", STOLEN))) == tmp_path / "stolen.txt"

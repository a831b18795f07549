"""A web server has read every page's template before anybody has to wait for it."""

import pytest
from django.template import engines
from jinja2 import Environment

from igtoolkit.web.warming import warm


@pytest.fixture
def read(monkeypatch):
    """The names of the templates that are read."""
    names = []
    monkeypatch.setattr(Environment, "get_template", lambda self, name: names.append(name))
    return names


def test_every_template_is_read_ahead_once_and_kept(read, settings):
    settings.TEMPLATES_AHEAD = True
    signs = []
    warm(lambda: signs.append(1))
    pages = engines["jinja2"].env
    assert {"public/home.jinja", "submission/board.jinja", "refusals/unable.jinja"} <= set(read)
    assert len(read) == len(set(read)) == len(pages.list_templates(extensions=["jinja"])) < pages.cache.capacity
    assert len(signs) == 1 + len(read), "the web server is told each time that its process lives"


def test_where_a_server_is_started_over_and_over_none_is_read_ahead(read, settings):
    settings.TEMPLATES_AHEAD = False
    warm(list)
    assert read == []

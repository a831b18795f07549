"""What every column and key of our files means: a page, and the same as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.reports.data_dictionary import FILES, dictionary_csv, dictionary_json


@allow(Action.VIEW_PUBLIC_PAGE)
def data_dictionary(request: HttpRequest) -> HttpResponse:
    return render(request, "public/data_dictionary.jinja", {"files": FILES})


@allow(Action.VIEW_PUBLIC_PAGE)
def data_dictionary_csv(request: HttpRequest) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, "igtoolkit-data.csv") or ""}
    return HttpResponse(dictionary_csv(), content_type="text/csv; charset=utf-8", headers=headers)


@allow(Action.VIEW_PUBLIC_PAGE)
def data_dictionary_json(request: HttpRequest) -> HttpResponse:
    return HttpResponse(dictionary_json(), content_type="application/json")

"""Every address of the service."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from igtoolkit.api import health
from igtoolkit.web.views import (
    accounts,
    assessment,
    board,
    confirming,
    finals,
    kinds,
    national,
    people,
    plans,
    public,
    published,
    requirement,
    senior_people,
    submitting,
    tokens,
)

handler400 = "igtoolkit.web.refusals.bad_request"
handler403 = "igtoolkit.web.refusals.forbidden"
handler404 = "igtoolkit.web.refusals.not_found"
handler500 = "igtoolkit.web.refusals.failed"

a_report = [
    path("caldicott2/", board.board, name="board"),
    path("caldicott2.pdf", board.board_pdf, name="board_pdf"),
    path("caldicott2.csv", board.board_csv, name="board_csv"),
    path("caldicott2.json", board.board_json, name="board_json"),
]
a_preview = [
    path("caldicott2/", board.preview, name="preview"),
    path("caldicott2.pdf", board.preview_pdf, name="preview_pdf"),
    path("caldicott2.csv", board.preview_csv, name="preview_csv"),
    path("caldicott2.json", board.preview_json, name="preview_json"),
]
an_earlier_report = [
    path("caldicott2/", board.board, name="earlier_board"),
    path("caldicott2.pdf", board.board_pdf, name="earlier_board_pdf"),
    path("caldicott2.csv", board.board_csv, name="earlier_board_csv"),
    path("caldicott2.json", board.board_json, name="earlier_board_json"),
]
a_year: list[URLPattern | URLResolver] = [
    path("", assessment.assessment, name="assessment"),
    path("start/", assessment.start_assessment, name="start_assessment"),
    path("requirements/<str:requirement>/", requirement.requirement, name="requirement"),
    path("requirements/<str:requirement>/confirm/", confirming.confirm, name="confirm"),
    path("confirm/", confirming.confirm_several, name="confirm_several"),
    path("senior-people/", senior_people.senior_people, name="senior_people"),
    path("improvement-plan/", plans.improvement_plan, name="improvement_plan"),
    path("improvement-plan/send/", plans.send_plan, name="send_plan"),
    path("one-person/", finals.one_person, name="one_person"),
    path("reopen/", finals.reopen, name="reopen"),
    path("preview/", include(a_preview)),
    path("<str:stage>/submit/", submitting.submit, name="submit"),
    path("<str:stage>/submitted/", submitting.submitted, name="submitted"),
    path("<str:stage>/<int:number>/", include(an_earlier_report)),
    path("<str:stage>/", include(a_report)),
]
the_nation = [
    path("caldicott2/", national.national, name="national"),
    path("caldicott2.pdf", national.national_pdf, name="national_pdf"),
    path("caldicott2.xlsx", national.national_xlsx, name="national_xlsx"),
    path("caldicott2.csv", national.national_csv, name="national_csv"),
    path("caldicott2.json", national.national_json, name="national_json"),
]
urlpatterns = [
    path("", public.home, name="home"),
    path("caldicott2/", public.caldicott2, name="caldicott2"),
    path("help/", public.help_page, name="help"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("news/", public.news, name="news"),
    path("check/<str:digest>/", public.check, name="check"),
    path("sign-in/", accounts.sign_in, name="account_login"),
    path("sign-out/", accounts.sign_out, name="account_logout"),
    path("sign-in/forgotten/", accounts.forgotten, name="account_reset_password"),
    path("sign-in/forgotten/sent/", accounts.forgotten_sent, name="account_reset_password_done"),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.new_password,
        name="account_reset_password_from_key",
    ),
    path("sign-in/forgotten/done/", accounts.new_password_set, name="account_reset_password_from_key_done"),
    path("sign-in/inactive/", accounts.inactive, name="account_inactive"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/invited/<str:mark>/", people.invited, name="invited"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<str:code>/<str:year>/", plans.plan, name="plan"),
    path("organisations/<str:code>/<str:year>/", include(a_year)),
    path("national/<str:year>/<str:stage>/", include(the_nation)),
    path("register/<str:year>/kinds/", kinds.kinds, name="kinds"),
    path("register/<str:year>/kinds/upload/", kinds.kinds_upload, name="kinds_upload"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<int:token>/revoke/", tokens.revoke_token, name="revoke_token"),
    path("api/v1/", include("igtoolkit.api.urls")),
    path("published/<str:code>/<str:year>/", published.published, name="published"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
]

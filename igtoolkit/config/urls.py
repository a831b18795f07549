"""Every address of the service."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from igtoolkit.api import health
from igtoolkit.web.views import (
    accounts,
    assessment,
    board,
    checking,
    confirming,
    data_dictionary,
    evidenced,
    files,
    finals,
    kinds,
    national,
    pack,
    people,
    plans,
    public,
    published,
    requirement,
    saved_views,
    second_looks,
    senior_people,
    submitting,
    tokens,
    what_if,
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
    path("pack.pdf", pack.pack_pdf, name="pack_pdf"),
    path("pack.docx", pack.pack_docx, name="pack_docx"),
    path("what-if/", what_if.what_if, name="what_if"),
    path("evidenced/", evidenced.evidenced, name="evidenced"),
]
a_preview = [
    path("caldicott2/", board.preview, name="preview"),
    path("caldicott2.pdf", board.preview_pdf, name="preview_pdf"),
    path("caldicott2.csv", board.preview_csv, name="preview_csv"),
    path("caldicott2.json", board.preview_json, name="preview_json"),
    path("what-if/", what_if.preview_what_if, name="preview_what_if"),
    path("evidenced/", evidenced.preview_evidenced, name="preview_evidenced"),
]
an_earlier_report = [
    path("caldicott2/", board.board, name="earlier_board"),
    path("caldicott2.pdf", board.board_pdf, name="earlier_board_pdf"),
    path("caldicott2.csv", board.board_csv, name="earlier_board_csv"),
    path("caldicott2.json", board.board_json, name="earlier_board_json"),
    path("pack.pdf", pack.pack_pdf, name="earlier_pack_pdf"),
    path("pack.docx", pack.pack_docx, name="earlier_pack_docx"),
    path("what-if/", what_if.what_if, name="earlier_what_if"),
    path("evidenced/", evidenced.evidenced, name="earlier_evidenced"),
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
    path("<str:stage>/second-look/<str:rule>/", second_looks.second_look, name="second_look"),
    path("<str:stage>/<int:number>/", include(an_earlier_report)),
    path("<str:stage>/", include(a_report)),
]
the_nation = [
    path("caldicott2/", national.national, name="national"),
    path("caldicott2.pdf", national.national_pdf, name="national_pdf"),
    path("caldicott2.xlsx", national.national_xlsx, name="national_xlsx"),
    path("caldicott2.csv", national.national_csv, name="national_csv"),
    path("caldicott2.json", national.national_json, name="national_json"),
    path("second-look/<str:rule>/", second_looks.second_looks, name="second_looks"),
]
the_views = [
    path("", saved_views.saved_views, name="saved_views"),
    path("save/", saved_views.save_view, name="save_view"),
    path("<int:pk>/", saved_views.saved_view, name="saved_view"),
    path("<int:pk>/edit/", saved_views.edit_saved_view, name="edit_saved_view"),
    path("<int:pk>/delete/", saved_views.delete_saved_view, name="delete_saved_view"),
]
urlpatterns = [
    path("", public.home, name="home"),
    path("caldicott2/", public.caldicott2, name="caldicott2"),
    path("help/", public.help_page, name="help"),
    path("help/data/", data_dictionary.data_dictionary, name="data_dictionary"),
    path("help/data.csv", data_dictionary.data_dictionary_csv, name="data_dictionary_csv"),
    path("help/data.json", data_dictionary.data_dictionary_json, name="data_dictionary_json"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("news/", public.news, name="news"),
    path("check/", checking.check_copy, name="check_copy"),
    path("check/<str:digest>/", checking.check, name="check"),
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
    path("national/views/", include(the_views)),
    path("national/files/", files.files, name="files"),
    path("national/files/<int:pk>/", files.file, name="file"),
    path("national/files/<int:pk>/download/", files.file_download, name="file_download"),
    path("national/<str:year>/<str:stage>/files/", files.request_file, name="request_file"),
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

"""Who gets what on every page, by hand, one letter a person: hold it against the table of docs/access.md.

Columns, in order:  V visitor   P general practice   O administrator of another trust
                    v viewer   c contributor   r reviewer   a administrator of the trust itself
                    N reader for the National Data Guardian   S service team   X deactivated, of the trust
Letters:            . let in    > sent to sign in    3 known but refused (403)    4 as if it did not exist (404)
                    1 asked for a token (401), where the API answers and nobody is sent anywhere
"""

from dataclasses import dataclass

COLUMNS = "VPOvcraNSX"
ANYONE = "." * len(COLUMNS)
OWN_STAFF = ">44....44>"
OWN_EDITORS = ">443...44>"
OWN_REVIEWERS = ">4433..44>"
OWN_ADMINISTRATOR = ">44333.44>"
OWN_REFUSED = ">44333344>"
OWN_AND_NDG = ">44.....4>"
NDG = ">333333.3>"
NDG_NONE = ">33333343>"  # a thing that is not there, at the door of the NDG's reader
NDG_WITHOUT = ">33333343>"  # a file that the reader never asked for
NOBODY = ">44444444>"
PEOPLE_MANAGERS = ">..333.3.>"
NOBODY_THERE = ">44333434>"  # a person nobody has, at their managers' door
OWN_TRUSTS_ADMINISTRATORS = ">..333.33>"  # of whichever organisation they are
NOBODY_LOOKS = ">44333433>"  # a look that nobody granted, at an administrator's door
SERVICE = ">3333333.>"
ANY_LOGIN = ">........>"

NONE, STARTED, BASELINE, UPDATE, CLOSED = "not started", "started", "baseline submitted", "update submitted", "closed"
REOPENED = "reopened"
STATES = (NONE, STARTED, BASELINE, UPDATE, CLOSED, REOPENED)


@dataclass(frozen=True)
class Page:
    """One route: an address to try it at, and who gets what by GET and POST in each state."""

    address: dict[str, str]
    get: dict[str, str] | str = ""
    post: dict[str, str] | str = ""

    def expected(self, method: str, state: str) -> str:
        letters = self.get if method == "GET" else self.post
        return letters if isinstance(letters, str) else letters[state]


def each_state(none: str, started: str, baseline: str, update: str, closed: str, reopened: str = "") -> dict[str, str]:
    """Once Final is open again, as after the Update unless something else is said."""
    return dict(zip(STATES, (none, started, baseline, update, closed, reopened or update), strict=True))


def of_the_api(expected: dict[str, str] | str) -> dict[str, str] | str:
    """The same people and answers as on the page, but that a program is not sent to sign in."""
    if isinstance(expected, str):
        return expected.replace(">", "1")
    return {state: letters.replace(">", "1") for state, letters in expected.items()}


ORG = {"code": "DMA001", "year": "2015-16"}
AT_BASELINE = {**ORG, "stage": "baseline"}
AT_UPDATE = {**ORG, "stage": "update"}
EARLIER = {**AT_BASELINE, "number": "1"}
NATION = {"year": "2015-16", "stage": "baseline"}

RECORDING = each_state(OWN_REFUSED, OWN_EDITORS, OWN_EDITORS, OWN_EDITORS, OWN_EDITORS)  # after Final: given back
ONCE_SUBMITTED = each_state(NOBODY, NOBODY, OWN_AND_NDG, OWN_AND_NDG, OWN_AND_NDG)
ONCE_STARTED = each_state(OWN_REFUSED, OWN_STAFF, OWN_STAFF, OWN_STAFF, OWN_STAFF)
PLANNING = each_state(OWN_REFUSED, OWN_REFUSED, OWN_REFUSED, OWN_REFUSED, OWN_EDITORS, OWN_EDITORS)
SENDING = each_state(OWN_REFUSED, OWN_REFUSED, OWN_REFUSED, OWN_REFUSED, OWN_ADMINISTRATOR, OWN_ADMINISTRATOR)
SUBMITTING = each_state(OWN_REFUSED, OWN_ADMINISTRATOR, OWN_ADMINISTRATOR, OWN_ADMINISTRATOR, OWN_ADMINISTRATOR)
DECLARING = each_state(OWN_REFUSED, OWN_ADMINISTRATOR, OWN_ADMINISTRATOR, OWN_ADMINISTRATOR, OWN_REFUSED)
OWN_SUBMISSION = each_state(NOBODY, NOBODY, OWN_STAFF, OWN_STAFF, OWN_STAFF)
CONFIRMING = each_state(OWN_REFUSED, OWN_REVIEWERS, OWN_REVIEWERS, OWN_REVIEWERS, OWN_REFUSED)
REOPENING = each_state(OWN_REFUSED, OWN_REFUSED, OWN_REFUSED, OWN_REFUSED, OWN_ADMINISTRATOR, OWN_ADMINISTRATOR)
UNASKED = each_state(NOBODY, NOBODY, OWN_REFUSED, OWN_REFUSED, OWN_REFUSED)  # a question that no rule asks of it
NOT_THERE = "4" * len(COLUMNS)
PUBLISHED = each_state(NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, ANYONE, ANYONE)

PAGES = {
    "home": Page({}, ANYONE),
    "caldicott2": Page({}, ANYONE),
    "help": Page({}, ANYONE),
    "data_dictionary": Page({}, ANYONE),
    "data_dictionary_csv": Page({}, ANYONE),
    "data_dictionary_json": Page({}, ANYONE),
    "accessibility": Page({}, ANYONE),
    "news": Page({}, ANYONE),
    "check_copy": Page({}, ANYONE),
    "check": Page({"digest": "0" * 64}, NOT_THERE, NOT_THERE),
    "account_login": Page({}, ANYONE, ANYONE),
    "account_logout": Page({}, ANYONE, ANYONE),
    "account_reset_password": Page({}, ANYONE, ANYONE),
    "account_reset_password_done": Page({}, ANYONE),
    "account_reset_password_from_key": Page({"uidb36": "1", "key": "no-such-key"}, ANYONE, ANYONE),
    "account_invited": Page({"uidb36": "1", "key": "no-such-key"}, ANYONE, ANYONE),
    "account_reset_password_from_key_done": Page({}, ANYONE),
    "account_inactive": Page({}, ANYONE),
    "second_factor_asked": Page({}, ANYONE, ANYONE),  # without a first step: sent back to it
    "passkey_sign_in": Page({}, ANYONE, ANYONE),
    "identity_sign_in": Page({}, post=NOT_THERE),  # no other service is named
    "identity_back": Page({}, NOT_THERE),
    "security_txt": Page({}, ANYONE),
    "livez": Page({}, ANYONE),
    "readyz": Page({}, ANYONE),
    "assessment": Page(ORG, OWN_STAFF),
    "start_assessment": Page(ORG, post=OWN_ADMINISTRATOR),
    "requirement": Page({**ORG, "requirement": "13-202"}, OWN_STAFF, RECORDING),
    "confirm": Page({**ORG, "requirement": "13-202"}, post=CONFIRMING),
    "confirm_several": Page(ORG, post=CONFIRMING),
    "one_person": Page(ORG, DECLARING, DECLARING),
    "reopen": Page(ORG, REOPENING, REOPENING),
    "published": Page(ORG, PUBLISHED),
    "senior_people": Page(ORG, OWN_STAFF, RECORDING),
    "submit": Page(AT_UPDATE, SUBMITTING, SUBMITTING),
    "submitted": Page(AT_BASELINE, each_state(NOBODY, NOBODY, OWN_STAFF, OWN_STAFF, OWN_STAFF)),
    "board": Page(AT_BASELINE, ONCE_SUBMITTED),
    "board_pdf": Page(AT_BASELINE, ONCE_SUBMITTED),
    "board_csv": Page(AT_BASELINE, ONCE_SUBMITTED),
    "board_json": Page(AT_BASELINE, ONCE_SUBMITTED),
    "pack_pdf": Page(AT_BASELINE, OWN_SUBMISSION),
    "pack_docx": Page(AT_BASELINE, OWN_SUBMISSION),
    "earlier_pack_pdf": Page(EARLIER, OWN_SUBMISSION),
    "earlier_pack_docx": Page(EARLIER, OWN_SUBMISSION),
    "earlier_board": Page(EARLIER, ONCE_SUBMITTED),
    "earlier_board_pdf": Page(EARLIER, ONCE_SUBMITTED),
    "earlier_board_csv": Page(EARLIER, ONCE_SUBMITTED),
    "earlier_board_json": Page(EARLIER, ONCE_SUBMITTED),
    "preview": Page(ORG, ONCE_STARTED),
    "preview_pdf": Page(ORG, ONCE_STARTED),
    "preview_csv": Page(ORG, ONCE_STARTED),
    "preview_json": Page(ORG, ONCE_STARTED),
    "saved_views": Page({}, NDG),
    "save_view": Page({}, NDG_NONE, NDG_NONE),  # which report is not said
    "saved_view": Page({"pk": "0"}, NDG_NONE),
    "edit_saved_view": Page({"pk": "0"}, NDG_NONE, NDG_NONE),
    "delete_saved_view": Page({"pk": "0"}, NDG_NONE, NDG_NONE),
    "second_looks": Page({**NATION, "rule": "same_comment"}, NDG),
    "second_look": Page({**AT_BASELINE, "rule": "same_comment"}, UNASKED, UNASKED),
    "what_if": Page(AT_BASELINE, OWN_SUBMISSION),
    "earlier_what_if": Page(EARLIER, OWN_SUBMISSION),
    "preview_what_if": Page(ORG, ONCE_STARTED),
    "evidenced": Page(AT_BASELINE, OWN_SUBMISSION),
    "earlier_evidenced": Page(EARLIER, OWN_SUBMISSION),
    "preview_evidenced": Page(ORG, ONCE_STARTED),
    "national": Page(NATION, NDG),
    "national_pdf": Page(NATION, NDG),
    "national_xlsx": Page(NATION, NDG),
    "national_csv": Page(NATION, NDG),
    "national_json": Page(NATION, NDG),
    "files": Page({}, NDG),
    "file": Page({"pk": "0"}, NDG_WITHOUT),
    "file_download": Page({"pk": "0"}, NDG_WITHOUT),
    "request_file": Page(NATION, NDG, NDG),
    "account_reauthenticate": Page({}, ANY_LOGIN, ANY_LOGIN),
    "sessions": Page({}, ANY_LOGIN, ANY_LOGIN),
    "own_password": Page({}, ANY_LOGIN, ANY_LOGIN),
    "stay": Page({}, ANY_LOGIN),
    "kept": Page({}, ANY_LOGIN, ANY_LOGIN),
    "account": Page({}, ANY_LOGIN),
    "second_factor": Page({}, ANY_LOGIN),
    "app": Page({}, ANY_LOGIN, ANY_LOGIN),
    "app_qr": Page({}, ANY_LOGIN),  # of the app that the page before is about
    "add_passkey": Page({}, ANY_LOGIN, ANY_LOGIN),
    "remove_factor": Page({"pk": "0"}, NOBODY, NOBODY),
    "recovery_codes": Page({}, ANY_LOGIN, ANY_LOGIN),
    "connect_identity": Page({}, post=NOBODY),
    "disconnect_identity": Page({}, post=NOBODY),
    "tokens": Page({}, ANY_LOGIN, ANY_LOGIN),
    "revoke_token": Page({"token": "0"}, post=NOBODY),
    "api": Page({}, ANYONE),
    "api_openapi": Page({}, ANYONE),
    "api_years": Page({}, ANYONE),
    "api_organisations": Page({}, of_the_api(ANY_LOGIN)),
    "api_organisation": Page({"code": "DMA001"}, "144......1"),
    "api_assessment": Page(ORG, of_the_api(OWN_STAFF)),
    "api_submission": Page(AT_BASELINE, of_the_api(OWN_SUBMISSION)),
    "api_earlier_submission": Page(EARLIER, of_the_api(OWN_SUBMISSION)),
    "api_board": Page(AT_BASELINE, of_the_api(ONCE_SUBMITTED)),
    "api_earlier_board": Page(EARLIER, of_the_api(ONCE_SUBMITTED)),
    "api_national": Page(NATION, of_the_api(NDG)),
    "api_national_figures": Page({}, of_the_api(NDG)),
    "api_published_list": Page({}, ANYONE),
    "api_published": Page(ORG, PUBLISHED),
    "trail": Page({}, PEOPLE_MANAGERS),
    "trail_csv": Page({}, PEOPLE_MANAGERS),
    "trail_json": Page({}, PEOPLE_MANAGERS),
    "people": Page({}, PEOPLE_MANAGERS),
    "invite": Page({}, PEOPLE_MANAGERS, PEOPLE_MANAGERS),
    "person": Page({"pk": "0"}, NOBODY_THERE, NOBODY_THERE),
    "invited": Page({"mark": "0"}, NOBODY_THERE, NOBODY_THERE),
    "simulator": Page({}, PEOPLE_MANAGERS),
    "simulated": Page({"pk": "0"}, NOBODY_THERE),
    "support": Page({}, PEOPLE_MANAGERS, OWN_TRUSTS_ADMINISTRATORS),
    "revoke_support": Page({"pk": "0"}, post=NOBODY_LOOKS),
    "improvement_plan": Page(ORG, OWN_STAFF, PLANNING),
    "send_plan": Page(ORG, post=SENDING),
    "plans": Page({}, SERVICE),
    "kinds": Page({"year": "2015-16"}, SERVICE, SERVICE),
    "kinds_upload": Page({"year": "2015-16"}, SERVICE, SERVICE),
    "plan": Page(ORG, NOBODY, NOBODY),  # none was sent
}

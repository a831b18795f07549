"""What each event of the audit trail is in plain words. A test holds that every event of the code is here.

An invitation withheld and what was done about it read as if it had been sent: whether a login has an account
elsewhere is no administrator's to know (actions/withheld.py).
"""

from igtoolkit.actions.inviting import INVITED
from igtoolkit.actions.withheld import OF_ONE, WITHHELD

WORDS = {
    # recording and submitting
    "assessment_started": "Assessment started",
    "answer_saved": "Answer saved",
    "answers_recorded": "Answers recorded",
    "answer_confirmed": "Answer confirmed",
    "answers_confirmed": "Several answers confirmed",
    "confirmation_withdrawn": "Confirmation withdrawn",
    "senior_people_named": "Senior people named",
    "stage_submitted": "Stage submitted",
    "stage_imported": "Stage imported from a file",
    "assessment_imported": "Assessment imported from a file",
    "one_person_declared": "Declared that one person answers alone",
    "one_person_withdrawn": "No longer declared that one person answers alone",
    "final_reopened": "Final opened again",
    "plan_saved": "Improvement plan saved",
    "plan_sent": "Improvement plan sent",
    "plan_accepted": "Improvement plan accepted",
    "plan_returned": "Improvement plan returned",
    # people and signing in
    "person_added": "Person added by the operator",
    "person_invited": "Person invited",
    "person_invited_again": "Person invited again",
    "person_changed": "Name or role changed",
    "person_deactivated": "Person deactivated",
    "person_activated": "Person activated",
    "token_made": "Token for the API made",
    "token_revoked": "Token for the API revoked",
    "second_factor_added": "Second factor added",
    "second_factor_removed": "Second factor removed",
    "second_factors_taken_away": "Second factors taken away",
    "passkey_refused": "Passkey refused, for it may have been copied",
    "recovery_codes_made": "Recovery codes made",
    "recovery_code_used": "Recovery code used",
    "identity_connected": "Other sign-in service connected",
    "identity_disconnected": "Other sign-in service disconnected",
    "sessions_ended": "Signed out everywhere by somebody else",
    "own_sessions_ended": "Signed out elsewhere",
    "password_set": "Password set",
    # support access
    "support_granted": "Support access granted",
    "support_revoked": "Support access revoked",
    "support_looked": "Service team looked",
    # reading
    "report_read": "Report read",
    "report_downloaded": "Report downloaded",
    "report_gathered": "Report put into a file of many",
    "report_made": "Report made by the operator",
    "file_requested": "File requested",
    "file_fetched": "Requested file downloaded",
    "scores_exported": "Scores exported by the operator",
    "trail_downloaded": "Audit trail downloaded",
    "trail_exported": "Audit trail exported by the operator",
    "access_refused": "Access refused",
    "refusals_not_listed": "More refusals in that hour are not listed",
    "second_look_dismissed": "Question about a result marked as answered",
    "second_look_taken_up_again": "Question about a result taken up again",
    # the register
    "organisation_added": "Added to the register",
    "organisation_changed": "Changed in the register",
    "organisation_renamed": "Renamed",
    "organisation_closed": "Closed",
    "organisations_loaded": "Register loaded from a file",
    "code_changed": "Code changed",
    "code_passed_on": "Code passed on to another body",
    "successors_recorded": "Successors recorded",
    "predecessors_recorded": "Predecessors recorded",
    "kind_set": "Kind set",
    # the service itself
    "view_saved": "View of the national report saved",
    "view_changed": "Saved view changed",
    "view_deleted": "Saved view deleted",
    "peer_figures_made": "Figures of a kind made for board reports",
    "heads_witnessed": "Ends of all trails witnessed",
    "demonstration_built": "Demonstration built",
}


def shown(event: str) -> str:
    """The event that a reader is told of."""
    return INVITED if event == WITHHELD else event.removeprefix(OF_ONE)


def words(event: str) -> str:
    """What happened, in words; of an event that this version does not know, its name."""
    return WORDS.get(shown(event), event.replace("_", " ").capitalize())


def meant(asked: str) -> list[str]:
    """Every event that is shown as the one asked for."""
    return [asked, f"{OF_ONE}{asked}", *([WITHHELD] if asked == INVITED else [])]

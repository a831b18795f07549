"""Sentences for Information Governance Management, 101-199."""

from igtoolkit.config.demonstration.words.saying import Words

MANAGEMENT = {
    101: Words(
        have={
            1: (
                "SIRO, Caldicott Guardian and IG lead all hold appointment letters. Framework approved in {month}.",
                "IG management framework v{few}.0 went to the {board} in {month} and was approved without change.",
            ),
            2: (
                "{committee} met four times in the last year, quorate each time; {siro} chairs.",
                "Work plan has {some} actions, each with an owner and a date. Reviewed at every {committee}.",
                "Every directorate has an IG contact and the list on the intranet was checked in {month}.",
            ),
            3: (
                "{siro} took the half-yearly IG paper to the board in {month}. Two overdue actions were challenged.",
                "Annual governance statement sets out IG performance and the SIRIs of the year; on the website.",
            ),
        },
        gaps={
            "2a": "{committee} was cancelled twice this year and has not been quorate since {month}.",
            "2b": "Work plan is drafted but has no costs against it. To the {board} in {soon}.",
            "2c": "Directorate contacts not confirmed since the restructure: {few} names still missing.",
            "3a": "The board sees IG once a year only. {siro} has agreed a mid-year paper for {soon}.",
            "3b": "Annual governance statement mentions IG in one line and lists no incidents.",
        },
        slips={"2a": "{committee} stood down while the chair is vacant: no meeting since May, so 2a unticked."},
    ),
    105: Words(
        have={
            1: (
                "All {some} IG policies are approved and in date, with owners on the front sheet.",
                "IG strategy 2014-17 approved by the {board}. Policies cross-checked against each other in {month}.",
            ),
            2: (
                "Policies sit in one library on the intranet and old versions were withdrawn in {month}.",
                "Confidentiality policy now quotes all seven Caldicott principles, duty to share included.",
                "Progress on the improvement plan is a standing item at {committee}.",
            ),
            3: (
                "Walk-round of {few} wards and offices in {month} checked practice against policy; all actions closed.",
                "Clear desk check repeated in {place}: {high} per cent compliant, up from {low}.",
            ),
        },
        gaps={
            "2a": "Two superseded policies are still on the old intranet and come up first in a search.",
            "2b": "Confidentiality policy still quotes six principles; redraft with the seventh is out for comment.",
            "2c": "The improvement plan has not been brought back to {committee} since it was agreed.",
            "3a": "No check yet of whether people follow the policies. Sample walk-round planned for {soon}.",
        },
        slips={"2a": "Policy library did not survive the intranet move intact: {few} policies unreachable."},
    ),
    110: Words(
        have={
            1: (
                "Supplier register holds {many} entries; {some} of them can reach personal data.",
                "Model IG schedule agreed with our solicitors. Action plan signed by {siro} in {month}.",
            ),
            2: (
                "All contracts on the register carry the IG schedule or a deed of variation.",
                "Procurement asks for an IG Toolkit score in every tender. {few} bidders turned away this year.",
            ),
            3: (
                "Site visit to the off-site records store in {month}; one finding, remedied inside a fortnight.",
                "Destruction certificate obtained from the former scanning company at contract end.",
            ),
        },
        gaps={
            "2a": "{few} older contracts lack the IG clauses. Deeds of variation with the suppliers for signature.",
            "2b": "Checks before award are made for IT contracts only, not yet for facilities.",
            "3a": "Contract managers do not yet ask suppliers about IG during the year.",
            "3b": "No certificate of return or destruction from the transcription firm whose contract ended.",
        },
        slips={"2a": "New portering contract was let in August without the IG schedule. Variation requested."},
    ),
    111: Words(
        have={
            1: (
                "HR compared all {few} contract types with our IG duties; wording agreed with staff side in {month}.",
                "IG clause drafted for employees, honorary contracts and volunteers and signed off by the director.",
            ),
            2: (
                "Sample of {some} personnel files: the clause was signed in all of them.",
                "Bank and agency workers accept the terms on booking. Nothing is issued until they have.",
                "Volunteers and students sign the same confidentiality terms as healthcare assistants.",
            ),
            3: (
                "Yearly file audit in {month} found {few} missing signatures; every one has since been obtained.",
                "Voluntary services were included in this year's file audit for the first time.",
            ),
        },
        gaps={
            "2a": "Staff appointed before 2009 have not returned the addendum letter: {many} outstanding.",
            "2b": "Locum doctors booked out of hours start without signed terms. Form being changed.",
            "2c": "Volunteers have not signed: {some} of them are on old agreements without the duty.",
            "3a": "File audit was last done in 2013. HR has it in the plan for {soon}.",
        },
        slips={"2b": "Agency framework changed in August; new supplier's terms do not bind workers to us. With HR."},
    ),
    112: Words(
        have={
            1: (
                "Training needs analysis approved by {committee}; IG is on day one of induction.",
                "IG Training Tool modules mapped to every role. Programme for the year approved in {month}.",
            ),
            2: (
                "{high} per cent of staff trained at the last count, bank included; figures from the staff record.",
                "Slides cover all seven Caldicott principles with a case study on sharing with community teams.",
                "Asset owners and the subject access team have finished their extra modules.",
            ),
            3: (
                "Test calls to {some} wards and offices in {month}; results by directorate went to {committee}.",
                "A quiz follows each session. The lowest scoring question now has its own slide.",
            ),
        },
        gaps={
            "2a": "Completion is {low} per cent against 95. Estates and medical staff are furthest behind.",
            "2b": "The e-learning is good on secrecy and says little on sharing. Local slides being written.",
            "2c": "Asset owners' workshop put back to {soon}: {few} owners have no training beyond the basics.",
            "3a": "We count who attends, not what they understood. Test calls start in {soon}.",
            "3b": "Feedback forms are collected but nothing in the course has changed because of them.",
        },
        slips={
            "2a": "Certificates from last autumn have lapsed: {low} per cent in date. Reminders weekly from now on.",
        },
    ),
}

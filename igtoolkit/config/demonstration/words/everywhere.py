"""Sentences that fit any requirement, and what trusts call their groups, places and systems."""

NOT_YET = (
    "Not yet at level 1. The post that would lead on this has been vacant since {month}.",
    "Set back to 0: last year's score could not be shown by evidence. Being rebuilt with {lead}.",
    "Work has not begun. {siro} has agreed it is first in the plan for {soon}.",
    "The procedure exists in draft only and nobody has approved it.",
    "Inherited from the former PCT and never adopted here. {committee} to decide in {soon}.",
)
ACTIONS = (
    "Action {few} on the IG improvement plan.",
    "{lead} leads; progress goes to {committee}.",
    "On the {committee} action log.",
    "Funding agreed; {siro} is the sponsor.",
    "Resource is the risk here: one post covers this and two other requirements.",
    "Reported to {board} as amber.",
    "Plan agreed with the department; first check in {soon}.",
    "Dependent on the {system} upgrade.",
    "Internal audit will test this next quarter.",
    "Owner is the service manager; {lead} supports.",
)
ROSE = (
    "Moved from level {from} to {to} since Baseline.",
    "Gap noted at Baseline is closed.",
    "Level {to} reached over the summer.",
    "New evidence since July.",
    "Was level {from} in July.",
    "Done ahead of target.",
    "Level {to} confirmed by {lead}.",
    "Raised to {to} after the summer's work.",
)
LOST = (
    "Level drops from {from} to {to} until this is put right.",
    "Was level {from} until then. {siro} informed.",
    "Scored honestly at {to}; recovery plan with {committee}.",
    "We cannot stand behind level {from} at present.",
    "Reported to {board} in {now}.",
)
REVIEWED = (
    "Reviewed {now}: no change.",
    "Looked at again for the Update; evidence still stands.",
    "{now}: unchanged. {lead}",
    "Evidence re-checked after the summer.",
    "No movement since Baseline.",
    "Still right at {now}.",
)
ROSE_BY_FINAL = (
    "Moved from level {from} to {to} since the autumn.",
    "Gap noted in the autumn is closed.",
    "Level {to} reached in {now}.",
    "Was level {from} before Christmas.",
    "Raised to {to} for the Final; {lead} has seen the evidence.",
    "Done in time for March: level {to}.",
)
READ_AGAIN = (
    "Gone through for the Final in {now}: no change.",
    "Still right at {now}.",
    "Read again with {lead} before the Final.",
    "Evidence sampled for the Final; it stands.",
    "{now}: ready for the second reader.",
)
STILL_SHORT = (
    "Level 2 will not be reached by the end of March.",
    "Short of level 2 at year end. {siro} knows and has accepted the risk until {soon}.",
    "Goes into the improvement plan.",
    "Not done this year: one post covers this and two other requirements.",
)
HELD = (
    "Level 3 held for a second year: checked again in {month}.",
    "This year's check was done in {month} and its findings went to {committee}.",
    "Checked again this year, as level 3 asks.",
)
NOT_CHECKED = (
    "Was level 3 last year. This year's check is still to be done, so it stands at 2.",
    "Level 3 criteria of last year still hold; the yearly check is planned for {soon}.",
    "Back to 2 until {lead} has checked it again this year.",
)
NOT_RELEVANT = (
    "No personal information leaves the UK. All departments and all suppliers on the register were asked in {month}.",
    "{siro} confirmed after the data flow mapping of {month} that nothing is processed or supported from abroad.",
    "Supplier contracts were searched in {month}: hosting and remote support are in England only.",
)

PLANNED = (
    "Put in place what is missing for level 2, and show the evidence to {committee} before the due date.",
    "Finish the work that is under way, and have internal audit sample it.",
    "Agree the procedure with the services it touches, brief the staff and check a sample after a month.",
    "Appoint to the vacant post, then complete the outstanding criteria in the order of the improvement plan.",
)

COMMITTEES = (
    "IG steering group",
    "Information Governance Committee",
    "IG Assurance Group",
    "Information Governance Board",
    "IG and Caldicott Group",
    "Information Risk Group",
)
BOARDS = (
    "Audit Committee",
    "Quality Committee",
    "Finance and Performance Committee",
    "Integrated Governance Committee",
    "Risk and Assurance Committee",
)
SYSTEMS = {
    "acute": ("the PAS", "PathFinder PAS", "CareThread", "the EPR", "Orchard PAS"),
    "mental_health": ("the care record", "CareThread", "MindNote", "the EPR"),
    "ambulance": ("the dispatch system", "the electronic patient report", "CrewLine"),
}
PLACES = {
    "acute": (
        "Ward 4",
        "Ward 11",
        "Ward 23",
        "the day surgery unit",
        "the emergency department",
        "the fracture clinic",
        "the maternity unit",
        "the eye clinic",
        "the medical assessment unit",
        "Outpatients B",
        "the children's ward",
        "the pain clinic",
        "endoscopy",
        "the stroke unit",
    ),
    "mental_health": (
        "Larch Ward",
        "Willow Ward",
        "Hawthorn Unit",
        "the crisis team",
        "the memory service",
        "the early intervention team",
        "the eating disorders service",
        "the recovery team (south)",
        "the place of safety suite",
    ),
    "ambulance": (
        "Eastgate station",
        "the control room",
        "Canal Road station",
        "the resilience team",
        "patient transport",
        "the make-ready depot",
    ),
}
# An ambulance trust has stations and crews where a hospital has wards and clerks.
AS_ON_THE_ROAD = {
    "ward clerks": "station administrators",
    "ward clerk": "station administrator",
    "wards": "stations",
    "ward": "station",
    "Wards": "Stations",
    "Ward": "Station",
    "Outpatient survey": "Patient survey",
    "outpatient letters": "patient letters",
    "first appointment letters": "the patient record sheet",
    "appointment letters": "the patient record sheet",
    "inpatients": "patients",
    "radiology and pathology": "dispatch and rostering",
    "pathology": "rostering",
    "Coders": "Analysts",
    "before clinic": "before they are needed",
    "the unsupported radiology server": "the unsupported telephony server",
}

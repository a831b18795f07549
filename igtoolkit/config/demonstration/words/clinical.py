"""Sentences for Clinical Information Assurance, 400-499."""

from igtoolkit.config.demonstration.words.saying import Words

CLINICAL = {
    400: Words(
        have={
            1: ("Leads for records and for data quality named. Skills list set against postholders in {month}.",),
            2: (
                "Both teams are trained or booked. Advice log shows {some} questions this quarter.",
                "Intranet page names the two leads; bulletin went round in {month}.",
            ),
            3: (
                "Director agreed {few} more hours for validation after the capacity paper. Managers were surveyed.",
                "Capacity paper in {month} funded one scanning post. Short survey of managers: mostly useful.",
            ),
        },
        gaps={
            "2a": "{few} records clerks have had no training since appointment.",
            "2b": "Nobody in {place} could say whom to ask about data quality.",
            "3a": "Workload has doubled since scanning began and staffing has not been weighed.",
            "3b": "Users of the two teams have not been asked what they think.",
        },
    ),
    401: Words(
        have={
            1: ("Tracing procedure v3 approved. Coverage counted for {few} systems: {low} to {high} per cent.",),
            2: (
                "Reception and ward clerks trained in tracing; duplicates guide at every desk.",
                "NHS Number prints on all {some} letter templates. Newborn and overseas rule agreed.",
            ),
            3: (
                "Contract standard met in all data sets since {month}; yearly sample of files and labels is clean.",
                "{high} per cent verified in SUS every month this year. Label audit: no wrong number in {many}.",
            ),
        },
        gaps={
            "2a": "Clinic staff in {place} register first and trace later, if at all.",
            "2b": "Dictated letters from {few} specialties go without the number.",
            "3a": "Coverage in the outpatient data set is {low} per cent.",
            "3b": "No sample yet of whether the number belongs to the person.",
        },
        slips={"2b": "New letter templates left the NHS Number off from August. Supplier correcting."},
    ),
    402: Words(
        have={
            1: ("Checking procedure in use; correction and merge rules approved by the clinical records committee.",),
            2: (
                "No log-in to {system} without the recording course. {some} duplicates merged this quarter.",
                "Posters ask people to check their details; self check-in asks for address and GP.",
            ),
            3: (
                "Supervisors check {some} records a month against the person: {few} mismatches at the last count.",
                "Monthly spot checks by supervisors: mismatches down from {some} to {few} in a hundred.",
            ),
        },
        gaps={
            "2a": "Temporary staff are given a log-in before training on busy days.",
            "2b": "People are not told how to have a mistake corrected.",
            "2c": "Corrections stop at {system}; pathology and the GP keep the wrong identity.",
            "3a": "No spot checks against the live system. Forms ready for {soon}.",
        },
    ),
    404: Words(
        have={
            1: ("Record keeping standards adopted from the Academy's. Audit plan lists every specialty for the year.",),
            2: (
                "{few} specialties audited to plan, doctors, nurses and therapists alike; findings fed back.",
                "Audit of {many} entries in {month}: signed {high} per cent, timed {low}. Action sheets agreed.",
            ),
            3: (
                "Every specialty has a date for its last audit, small ones included; weakest re-audited.",
                "All specialties in the cycle. Re-audit in {place} shows timing up to {high} per cent.",
            ),
        },
        gaps={
            "2a": "Audits are behind plan: the junior doctors who did them moved on.",
            "2b": "Samples hold nursing entries only.",
            "2c": "Reports were written but not taken back to the teams audited.",
            "3a": "{few} small services have never been audited.",
            "3b": "Weak areas not audited a second time yet; due in {soon}.",
        },
        slips={"2a": "Audit office lost two posts. Only {few} specialties done of the number planned by now."},
    ),
    406: Words(
        have={
            1: ("Tracking procedure known to the library and porters. Target: files there two days before clinic.",),
            2: (
                "Notes not there for clinic are counted monthly: {few} in a thousand. Searches follow the checklist.",
                "Porters and secretaries trained; reminder goes out with the internal mail bags.",
            ),
            3: (
                "Losses looked at by specialty in {month}; shelf checks at all sites found {few} files out of place.",
                "Shelf check of 200 files in {month}: {high} per cent where they should be. Extra van run agreed.",
            ),
        },
        gaps={
            "2a": "Missing notes are counted at one site only.",
            "2b": "Searches stop when the clinic is over and no incident is raised.",
            "2c": "Secretaries move files without tracking them: {some} found in one office.",
            "3a": "Figures exist but the health records committee has not met since {month}.",
            "3b": "No shelf check this year.",
        },
        slips={"2a": "Counting stopped with the library move in August. Begins again in {soon}."},
    ),
}

"""Sentences for Secondary Use Assurance, 500-599."""

from igtoolkit.config.demonstration.words.saying import Words

SECONDARY = {
    501: Words(
        have={
            1: ("{few} feeder systems listed and compared with the Data Dictionary. Standards register kept.",),
            2: (
                "Local codes mapped to national values before submission. Screens refuse impossible dates.",
                "Requests for new codes go through the data standards group: {some} this year, {few} refused.",
            ),
            3: (
                "Every upgrade is tested with made-up records before go-live; last done in {month}.",
                "Test records run through {system} after the {month} upgrade; one rule failed and was repaired.",
            ),
        },
        gaps={
            "2a": "Discharge destination still uses {few} local codes with no mapping.",
            "2b": "{system} lets a discharge precede the admission. Change requested.",
            "3a": "Validation is not retested after upgrades.",
        },
    ),
    502: Words(
        have={
            1: ("List of outside data quality reports kept by a named analyst, with release dates.",),
            2: (
                "SUS dashboard read monthly; {many} records put right before the freeze.",
                "Commissioner queries logged with reply and repair. Divisions answer for their own indicators.",
            ),
            3: (
                "Run charts show {few} indicators moved above average in a year. {board} asks about the rest.",
                "Ethnic category and GP practice now above the national figure. {board} sees a summary each quarter.",
            ),
        },
        gaps={
            "2a": "Dashboard is read but nothing was corrected before the last two submissions.",
            "2c": "Divisions do not see external results for their own services.",
            "3a": "Indicators below average have not moved in twelve months.",
            "3b": "No committee of the board has data quality on its agenda.",
        },
    ),
    504: Words(
        have={
            1: ("Benchmarking note agreed with {few} peers. Thresholds set for {some} measures.",),
            2: (
                "Quarterly comparison shows {few} outliers; each has an investigation sheet.",
                "Sites compared with each other: missing outcomes at one clinic turned out to be a form.",
            ),
            3: (
                "Each fault has a closing date; length of stay was back in range by {month}.",
                "Recording faults followed until back in range; {few} closed since {month}, one exception agreed.",
            ),
        },
        gaps={
            "2a": "Comparison done once this year, not each quarter.",
            "2c": "Outliers are listed but nobody asks why.",
            "3a": "Faults found by benchmarking are not followed to an end.",
        },
    ),
    505: Words(
        have={
            1: ("Approved auditor sampled 200 episodes; signed report received in {month}.",),
            2: (
                "Primary diagnosis {high} per cent right. Action plan agreed with the deputy medical director.",
                "Missing comorbidities taken up with the surgical teams concerned.",
            ),
            3: (
                "95 and 90 per cent passed on diagnoses and procedures. Cost of errors reported to finance in {month}.",
                "Upper band on all four marks. Finance worked out the effect on tariff: {few} thousand pounds.",
            ),
        },
        gaps={
            "2a": "Secondary procedures came out at {low} per cent, under the middle band.",
            "2b": "Auditor's recommendations not yet answered.",
            "3a": "Primary codes reach the upper band, secondary ones do not.",
            "3b": "Effect of errors on payment not worked out.",
        },
    ),
    506: Words(
        have={
            1: ("Accuracy audit procedure and timetable signed off by the executive sponsor in {month}.",),
            2: (
                "Audits of {system} against case notes ran to time. {board} had accuracy by item in {month}.",
                "Errors in the sample put right; the booking office searched for more of the same.",
            ),
            3: (
                "Second audit of the worst {few} items shows the gain; entry guidance was rewritten and is in use.",
                "Referral date accuracy rose from {low} to {high} per cent between two audits. Training slide added.",
            ),
        },
        gaps={
            "2a": "{few} audits in the timetable did not take place.",
            "2b": "Results stay with the data quality team; no board committee has seen them.",
            "3a": "Worst items not audited a second time.",
            "3b": "Lessons are noted, nothing in training or screens has changed.",
        },
        slips={"2a": "Auditor on long-term leave since June: no accuracy audit since."},
    ),
    507: Words(
        have={
            1: ("Check specified item by item; first full quarter run in {month}, failures counted.",),
            2: ("All mandatory items pass. “Not known” for ethnic category is under the limit in every clinic.",),
            3: (
                "Higher mark passed twice running. Midnight admissions looked into: a default, switched off.",
                "Two runs at the higher mark in a row. Repeated postcode traced to one desk in {place}.",
            ),
        },
        gaps={
            "2a": "Ethnic category filled in for {low} per cent; two clinics never ask.",
            "2b": "Default values are over the limit in {few} teams.",
            "3a": "One run met the higher mark, the next just missed it.",
            "3b": "No search for odd patterns such as midnight admissions.",
        },
    ),
    508: Words(
        have={
            1: ("Each division has a clinical contact; what they are sent and when is agreed.",),
            2: (
                "Consultants return their monthly activity with comments; changes made in {system} and confirmed.",
                "Coders meet {few} teams regularly. Wording list agreed with respiratory in {month}.",
            ),
            3: (
                "All but {few} teams replied this quarter; their clinical directors have been on to them.",
                "Replies by specialty counted: {high} per cent. Clinical director wrote to the two silent ones.",
            ),
        },
        gaps={
            "2a": "Reports go out and few come back: {few} consultants replied.",
            "2b": "Coders and clinicians do not meet; coding moved off site.",
            "2c": "Clinicians are not told whether their correction was made.",
            "3a": "Nobody counts who takes part.",
        },
    ),
    510: Words(
        have={
            1: ("Coding training programme approved; every coder's courses and next date are on record.",),
            2: (
                "All trainees had the standards course inside six months. No refresher overdue.",
                "New OPCS-4 release discussed at team meetings before {month}.",
            ),
            3: (
                "Orthopaedic workshop came out of the audit. Two coders have study leave for the examination.",
                "Workshop on comorbidities followed the audit. {few} coders now hold the national qualification.",
            ),
        },
        gaps={
            "2a": "Two trainees waited nine months for a standards course.",
            "2b": "{few} coders are past three years since a refresher. Booked for {soon}.",
            "3a": "Workshops do not follow what the audit found.",
            "3b": "No study leave for the national qualification.",
        },
    ),
    514: Words(
        have={
            1: ("Neighbouring trust's approved auditor looked at {some} completed stays; report in {month}.",),
            2: (
                "Main psychiatric diagnosis {high} per cent right. Psychiatrists agreed how to state diagnoses.",
                "Corrections carried into the mental health data set by a named analyst.",
            ),
            3: (
                "Auditor confirms both upper marks. Self-harm and alcohol codes reviewed in {place}.",
                "Both upper marks met. Review of alcohol and diabetes codes on two wards fed back to doctors.",
            ),
        },
        gaps={
            "2a": "Secondary conditions came out under 75 per cent.",
            "2b": "Consultants have not seen the unclear diagnoses from their own wards.",
            "3a": "Main diagnosis is a point short of the upper mark.",
            "3b": "Physical illness is seldom coded and has not been reviewed.",
        },
    ),
    516: Words(
        have={
            1: ("Coders known by name, contractors too. Cover agreed with the acute trust next door.",),
            2: (
                "Certificates of all {few} coders are current. Session on coding dementia held in {month}.",
                "Lone coder gets second opinions through the regional network.",
            ),
            3: (
                "Audit errors set {few} of the topics in this year's plan; psychiatrists asked for two more.",
                "Plan compared with audit errors and psychiatrists' questions in {month}; two topics added.",
            ),
        },
        gaps={
            "2a": "One certificate has lapsed. Course found for {soon}.",
            "2b": "No local teaching on the mental and behavioural chapter.",
            "3a": "Training plan is not compared with what the audit found.",
        },
    ),
}

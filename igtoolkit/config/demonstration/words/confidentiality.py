"""Sentences for Confidentiality and Data Protection Assurance, 200-299."""

from igtoolkit.config.demonstration.words.saying import Words

CONFIDENTIALITY = {
    200: Words(
        have={
            1: (
                "{guardian} is Caldicott Guardian and is in the national register. Work plan accepted in {month}.",
                "Data protection lead named; ICO registration renewed in {month}.",
            ),
            2: (
                "{guardian} did the Guardians' training day in {month} and has two protected sessions a month.",
                "Caldicott log holds {some} decisions with reasons; cover for leave is in the on-call folder.",
            ),
            3: (
                "{guardian} told the board of {some} questions answered and {few} disclosures refused, with reasons.",
                "Caldicott Guardian's annual report went to the board in {month}; two requests for help agreed.",
            ),
        },
        gaps={
            "2a": "The new Guardian has not had the training yet; a place is booked for {soon}.",
            "2b": "One person gives all the advice and there is no cover for leave.",
            "2c": "Advice is given by telephone and is not always written down. Caldicott log started in {month}.",
            "3a": "Guardian's report to the board not written this year. On the forward plan for {soon}.",
        },
        slips={"2a": "Our Guardian retired in August; the successor is not trained until the new year."},
    ),
    201: Words(
        have={
            1: (
                "Guidance on sharing for direct care approved by clinical governance in {month}.",
                "A consultant leads on the guidance with {guardian}; the patient council commented on the draft.",
            ),
            2: (
                "Guidance is one click from every ward desktop and was briefed to {some} teams.",
                "Hospital social workers read the shared summary on {system} under signed terms.",
                "Home care agencies sign the confidentiality form before we share; checklist in use in {place}.",
            ),
            3: (
                "CG138 audit done in {few} services. The handover form was changed as a result and re-audited.",
                "NICE CG138 audit reported in {month}: sharing at discharge good, at transfer fair; actions closed.",
            ),
        },
        gaps={
            "2a": "Guidance is approved but {place} and the community teams had not seen it when we asked.",
            "2b": "Social workers are still sent paper by the ward clerk; no secure route agreed with the council.",
            "2c": "No agreed conditions for sharing with unregistered care workers.",
            "3a": "The CG138 audit has not been carried out. Clinical audit has it for {soon}.",
            "3b": "CG138 audit is done but its action plan is open: {few} items left.",
        },
        slips={"2b": "The council moved its hospital team and the secure mailbox closed. New route being agreed."},
    ),
    202: Words(
        have={
            1: (
                "Plan for listing every purpose and its legal basis approved by {committee} in {month}.",
                "Purposes and legal bases: plan agreed, {few} of the services have been through it.",
            ),
            2: (
                "Register of uses has {some} entries, each with a legal basis checked by {guardian}.",
                "One extract without a clear basis was stopped in {month}, logged as a SIRI and taken to the board.",
                "Guideline on consent and objections on the intranet; payslip message in {month}.",
            ),
            3: (
                "Objections procedure live: {few} received this year, all answered inside 21 days.",
                "Outpatient survey ({many} replies) and two focus groups: people know their choices.",
            ),
        },
        gaps={
            "2a": "Guideline rewritten but not yet launched to staff.",
            "2b": "Register of uses is incomplete: research and finance extracts still to be given a legal basis.",
            "2c": "Uses without a legal basis are put right quietly; the procedure does not send them to the board.",
            "3a": "No process for objections. GP-recorded ones reach us but nobody here decides on them.",
            "3b": "We have not asked people whether they understand their choices. Survey designed with the PALS team.",
        },
        slips={
            "2b": "Register of uses found out of date after the data warehouse move: {few} flows without an entry.",
            "3a": "Objections mailbox was left unread after a member of staff went. Process being rebuilt.",
        },
    ),
    203: Words(
        have={
            1: (
                "Fair processing leaflet revised with the readers' panel and approved by {guardian} in {month}.",
                "Leaflet, poster and web page all describe uses beyond care. {guardian} signed them off.",
            ),
            2: (
                "Leaflet goes out with first appointment letters. Easy read and {few} languages in print.",
                "Web page lists {some} bodies that receive data, with what and why. Desk card at all receptions.",
                "Constitution rights are on the back of the leaflet and in ward folders.",
            ),
            3: (
                "{many} inpatients answered our questionnaire. The paragraph on research was rewritten after it.",
                "People were asked how they want to see their records: most say online, a fifth want paper.",
            ),
        },
        gaps={
            "2a": "Leaflet is not sent with appointment letters; print contract allows no second sheet until {soon}.",
            "2b": "Mystery visit in {month}: reception could not say who sees the data. Desk card in draft.",
            "2c": "List of bodies that receive data exists but is not published.",
            "2d": "Nothing in our materials on NHS Constitution rights. New leaflet at the printer.",
            "3a": "No measure of what patients understood. Questionnaire goes to {place} in {soon}.",
            "3b": "We have not asked people how they would like to see their records.",
        },
        slips={"2a": "Leaflet dropped from outpatient letters when printing was outsourced in August."},
    ),
    205: Words(
        have={
            1: (
                "Procedure covers staff files and records of people who have died. Agreed by the records committee.",
                "Access to records manager in post and trained; identity check sheet in use since {month}.",
            ),
            2: (
                "{many} requests so far, {high} per cent inside 40 days. Late ones carry an explanation sheet.",
                "Test request handed in at {place} reached the team the same day.",
                "Form, fee and how to complain are on the website; the standard letter says so too.",
            ),
            3: (
                "Quarterly report to {committee}. Overtime was agreed in {month} to clear a backlog of {some}.",
                "A second reader checks twenty closed requests a quarter; redaction errors are fed back.",
            ),
        },
        gaps={
            "2a": "Front-line staff do not always recognise a request: two sat in {place} for a week.",
            "2b": "Only {low} per cent inside 40 days; police and solicitors' requests have doubled.",
            "2c": "Web page gives the form but not the fee or how to complain.",
            "3a": "Reply times are known to the team but go to no senior group.",
            "3b": "No second check of what is sent out. Agreed in principle, no one named yet.",
        },
        slips={
            "2b": "Two vacancies since June: a backlog of {some} requests and replies running past 40 days.",
        },
    ),
    206: Words(
        have={
            1: (
                "Access audit procedure names who checks which system and how often. Approved in {month}.",
                "Privacy officer's objectives include access audit; alert rules agreed for {system}.",
            ),
            2: (
                "Log-in banner warns all users. Monthly checks done for {system}, radiology and pathology.",
                "{some} alerts looked into since April; {few} went to HR, one dismissal.",
            ),
            3: (
                "All {some} systems confirmed to keep a full audit trail; {few} patients asked who looked.",
                "Six-monthly review in {month} traced most lookups to one shared desk in {place}. Fixed.",
            ),
        },
        gaps={
            "2a": "Banner is on {system} only. Older departmental systems give no warning.",
            "2b": "Checks are behind: nothing done for pathology since {month}.",
            "3a": "Monthly results are filed but nobody looks across them for a pattern.",
            "3b": "{few} older systems keep no record of who viewed. Supplier's fix due in {soon}.",
        },
        slips={"2b": "Privacy officer seconded to the record system project; no access checks since July."},
    ),
    207: Words(
        have={
            1: (
                "Partner list complete: {some} bodies. County-wide protocol endorsed by Guardian and SIRO.",
                "Overarching protocol and the template agreement prepared; {lead} owns both.",
            ),
            2: (
                "Signed agreements held for all routine partners, hospice and two charities included.",
                "Safeguarding and discharge teams briefed on their agreements in {month}.",
                "Contact schedule added to each agreement; tested by e-mail, {high} per cent answered.",
            ),
            3: (
                "What is exchanged was compared with what was agreed for {few} partners; one item stopped.",
                "Joint sharing group meets twice a year. Sample of transfers matched the agreed items in {month}.",
            ),
        },
        gaps={
            "2a": "{few} agreements unsigned: housing, the out-of-hours provider and one charity.",
            "2b": "Agreements are signed but {place} did not know there was one.",
            "2c": "Agreements give no contact for errors or objections. Schedule being added at renewal.",
            "3a": "Partners have not met to check what is really exchanged.",
        },
        slips={"2a": "Agreement with the council ran out in August and the renewal is unsigned."},
    ),
    209: Words(
        have={
            1: (
                "Overseas register lists {few} transfers, all supplier support. Information security owns it.",
                "IG lead traces overseas flows; suppliers asked in {month} where they host.",
            ),
            2: (
                "Each transfer rests on model clauses or stays in the EEA. ICO entry agrees with the register.",
                "Yearly questionnaire to asset owners returned by all; one cloud transcription pilot assessed.",
            ),
            3: (
                "Overseas flows are on the SIRO and Guardian agenda twice a year; the minutes of {month} are typical.",
                "{siro} reviewed the overseas register in {month} and stopped one flow to an American supplier.",
            ),
        },
        gaps={
            "2a": "Hosting of one survey tool in the United States has no adequacy assessment.",
            "2b": "Asset owners were not asked about new transfers this year.",
            "2c": "ICO entry says no transfers; the register shows {few}. Amendment sent.",
            "3a": "Transfers are looked at when found, not at set times. First review in {soon}.",
        },
    ),
    210: Words(
        have={
            1: (
                "Change procedure agreed between IG, IT and the project office; screening form in use.",
                "Security accreditation checklist adopted in {month}; ownership settled with IT.",
            ),
            2: (
                "All {some} projects begun this year were screened; {few} needed a privacy impact assessment.",
                "Video clinics assessed before the pilot in {place}. One app was refused.",
                "IG approval is a gate in the project pack: no order number without it.",
            ),
            3: (
                "Post-implementation reviews look at IG conditions; lessons note sent round in {month}.",
                "Spot check of departmental databases found {few} unassessed; all now registered or closed.",
            ),
        },
        gaps={
            "2a": "Buyers did not know of the IG step: two systems reached contract before we heard.",
            "2b": "{few} projects went live without a privacy impact assessment; being done after the event.",
            "2c": "Telehealth pilot in {place} was not assessed before patients used it.",
            "3a": "IG conditions are not checked after go-live.",
            "3b": "No spot checks of small local changes yet. First round in {soon}.",
        },
        slips={"2b": "The ward tablets project began without an assessment; clinical safety raised it in August."},
    ),
}

"""Sentences for Information Security Assurance, 300-399."""

from igtoolkit.config.demonstration.words.saying import Words

SECURITY = {
    300: Words(
        have={
            1: ("Information security manager in post, reporting to {siro}. Skills table agreed in {month}.",),
            2: (
                "Security opinion recorded on {some} projects this year. On-call number on every intranet page.",
                "Both security staff hold the certificate; the deputy's course is booked.",
            ),
            3: (
                "Workload, overdue reviews and outside threats go to {siro} once a year; the reply is on file.",
                "Security lead's yearly report answered by {siro} in writing; a second post was funded.",
            ),
        },
        gaps={
            "2a": "New security lead has not had the course set for the post. Booked for {soon}.",
            "2b": "Projects ask for a security opinion late or not at all; log started in {month}.",
            "3a": "No yearly report on security workload. {siro} has asked for one by {soon}.",
        },
        slips={"2a": "Security manager left in July. Interim cover does not know our systems."},
    ),
    301: Words(
        have={
            1: ("{some} key assets listed, each with an owner. {siro} signed the rolling timetable in {month}.",),
            2: (
                "Assessments due are done and signed by their owners: {some} on the tracker, none overdue.",
                "High risks carry treatment plans; the unsupported radiology server is off the network.",
            ),
            3: (
                "{siro} has a quarterly dashboard of open risks by owner; {few} closed since {month}.",
                "Quarterly risk report to {siro}: {few} high risks open, two slipped and escalated.",
            ),
        },
        gaps={
            "2a": "{few} owners have not returned their assessments; chased twice.",
            "2b": "High risks are known but {few} have no finish date.",
            "3a": "{siro} hears of risks when they go wrong. Quarterly report starts in {soon}.",
        },
        slips={"2a": "Three assessments fell due in August and none is signed. Owners changed in the restructure."},
    ),
    302: Words(
        have={
            1: (
                "Incident procedure approved by {committee} in {month}; escalation chart in the on-call folder.",
                "Lead and deputy named for IG incidents. Datix has its own IG form.",
            ),
            2: (
                "{many} IG incidents on Datix since April, all graded; {few} at level 2 and reported as SIRIs.",
                "People affected had a letter of explanation and apology in every case at level 1 or above.",
                "Pocket card given to bank staff and volunteers. Board paper lists the year's SIRIs.",
            ),
            3: (
                "Trend report in {month}: misdirected letters down a third since window envelopes came in.",
                "Spot questions put to {some} staff: {high} per cent knew how to report. {place} briefed again.",
            ),
        },
        gaps={
            "2a": "Agency and volunteers had not been shown how to report. Cards printed, to go out in {soon}.",
            "2b": "{few} incidents sat ungraded for more than a fortnight; SIRI tool updated late.",
            "2c": "Letters to people affected depend on the manager. No standard apology, no log of what was sent.",
            "2d": "The board hears of SIRIs in the annual report only, not as they arise.",
            "3a": "Incidents are closed one by one. First trend report due in {soon}.",
            "3b": "Staff have not been asked how they would report an incident this year.",
        },
        slips={"2c": "Two people affected by the July post error have not been written to. Escalated to {guardian}."},
    ),
    303: Words(
        have={
            1: ("RA manager appointed by the executive team. Position-based access approved by {guardian}.",),
            2: (
                "Sample of {some} registrations: identity proved face to face in all. Leavers' feed runs weekly.",
                "Cards withdrawn on the leaving date in {high} per cent of cases this quarter.",
            ),
            3: (
                "Audit of {some} registration files in {month} found {few} slips, since put right; duplicates removed.",
                "RA audit in {month}: {some} dormant cards revoked, card stock reconciled.",
            ),
        },
        gaps={
            "2a": "Honorary contract holders were registered on copies of documents; being seen again.",
            "2b": "Movers keep old roles: HR tells us of leavers weekly but not of changes of post.",
            "3a": "RA files were last audited more than a year ago. Audit commissioned.",
        },
        slips={"2b": "Leavers' report stopped with the payroll change in August; {some} cards live after leaving."},
    ),
    304: Words(
        have={
            1: ("Smartcard monitoring procedure v2 approved; misuse named in the disciplinary policy.",),
            2: (
                "All {many} card holders have accepted the terms; those who had not were suspended.",
                "Desk stickers and a screen message since {month}. {few} breaches investigated, outcomes logged.",
            ),
            3: (
                "{some} alerts read by the privacy officer since April, and each closed with the line manager.",
                "Unannounced walk-rounds each quarter: unattended cards down from {some} to {few}.",
            ),
        },
        gaps={
            "2a": "{some} users have not accepted the national terms and are not yet blocked.",
            "2b": "Emergency department shares cards at handover. Faster log-in being tried before the reminder.",
            "2c": "Breaches are dealt with by line managers and no register is kept.",
            "3a": "No walk-rounds since {month}; the IG team is short of one post.",
            "3b": "Alerts are received but nobody has time to read them. Privacy officer post advertised.",
        },
    ),
    305: Words(
        have={
            1: ("Access decision maker and account administrator named for all {some} key systems.",),
            2: (
                "Account forms behind every log-in since {month}; {few} generic accounts justified, with end dates.",
                "Owners confirm joiners, movers and leavers work for {system} and pathology.",
            ),
            3: (
                "Lock-out and time-out tested on {few} systems; one fault mended. User lists signed off quarterly.",
                "Quarterly user list review removed {many} rights. Internal audit of {system}: good.",
            ),
        },
        gaps={
            "2a": "Leavers' accounts on departmental systems stay open: {some} found in {month}.",
            "2b": "Shared log-ins still in use in {place}. Single sign-on due in {soon}.",
            "3a": "User lists of {few} key systems have not been gone through this year.",
            "3b": "Access controls not tested. In the internal audit plan for {soon}.",
        },
        slips={"2b": "Generic log-in brought back during the August outage and still in use in {place}."},
    ),
    307: Words(
        have={
            1: (
                "{siro} is SIRO by board minute; information risk policy states our appetite. Owners named.",
                "Directory of asset owners and administrators complete in all directorates, {month}.",
            ),
            2: (
                "{siro} did the SIRO training in {month} and meets the Guardian every six weeks.",
                "Half-yearly owner returns all in; {few} chased. Information risk is in the corporate register.",
            ),
            3: (
                "{siro}'s yearly opinion feeds the governance statement; the board asked about {few} of its risks.",
                "{siro} gave the board a written opinion in {month}: reasonable assurance, {few} risks named.",
            ),
        },
        gaps={
            "2a": "SIRO training not taken in the last year. Webinar booked for {soon}.",
            "2b": "{few} asset owners sent no return and {few} sent an empty one.",
            "2c": "Information risk does not appear in the corporate risk register by name.",
            "3a": "The board gets no yearly opinion on information risk. Draft with {siro}.",
        },
        slips={"2a": "Finance director left in August; the interim SIRO has not been trained."},
    ),
    308: Words(
        have={
            1: (
                "All {some} departments returned the mapping form. Banned methods agreed by {siro} in {month}.",
                "Flows brought together in the Information Mapping Tool: {many} in, {many} out.",
            ),
            2: (
                "Flows risk-rated; the {few} highest moved from fax to NHSmail. List of disclosures on the website.",
                "Secretaries and clerks briefed; tamper-evident envelopes and encrypted sticks on the stores list.",
            ),
            3: (
                "E-mail gateway report read monthly; {few} senders spoken to. Map has a dated change log.",
                "Post room and fax spot checks in {month}: one wrong tray, put right. New flows go through projects.",
            ),
        },
        gaps={
            "2a": "Flows mapped but {few} of the highest rated still go by ordinary fax.",
            "2b": "Staff in {place} send by whatever is to hand; encrypted e-mail not set up for them.",
            "2c": "The map has not been turned into a list that the public can read.",
            "3a": "What is really sent has not been compared with the map. Post room check in {soon}.",
            "3b": "New flows reach the map months after they begin.",
        },
        slips={"2a": "A daily unencrypted extract was found in August. Stopped, but the map must be re-rated."},
    ),
    309: Words(
        have={
            1: ("Impact analysis ranked {some} assets by tolerable downtime. Plan owners have letters.",),
            2: (
                "All critical plans approved and lodged with emergency planning. Downtime boxes checked in {month}.",
                "Ward and on-call briefings done; off-network copies tested with the on-call manager.",
            ),
            3: (
                "Every critical plan exercised this year. Back-ups of {few} systems restored inside the time allowed.",
                "Live switch to paper in {place} in {month}; restore of {system} took four hours against eight.",
            ),
        },
        gaps={
            "2a": "{few} critical systems have no approved plan, e-rostering among them.",
            "2b": "Downtime boxes in {place} were found empty of forms.",
            "2c": "Staff who would switch to paper have not been briefed since {system} went in.",
            "3a": "Plans exist but have not been exercised this year. Desktop exercise in {soon}.",
            "3b": "Restores not tried: no spare environment. Supplier quoting.",
        },
        slips={"2a": "Replacement of {system} in August leaves its continuity plan describing the old one."},
    ),
    310: Words(
        have={
            1: ("Server rooms and {some} hub cabinets surveyed with estates. Preventive measures each have an owner.",),
            2: (
                "Batteries, cooling and leak alarms under contract. Failed back-ups fixed by next day all quarter.",
                "Change board meets weekly; {few} changes refused for want of a way back.",
            ),
            3: (
                "Causes that recur go to managers: {few} air-conditioning faults led to a new contract in {month}.",
                "Downtime log sorted by cause. Network switches replaced after the paper of {month}.",
            ),
        },
        gaps={
            "2a": "No leak alarm in the basement data room. Quotation with estates.",
            "2b": "Back-ups run nightly but no copy is held off site for {few} systems.",
            "2c": "Departmental systems change outside change control.",
            "3a": "Downtime is logged without a cause, so nothing can be learned from it.",
        },
    ),
    311: Words(
        have={
            1: ("Malicious code policy approved by {siro}. Exceptions register lists {some} old analysers.",),
            2: (
                "Console shows {high} per cent of devices up to date; patches fitted within 14 days.",
                "Gateway blocks scripts and archives. Staff alert on the invoice scam in {month}.",
            ),
            3: (
                "{few} infections this year, cleaned within a day. Security lead gets the figures monthly.",
                "Monthly malware report: {few} detections, none spread. Isolated within the hour.",
            ),
        },
        gaps={
            "2a": "{many} devices run an operating system that gets no more patches. Replacement to {soon}.",
            "2b": "Memory sticks are not scanned on older builds.",
            "2c": "No staff warning about suspicious e-mail this year.",
            "3a": "Detections are cleaned up but not reported to anyone monthly.",
        },
    ),
    313: Words(
        have={
            1: ("Network security policy approved by {siro}. Owners recorded risks and outside links in {month}.",),
            2: (
                "Firewall rules justified port by port. Switches built to the standard; guest wireless kept apart.",
                "Operations manual is current. Acceptable use notice reissued in {month}.",
            ),
            3: (
                "Independent test in {month}; {siro} gets a quarterly summary, rogue access points included.",
                "Penetration test in {month}: {few} critical findings, all closed and retested.",
            ),
        },
        gaps={
            "2a": "{few} supplier connections come in unfiltered. Firewall change agreed.",
            "2b": "Network procedures live in people's heads; two engineers, no manual.",
            "3a": "No independent penetration test since 2013. Tender out.",
            "3b": "{siro} gets no regular summary of attacks and outages.",
        },
    ),
    314: Words(
        have={
            1: ("Mobile working policy approved by {committee}; staff have the one-page guide to carrying notes.",),
            2: (
                "All {many} laptops encrypted; {few} exceptions explained. Two-factor sign-in for remote access.",
                "Mobile register matched to asset tags in {month}. Lost device number printed on every laptop.",
            ),
            3: (
                "{some} mobile staff spot checked since {month}. {few} devices missing in April were all found.",
                "Spot checks of community staff twice a year; register reconciled in April and due again in October.",
            ),
        },
        gaps={
            "2a": "Mobile register omits tablets bought by departments: {some} found so far.",
            "2b": "{few} community laptops not encrypted. Recalled.",
            "2d": "New starters in community teams not briefed on what to do when a device goes missing.",
            "3a": "No spot checks of mobile staff. Team leaders asked to begin in {soon}.",
            "3b": "Register is not reconciled with leavers; {some} devices unseen for ninety days.",
        },
        slips={"2b": "Tablets issued in August went out unencrypted. Recall under way, {some} of them back."},
    ),
    323: Words(
        have={
            1: ("Asset register holds {many} entries with owners. Discovery plan dated by directorate.",),
            2: (
                "Discovery closed in {month}: {some} unlisted databases found and registered, {siro} told.",
                "Encryption, locked storage and disposal route confirmed in the register for every asset.",
            ),
            3: (
                "Archive rooms visited in {month}. Nothing is loaded until the purchase form has its register number.",
                "Visits to {some} departments compared the register with the cupboards: {few} surprises, all closed.",
            ),
        },
        gaps={
            "2a": "Register does not say how {some} assets are disposed of.",
            "2b": "Owners have not judged whether their assets need more than basic protection.",
            "2c": "Search for local spreadsheets is done in {few} directorates out of ten.",
            "3a": "Register not tested by visits. Programme starts in {soon}.",
            "3b": "Research databases reach the register after data has been loaded.",
        },
    ),
    324: Words(
        have={
            1: ("Secondary uses listed with their authority. Safe haven defined; {guardian} approved the plan.",),
            2: (
                "Commissioning reports carry pseudonyms. {few} exceptions granted, each with an end date.",
                "Key table is held by two people outside the analyst team. Method note is in the safe haven.",
            ),
            3: (
                "Every reversal has a requester and a reason; {guardian} sees the summary. Rare values masked.",
                "Small counts masked; motivated intruder test in {month} found nothing. Reversals logged.",
            ),
        },
        gaps={
            "2a": "Finance and performance reports still carry NHS Numbers out of habit.",
            "2b": "Analysts can reach the key table. Separate store ordered.",
            "3a": "Released tables are not tested for small numbers.",
            "3b": "Reversals happen on request and {guardian} sees no summary.",
        },
    ),
}

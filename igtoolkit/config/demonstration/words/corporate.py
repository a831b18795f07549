"""Sentences for Corporate Information Assurance, 600-699."""

from igtoolkit.config.demonstration.words.saying import Words

CORPORATE = {
    601: Words(
        have={
            1: ("Corporate records policy approved by the {board}. Departmental contacts named, schedule issued.",),
            2: (
                "Finance and estates use the agreed filing structure; disposal forms are signed before anything goes.",
                "Induction slide on which e-mails are records, since {month}.",
            ),
            3: (
                "Records manager has been to {few} departments since {month}; two filing plans redone.",
                "Visits to {few} departments in turn: filing good, access limits mended in one.",
            ),
        },
        gaps={
            "2a": "Shared drives have no agreed structure in {few} departments.",
            "2b": "Staff are not told which e-mails are records.",
            "2c": "Boxes were destroyed in {month} without a signed form.",
            "3a": "No departmental visits this year.",
        },
    ),
    603: Words(
        have={
            1: ("FOI officer and deputy named by the board. Publication scheme follows the model.",),
            2: (
                "{many} requests logged since April, {high} per cent answered in 20 working days.",
                "Leaflet on asking for information, large print too. Newsletter item in {month}.",
            ),
            3: (
                "{high} per cent in time reported to {board}; disclosure log covers the {few} commonest topics.",
                "Quarterly report to {board}. Agency spending, asked for often, is now in the disclosure log.",
            ),
        },
        gaps={
            "2a": "Website says how to ask but not how to complain.",
            "2b": "Log lacks the exemption used in {some} cases.",
            "2c": "Requests sent to departments do not reach the FOI mailbox the same day.",
            "3a": "No senior committee sees FOI figures.",
            "3b": "No disclosure log. The same questions come every quarter.",
        },
    ),
    604: Words(
        have={
            1: ("Survey brief agreed and a lead chosen; helpers briefed in {month}.",),
            2: (
                "{some} departments returned inventories, drives and off-site boxes included. {few} visited.",
                "Box list from off-site storage matched to departments: {many} boxes, {few} ownerless.",
            ),
            3: (
                "Ownerless collections have owners; every department has a date for its next survey.",
                "Duplicates merged and expired boxes destroyed. First repeat survey done in {month}.",
            ),
        },
        gaps={
            "2a": "Inventories outstanding from {few} departments.",
            "2b": "Survey covers paper only; shared drives not looked at.",
            "2c": "Returns have been taken on trust; no visits made.",
            "3a": "{many} expired boxes recalled from storage are waiting for a decision.",
            "3b": "No dates yet for a second survey.",
        },
    ),
}

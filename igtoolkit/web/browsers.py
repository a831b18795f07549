"""What somebody signed in with, in words: enough to know one's own again, too little to follow anybody by."""

PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)
OTHER = "Another program"


def browser(agent: str) -> str:
    """“Firefox on Windows”, from what a browser says of itself."""
    program = next((words for mark, words in PROGRAMS if mark in agent), OTHER)
    system = next((words for mark, words in SYSTEMS if mark in agent), "")
    return f"{program} on {system}" if system else program

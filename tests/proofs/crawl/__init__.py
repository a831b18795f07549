"""The canary crawl: every address, by everybody, in every state; nobody is shown what is another's.

canaries.py  the marks that are hidden in every text an organisation has
fields.py    which field of which table holds which sort of text; a new field must be added there
world.py     a nation in which each trust stands at another stage, with such marks in everything
passkey.py   a passkey as a browser makes it, for those who have one
allowed.py   the rule of who may see which sort of whose text, by hand
addresses.py every address of the service, filled in for one organisation
reading.py   everything that an answer can be read as: raw, unescaped, unpacked, the text of its papers
asking.py    asking for an address and looking through all that came of it: answer, mail, log
"""

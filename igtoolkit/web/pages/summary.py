"""The lines of an error summary: each says where on the page it is wrong."""


def placed(place: str, words: str) -> str:
    """Evidence for 1a: link must be …"""
    return f"{place}: {words[:1].lower()}{words[1:]}"

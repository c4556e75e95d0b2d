"""People out of the words and addresses of what was used: names, e-mail addresses, the number of somebody's page."""

import re

from valuecreation.io.logs.notes import Notes
from valuecreation.io.logs.pseudonyms import without_names
from valuecreation.io.logs.xapi_people import Agents

_ADDRESS = re.compile(r"(?:mailto:)?[\w.+%-]+(?:@|%40)[\w-]+\.[\w.-]*\w", re.IGNORECASE)
_USER_PAGE = re.compile(r"(?P<home>https?://[^?#]*?)(?P<page>/(?:[\w/]*/)?(?:user|profile|view_user)\.php\?(?:[^#]*&)?(?:id|user|userid)=)"
                        r"(?P<id>\d+)")  # fmt: skip
_USER_VIEW = re.compile(r"(?P<home>https?://[^?#]*?)(?P<page>/user/\w+\.php\?(?:[^#]*&)?id=)(?P<id>\d+)")


def without_people(table: dict, agents: Agents, notes: Notes) -> None:
    """Take people out of the words and addresses of what was used: names, e-mail addresses, the number of a user's page."""
    known = agents.people.names()

    def own_page(match: re.Match) -> str:
        account = next((known[one] for one in (f"{match['home']}::{match['id']}", f"{match['home']}/::{match['id']}")
                        if one in known), "(person)")  # fmt: skip
        return f"{match['home']}{match['page']}{account}"

    personal = [bool(used and (_USER_PAGE.search(used) or _USER_VIEW.search(used))) for used in table["activity_id"]]
    if any(name for name, whose in zip(table["activity_name"], personal, strict=True) if whose):
        notes.add("xapi_page_of_person", None, "activity_name", sum(personal))
    named = zip(table["activity_name"], personal, strict=True)
    table["activity_name"] = [None if whose else name for name, whose in named]
    for column in ("activity_id", "parent_id", "activity_name"):
        texts = {text for text in table[column] if text}
        changed = without_names(texts, agents.spoken_names()) if column == "activity_name" else {}
        for text in texts:
            clean = _ADDRESS.sub("(address)", changed.get(text, text))
            clean = _USER_VIEW.sub(own_page, clean) if _USER_VIEW.search(clean) else _USER_PAGE.sub(own_page, clean)
            if clean != text:
                changed[text] = clean
        if changed:
            notes.add("log_names_replaced", None, column, len(changed))
            table[column] = [changed.get(text, text) for text in table[column]]

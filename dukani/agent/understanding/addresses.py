"""The delivery address in a message, in the customer's own words."""

from __future__ import annotations

import re

from dukani.agent.lexicon.wordsets import word_set

LEAD = re.compile(
    r"^\s*(?:(?:ni|its|it'?s|ok(?:ay)?|sawa|yes|ndiyo|ndio|eeh|poa|sure|please|tafadhali|basi|hi|hello|habari|pls|plz"
    r"|great|alright|haya|fine|cool|well|umm?|naomba)\b[\s,.!]*)*"
    r"(?:(?:can you |could you |you can |unaweza |mnaweza |naomba |please |tafadhali |just |nataka )?"
    r"(?:(?:i(?:'?m| am) (?:in|at|staying (?:in|at)|based (?:in|at)|located (?:in|at)|from)"
    r"|i (?:live|stay|reside|work) (?:in|at|near)"
    r"|(?:please )?(?:deliver|send|bring|ship|drop|dispatch)(?: it| them| everything)?(?: off)?"
    r"(?: to me)?(?: to| at| in)?(?= )"
    r"|(?:my |the |our )?(?:delivery |home |new |correct |right |office )?(?:address|location|place)"
    r"(?: is| will be|'s|:)"
    r"|address:?|location:?|delivery:?|deliver:?|to:"
    r"|(?:address|location|anwani|adress)(?: yangu| yako)?(?: mpya)?(?: ya delivery)?"
    r"(?: ni| iko| itakuwa)"
    r"|(?:uni|mni|ni)?(?:letee|tumie|fikishie|pelekee|letewe|tumieni|leteeni|dropie|delivaie"
    r"|deliveria|deliverie)(?:ni)?(?: mzigo| oda| order| vitu| nguo| hiyo)?"
    r"|(?:u|m)?(?:lete|leta|tuma|tume|peleka|pelekeni|fikisha|deliver|leteni|tumeni)"
    r"(?: mzigo| oda| order| vitu| nguo| hiyo)?"
    r"|(?:kwa sasa |mimi )?(?:niko|nipo|nko|naishi|nakaa|ninaishi|ninakaa|niishi|nastay|nafanya kazi)"
    r"(?: hapa| huku| pale| area ya| maeneo ya| mtaa wa| mitaa ya)?"
    r"|delivery (?:ni|iwe|iende|ifike)|iende|ifike|ilete|iletwe|itumwe|upeleke|uniletee|itanifikia)"
    r"\b[\s,:]*)(?:(?:hapa|huku|hadi|mpaka|kwa|to|at|in|pale|ni|is|katika|kwenye)\b[\s,:]*)?)?",
    re.IGNORECASE,
)
TRAIL = re.compile(
    r"[\s,]*(?:please|pls|plz|tafadhali|thanks|thank you|asante(?: sana)?)[\s.!]*$", re.I
)
PLACE = r"\b[\s,:]*(?P<place>.+)$"
# An address said along with something else, at any step …
ELSEWHERE = re.compile(
    r"\b(?:deliver(?:ed)?(?: it| them)?(?: to me)? (?:to|at|in)|send (?:it|them) to"
    r"|bring (?:it|them) to|ship (?:it |them )?to|delivery (?:ni|iwe|iende)"
    r"|(?:address|location|anwani|adress)(?: yangu| ya delivery| mpya)*"
    r"(?: to| is| ni| iwe| iko| kuwa)(?! (?:wapi|gani|where))"
    r"|(?:uni|mni|ni)(?:letee|fikishie|pelekee|letewe)(?:ni)?(?: hapa| hadi| mpaka| kwa)?"
    r"|(?:peleka|leta|tuma|iletwe|ipelekwe|itumwe|iende)(?: (?:hiyo|mzigo|oda))?"
    r" (?:hadi|mpaka|huko|hapa))" + PLACE,
    re.IGNORECASE | re.DOTALL,
)
# … and with looser words once there is something to deliver.
LOOSELY = re.compile(
    r"\b(?:nipo|niko(?! na\b| ready\b| tayari\b| done\b)|naishi|nakaa|i live in|i stay in"
    r"|i(?:'?m| am) at)" + PLACE,
    re.IGNORECASE | re.DOTALL,
)
PLACE_WORDS = word_set("addresses", "place_words")


def strip_lead(raw: str) -> str:
    """The address without "deliver to", "niletee", "my address is" and thanks."""
    stripped = raw.strip()
    body = stripped[LEAD.match(stripped).end() :] if LEAD.match(stripped) else stripped  # type: ignore[union-attr]
    body = TRAIL.sub("", body).strip(" ,:;\n")
    return body or stripped


def address_elsewhere(raw: str, *, loosely: bool = False) -> str | None:
    """The address of "checkout, deliver to Kilimani, Rose Apts B4"."""
    found = ELSEWHERE.search(raw) or (LOOSELY.search(raw) if loosely else None)
    if found is None:
        return None
    place = TRAIL.sub("", found["place"]).strip(" ,:;.\n")
    return place if len(place) >= 3 and not place.endswith("?") else None


def looks_like_place(raw: str) -> bool:
    """Names, numbers, commas or the words of places: rather an address than talk."""
    words = re.findall(r"[^\W\d_]+", raw)
    if PLACE_WORDS & {word.lower() for word in words}:
        return True
    capitals = sum(word[0].isupper() and len(word) > 1 for word in words[1:])
    return capitals >= 1 or bool(re.search(r"\d", raw)) or "," in raw

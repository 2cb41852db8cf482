"""Emoji by the names that Slack gives them, and a search by words."""

import re
from functools import cache

import emoji

NAME = r"[a-z0-9_+'-]+"
SHORTCODE = re.compile(rf":(?P<emoji>{NAME}(?:::skin-tone-[2-6])?):")
USUAL = ("eyes", "white_check_mark", "ticket", "+1", "raised_hands", "tada", "pray", "heart", "hourglass", "bow")
TONES = {str(number): chr(0x1F3F9 + number) for number in range(2, 7)}
VARIATION = "\ufe0f"
REGIONAL_A = 0x1F1E6

SLACK_ONLY = {
    "simple_smile": "🙂",
    "face_palm": "🤦",
    "face_with_cowboy_hat": "🤠",
    "keycap_star": "*️⃣",
    "ladybug": "🐞",
    "juggling": "🤹",
    "male-doctor": "👨‍⚕️",
    "female-doctor": "👩‍⚕️",
    "spock-hand": "🖖",
    "the_horns": "🤘",
    "i_love_you_hand_sign": "🤟",
    "hand_with_index_and_middle_fingers_crossed": "🤞",
    "mostly_sunny": "🌤️",
    "sun_small_cloud": "🌤️",
    "barely_sunny": "🌥️",
    "partly_sunny_rain": "🌦️",
    "rain_cloud": "🌧️",
    "snow_cloud": "🌨️",
    "lightning": "🌩️",
    "man-woman-boy": "👨‍👩‍👦",
    "woman-heart-man": "👩‍❤️‍👨",
    "rainbow-flag": "🏳️‍🌈",
    "flag-england": "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "flag-scotland": "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "flag-wales": "🏴󠁧󠁢󠁷󠁬󠁳󠁿",
}
"""Names of Slack's that the package does not know and no rule below reaches."""


def character(name: str) -> str | None:
    """The emoji of this name, such as ``eyes`` or ``wave::skin-tone-3``; None: there is none."""
    base, _, tone = name.partition("::skin-tone-")
    found = _named(base)
    if found is None or not tone:
        return found
    toned = found.replace(VARIATION, "") + TONES.get(tone, "")
    return toned if emoji.is_emoji(toned) else found


def with_emoji(text: str) -> str:
    """The text with its shortcodes as characters; an unknown one stays as typed."""
    return SHORTCODE.sub(lambda found: character(found[1]) or found[0], text)


def find_emoji(words: str, limit: int) -> list[tuple[str, str]]:
    """At most ``limit`` names with their emoji for these words, the best first; without words, the usual ones first."""
    wanted = words.lower().replace("_", " ").replace(":", " ").split()
    scores = {name: _score(wanted, name, known) for name, known in _searched().items()}
    found = sorted((score, name) for name, score in scores.items() if score)
    return [(name, character(name) or "") for _, name in found[:limit]]


def _score(wanted: list[str], name: str, known: str) -> tuple[int, int, int] | None:
    """Sorts: the usual ones, then whole words before their beginnings before their insides, then short names."""
    if not all(word in known for word in wanted):
        return None
    usual = USUAL.index(name) if name in USUAL else len(USUAL)
    spoken = known.split()
    begins = all(any(each.startswith(word) for each in spoken) for word in wanted)
    whole = all(word in spoken for word in wanted)
    nearness = 0 if whole else 1 if begins else 2
    return (nearness, usual, len(name)) if wanted else (0, usual, 0)


def _named(name: str) -> str | None:
    if name in SLACK_ONLY:
        return SLACK_ONLY[name]
    if re.fullmatch(r"flag-[a-z]{2}", name):
        flag = "".join(chr(REGIONAL_A + ord(letter) - ord("a")) for letter in name[-2:])
        return flag if emoji.is_emoji(flag) else None
    if re.fullmatch(r"skin-tone-[2-6]", name):
        return TONES[name[-1]]
    return next((_names()[each] for each in _spellings(name) if each in _names()), None)


def _spellings(name: str) -> list[str]:
    """How the package may write a name of Slack's: ``man-running``, ``female-doctor``, ``large_green_circle``."""
    words = name.replace("-", "_")
    person = re.sub(r"^female_", "woman_", re.sub(r"^male_", "man_", words))
    return [name, words, person, person.removeprefix("large_")]


def _flag(char: str) -> str | None:
    """``flag-de`` for a country's flag, which the package names after the country."""
    letters = [chr(max(0, ord(each) - REGIONAL_A + ord("a"))) for each in char]
    return f"flag-{''.join(letters)}" if len(char) == 2 and all("a" <= each <= "z" for each in letters) else None


@cache
def _names() -> dict[str, str]:
    """Every name of the package to its character; of two with the same name the first stays."""
    names: dict[str, str] = {}
    for char, known in emoji.EMOJI_DATA.items():
        if known["status"] == emoji.STATUS["fully_qualified"]:
            for name in [*known.get("alias", []), known["en"]]:
                names.setdefault(name.strip(":").lower(), char)
    return names


@cache
def _searched() -> dict[str, str]:
    """One name of each emoji, without skin tones, to all the words that it is known by."""
    searched: dict[str, str] = {}
    for char, known in emoji.EMOJI_DATA.items():
        names = [name.strip(":").lower() for name in [*known.get("alias", []), known["en"]]]
        if known["status"] == emoji.STATUS["fully_qualified"] and "skin_tone" not in known["en"]:
            fit = [name for name in names if re.fullmatch(NAME, name) and _names().get(name) == char]
            chosen = _flag(char) or next((name for name in fit if name in USUAL), fit[0] if fit else None)
            if chosen:
                searched[chosen] = " ".join(" ".join(names).replace("_", " ").replace("-", " ").split())
    return searched

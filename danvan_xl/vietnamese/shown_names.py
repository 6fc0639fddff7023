"""Names of files as they can be shown: to people, in sheets, to other programs."""

import unicodedata

_UNSEEN = "�"  # stands for what no screen, no JSON and no sheet can show
_JOINERS = "\u200c\u200d"  # hold the parts of a letter or a picture together
LONGEST_WAY = 240  # letters of what something in a mail or an archive is called


def shown_name(name: str) -> str:
    """A name from outside as it can be printed anywhere: what nobody could see becomes "�".

    Bytes that are no letters, commands to a terminal, marks that turn the direction of writing.
    """
    return name if name.isprintable() else "".join(map(_shown, name))


def can_be_named(name: str) -> bool:
    """Whether a name, as shown, is the real one, so that others can be led to it."""
    return _UNSEEN not in name and shown_name(name) == name


def shortened(name: str, longest: int = LONGEST_WAY) -> str:
    """A name without its middle where it is longer than anybody reads."""
    if len(name) <= longest:
        return name
    head = longest // 3
    return f"{name[:head]}…{name[head + 1 - longest :]}"


def _shown(char: str) -> str:
    is_hidden = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return _UNSEEN if is_hidden and char not in _JOINERS else char


def shown_words(text: str) -> str:
    """A text somebody typed, as a message repeats it: in one line, without what nobody sees."""
    return text if text.isprintable() else shown_name(" ".join(text.split()))


def on_screen(text: str) -> str:
    """Lines as a terminal prints them; what they hold gives it no orders."""
    return text if text.isprintable() else "\n".join(map(shown_name, text.split("\n")))

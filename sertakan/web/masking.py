"""A NIK as pages show it: where it was issued, and how it ends."""

HIDDEN = "•"
SHOWN = 6  # digits, of where it was issued
SLIPS = 4  # digits that a mistyped NIK has wrong at most: two slips, each of two in a row


def masked(nik: str | None) -> str:
    """357701••••••••03: the first six and the last two; a short text is hidden whole."""
    if not nik:
        return ""
    if len(nik) < 10:
        return HIDDEN * len(nik)
    return f"{nik[:SHOWN]}{HIDDEN * (len(nik) - SHOWN - 2)}{nik[-2:]}"


def told_apart(one: str, other: str) -> list[tuple[str, bool]]:
    """The digits of `one` in stretches, each with whether it differs from `other` there.

    What is the same is hidden but for the first six, so that two people can be told apart without
    showing who they are. Where more differs than a slip or two explain, it is masked as a whole:
    held against a few others it would otherwise be read digit by digit.
    """
    differs = [place >= len(other) or other[place] != digit for place, digit in enumerate(one)]
    if sum(differs[SHOWN:]) > SLIPS:
        return [(masked(one), True)]
    stretches: list[tuple[str, bool]] = []
    for place, digit in enumerate(one):
        shown = digit if differs[place] or place < SHOWN else HIDDEN
        if stretches and stretches[-1][1] == differs[place]:
            stretches[-1] = (stretches[-1][0] + shown, differs[place])
        else:
            stretches.append((shown, differs[place]))
    return stretches

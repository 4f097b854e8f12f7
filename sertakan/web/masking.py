"""A NIK as pages show it: where it was issued, and how it ends."""

HIDDEN = "•"


def masked(nik: str | None) -> str:
    """357701••••••••03: the first six and the last two; a short text is hidden whole."""
    if not nik:
        return ""
    if len(nik) < 10:
        return HIDDEN * len(nik)
    return f"{nik[:6]}{HIDDEN * (len(nik) - 8)}{nik[-2:]}"


def told_apart(one: str, other: str) -> list[tuple[str, bool]]:
    """The digits of `one` in stretches, each with whether it differs from `other` there.

    What is the same is hidden but for the first six, so that two people can be told apart without
    showing who they are.
    """
    stretches: list[tuple[str, bool]] = []
    for place, digit in enumerate(one):
        differs = place >= len(other) or other[place] != digit
        shown = digit if differs or place < 6 else HIDDEN
        if stretches and stretches[-1][1] == differs:
            stretches[-1] = (stretches[-1][0] + shown, differs)
        else:
            stretches.append((shown, differs))
    return stretches

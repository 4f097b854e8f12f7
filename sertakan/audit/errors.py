"""What an operation says when it will not be done."""


class Refused(Exception):
    """An operation that is not done; its text is one sentence fit for the screen.

    Every app's own refusals are kinds of this one, so that a door need know no other.
    """

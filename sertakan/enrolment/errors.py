"""What an operation on enrolments says when it will not be done."""

from sertakan.audit.errors import Refused


class CannotEnrol(Refused):
    """Nobody can be enrolled so: the agreement, the day, or what is told of the people."""


class NotEnrolled(Refused):
    """There is no such enrolment."""


class CannotEnd(Refused):
    """The enrolment has ended already, or would end later than it does."""


class ImportedBefore(Refused):
    """The same files were taken in before."""


class NothingToImport(Refused):
    """No file holds a person."""


class CannotUndo(Refused):
    """The import was undone already, or something rests on it."""


class CannotDecide(Refused):
    """The row or finding was decided already, or cannot be decided so."""


class BadList(Refused):
    """A list of deaths or of other insurance that cannot be used; names file, line, column."""


class CannotUpload(Refused):
    """The files were not taken to be checked."""


class FilesGone(Refused):
    """The files of an upload have been deleted."""

"""The city officer's pages, some of them the kelurahan operator's."""

from sertakan.access.table.rows import CITY, CITY_AND_OPERATOR, Row

UPLOAD = "enrolment.RosterUpload"
IMPORT = "enrolment.RosterImport"
ROW = "enrolment.RosterRow"
PERSON = "people.Person"

# Today
HOME = (Row("city-home", CITY_AND_OPERATOR),)

# Rosters: an operator gives them to be checked; only an officer takes them in.
ROSTERS = (
    Row("city-rosters", CITY_AND_OPERATOR),
    Row("city-roster-upload", CITY_AND_OPERATOR, writes=True),
    Row("city-upload", CITY_AND_OPERATOR, on=UPLOAD),
    Row("city-upload-rows", CITY_AND_OPERATOR, on=UPLOAD),
    Row("city-upload-errors", CITY_AND_OPERATOR, on=UPLOAD),
    Row("city-upload-discard", CITY_AND_OPERATOR, on=UPLOAD, states=("checked",), writes=True),
    Row("city-upload-again", CITY_AND_OPERATOR, on=UPLOAD, states=("checking",), writes=True),
    Row("city-upload-take-in", CITY, on=UPLOAD, states=("checked",), writes=True),
    Row("city-import", CITY_AND_OPERATOR, on=IMPORT),
    Row("city-import-undo", CITY, on=IMPORT, writes=True),
)

# Rows of rosters that somebody must look at. A row that somebody else has decided meanwhile is
# shown again with who did, and with what was typed: so their states are asked by the views.
OPEN_ROWS = (
    Row("city-rows", CITY_AND_OPERATOR),
    Row("city-rows-decide", CITY_AND_OPERATOR, writes=True),
    Row("city-row", CITY_AND_OPERATOR, on=ROW, writes=True),
    Row("city-row-dismiss", CITY_AND_OPERATOR, on=ROW, writes=True),
    Row("city-row-show", CITY_AND_OPERATOR, on=ROW, writes=True),
    Row("city-duplicates", CITY_AND_OPERATOR),
    Row("city-duplicate", CITY_AND_OPERATOR, on=ROW, writes=True),
)

# People
PEOPLE = (
    Row("city-people", CITY_AND_OPERATOR),
    Row("city-person", CITY_AND_OPERATOR, on=PERSON),
    Row("city-person-card", CITY_AND_OPERATOR, on=PERSON),
    Row("city-person-unmask", CITY, on=PERSON, writes=True),
    Row("city-person-correct", CITY, on=PERSON, writes=True),
    Row("city-person-death", CITY, on=PERSON, writes=True),
    Row("city-person-merge", CITY, on=PERSON, writes=True),
    Row("city-enrolment-end", CITY, on="enrolment.Enrolment", writes=True),
)

ROWS = (*HOME, *ROSTERS, *OPEN_ROWS, *PEOPLE)

"""What is said of a layout that cannot be used, and of values that do not fit in it."""

from __future__ import annotations

from portaria.core.messages import declare

# --- of the layout file --------------------------------------------------------------------------

NOT_TOML = declare("scae-layout-not-toml", "the layout is not TOML: {detail}")
UNKNOWN_LAYOUT = declare(
    "scae-layout-unknown",
    "the layout {layout} is unknown; known: {known}, or the path of a .toml file",
)
UNUSABLE = declare(
    "scae-layout-unusable", "the layout {layout} cannot be used: mend what is named above"
)
UNOFFICIAL = declare(
    "scae-layout-unofficial",
    "The layout {layout} is not the official one of SCAE, which is not public: compare the file "
    "with the official layout before importing it.",
)
UNKNOWN_KEY = declare("scae-layout-unknown-key", "{key} means nothing here; known: {known}")
MISSING_KEY = declare("scae-layout-missing-key", "{key} is missing: write it")
NOT_TEXT = declare("scae-layout-not-text", 'a text in quotes is meant here, such as "7"')
NOT_FLAG = declare("scae-layout-not-flag", "write true or false, without quotes")
NOT_TABLE = declare("scae-layout-not-table", "write {section} as one table, under [{section}]")
NOT_COLUMNS = declare(
    "scae-layout-not-columns", "write each column as a table of its own, under [[{section}]]"
)
NOT_ONE_OF = declare("scae-layout-not-one-of", "write one of: {known}")
NOT_A_CHARACTER = declare(
    "scae-layout-not-character", "exactly one character is meant here, no line break"
)
NOT_A_WIDTH = declare(
    "scae-layout-not-width", "a width is a whole number of characters from 1 to {most}"
)
FIXED_ONLY = declare("scae-layout-fixed-only", "{key} means something in a fixed layout only")
DELIMITED_ONLY = declare(
    "scae-layout-delimited-only", "{key} means something in a delimited layout only"
)
BAD_FILE = declare(
    "scae-layout-bad-file",
    "a plain file name is meant here, without folders, such as load-{{month}}.csv",
)
FROM_OR_CONST = declare(
    "scae-layout-from-or-const", "say what the column holds, with exactly one of: from, const"
)
NO_SOURCE = declare(
    "scae-layout-no-source",
    "there is no such column of the result; known: {known}, or a path such as {path}",
)
BAD_FORMAT = declare("scae-layout-bad-format", "this format does not suit the column: {meant}")
MEANT_DATE = declare(
    "scae-layout-meant-date", "a date is written with %d, %m, %Y or %y, such as %d/%m/%Y"
)
MEANT_MONTH = declare(
    "scae-layout-meant-month", "a month is written with %m, %Y or %y, such as %Y-%m"
)
MEANT_DECIMAL = declare(
    "scae-layout-meant-decimal",
    "hours are written with decimals:N (2,50) or implied:N (250), N from 0 to {most}",
)
MEANT_WORDS = declare(
    "scae-layout-meant-words", 'a word for each value is meant, such as {{ "P" = "1", "I" = "2" }}'
)
MEANT_FLAGS = declare(
    "scae-layout-meant-flags", 'a word for both is meant, such as {{ "true" = "S", "false" = "N" }}'
)
MEANT_NOTHING = declare(
    "scae-layout-meant-nothing",
    "it has none; the letters of the operations stand under [operations]",
)
SAME_NAME = declare("scae-layout-same-name", "the name {name} stands twice: give each its own")
SAME_MARK = declare(
    "scae-layout-same-mark", "separator, quote and decimal mark must differ: {text} is two of them"
)
SAME_LETTERS = declare(
    "scae-layout-same-letters", "UPSERT and DELETE need different letters: both are “{text}”"
)
NO_KEY = declare(
    "scae-layout-no-key",
    "a column from {column} is missing: without it a DELETE does not say which record it means",
)
NO_OPERATION = declare(
    "scae-layout-no-operation",
    "a column from operation is missing: without it a DELETE looks like any other line",
)
NOT_IN_ENCODING = declare(
    "scae-layout-not-in-encoding", "{encoding} has no character for “{character}”"
)
CONST_TOO_LONG = declare(
    "scae-layout-const-too-long", "“{text}” has {length} characters and the width is {width}"
)
CONST_BREAKS = declare(
    "scae-layout-const-breaks",
    "“{text}” holds the separator or a control character: no line can hold it",
)
PADDED_AFTER = declare(
    "scae-layout-padded-after",
    'a digit as pad stands before the value only: say align = "right"',
)
NO_TYPE = declare(
    "scae-layout-no-type",
    "both records go to {file}: give each a const column in the same place, with another value",
)
TWO_WIDTHS = declare(
    "scae-layout-two-widths",
    "both records go to {file}, but one has {first} characters a line and the other {second}",
)
TWO_HEADERS = declare(
    "scae-layout-two-headers",
    "both records go to {file}, whose header line can name the columns of one only: give both the "
    "same names or say header = false",
)

# --- of a value ----------------------------------------------------------------------------------

BLANK = declare(
    "scae-layout-blank", "record {record} has no value here, and the layout requires one"
)
BLANK_KEY = declare(
    "scae-layout-blank-key",
    "record {record} is to be deleted and this part of its key is empty: SCAE could not tell which "
    "record is meant",
)
TOO_LONG = declare(
    "scae-layout-too-long",
    "the value of record {record} has {length} characters and the layout allows {width}: it is not "
    "cut",
)
HOLDS_SEPARATOR = declare(
    "scae-layout-holds-separator",
    "the value of record {record} holds the separator “{separator}” and the layout has no quote",
)
HOLDS_BREAK = declare(
    "scae-layout-holds-break",
    "the value of record {record} holds a line break, a tab or another control character",
)
NO_CHARACTER = declare(
    "scae-layout-no-character",
    "the value of record {record} holds “{character}”, which {encoding} cannot write",
)
NO_WORD = declare(
    "scae-layout-no-word",
    "the layout has no word for this value of record {record}; it has one for: {known}",
)
TOO_MANY_PLACES = declare(
    "scae-layout-too-many-places",
    "the hours of record {record} have more decimals than the {places} of the layout: they are not "
    "rounded",
)
NOT_PLAIN = declare(
    "scae-layout-not-plain",
    "the complement of record {record} is a list, an object or a number with decimals: write it as "
    "text in quotes",
)
NOT_JSON = declare("scae-layout-not-json", "the complements of record {record} are no JSON object")
ORPHAN = declare(
    "scae-layout-orphan", "the discipline belongs to record {record}, which is not in the load"
)
KEY_SHARED = declare(
    "scae-layout-key-shared",
    "the DELETE of record {record} has the same key as {other}, which this file sends as current: "
    "see which of the two SCAE would keep before importing it",
)

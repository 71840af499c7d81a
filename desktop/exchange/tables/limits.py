"""How large a foreign table may be. A unit's largest lists have some thousand rows; these leave room and still end."""

MOST_BYTES = 60 * 1024 * 1024
MOST_TEXT_BYTES = 40 * 1024 * 1024
MOST_UNPACKED = 700 * 1024 * 1024  # a million formatted rows without a value unpack to some 60 MB
MOST_MEMBERS = 3_000
MOST_RATIO = 400  # formatted empty rows pack about 100 to 1; a bomb 1,000 to 1
RATIO_FROM = 20 * 1024 * 1024  # unpacked bytes from which the ratio counts
MOST_CELLS = 5_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_SHEETS = 200

"""Files in and out. Nothing here knows a window or a database."""

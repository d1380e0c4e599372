"""What a browser may do with a stored file that is opened by itself."""

from __future__ import annotations

# A browser shows a picture, or plays a voice note, in a page that it makes itself: the styles of
# that page and the file in it are let in, and nothing else.
FILE_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"

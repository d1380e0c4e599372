"""A page's first load is what its HTML names, each script once, without those for old browsers."""

from __future__ import annotations

import gzip

from scripts.first_load import first_loads

PAGE = (
    b'<script src="/a.js" async=""></script><script src="/a.js?v=2"></script>'
    b'<script src="/old.js" noModule=""></script><script>inline()</script>'
)


def test_a_first_load_counts_each_script_once() -> None:
    files = {"orders.html": PAGE, "a.js": b"go();" * 500, "old.js": b"x" * 900}

    assert first_loads(files) == {"orders": len(gzip.compress(files["a.js"], mtime=0))}

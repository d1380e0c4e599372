"""Whether the CLI takes `supabase/config.toml`: it refuses to start over a wrong type.

Keys are those of the CLI's own template (supabase/cli, pkg/config/templates/config.toml, read in
November 2026) under the tables that we use. A key it does not know is only warned of there, and so
goes unnoticed; here it is an error.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TABLES: Mapping[str, Mapping[str, type]] = {
    "": {"project_id": str},
    "api": {
        "enabled": bool, "port": int, "schemas": list, "extra_search_path": list, "max_rows": int,
    },
    "api.tls": {"enabled": bool, "cert_path": str, "key_path": str},
    "db": {"port": int, "shadow_port": int, "health_timeout": str, "major_version": int},
    "db.pooler": {
        "enabled": bool, "port": int, "pool_mode": str, "default_pool_size": int,
        "max_client_conn": int,
    },
    "db.migrations": {"enabled": bool, "schema_paths": list},
    "db.seed": {"enabled": bool, "sql_paths": list},
    "realtime": {"enabled": bool, "ip_version": str, "max_header_length": int},
    "studio": {"enabled": bool, "port": int, "api_url": str, "openai_api_key": str},
    "local_smtp": {"enabled": bool, "port": int, "smtp_port": int, "pop3_port": int},
    "storage": {"enabled": bool, "file_size_limit": str},
    "storage.buckets.*": {
        "public": bool, "file_size_limit": str, "allowed_mime_types": list, "objects_path": str,
    },
    "auth": {
        "enabled": bool, "site_url": str, "external_url": str, "additional_redirect_urls": list,
        "jwt_expiry": int, "jwt_issuer": str, "signing_keys_path": str,
        "enable_refresh_token_rotation": bool, "refresh_token_reuse_interval": int,
        "enable_signup": bool, "enable_anonymous_sign_ins": bool, "enable_manual_linking": bool,
        "minimum_password_length": int, "password_requirements": str,
    },
    "auth.email": {
        "enable_signup": bool, "double_confirm_changes": bool, "enable_confirmations": bool,
        "secure_password_change": bool, "max_frequency": str, "otp_length": int,
        "otp_expiry": int,
    },
    "edge_runtime": {"enabled": bool, "policy": str, "inspector_port": int, "deno_version": int},
    "analytics": {"enabled": bool, "port": int, "backend": str},
}  # fmt: skip


def read(path: Path) -> dict[str, Any]:
    """Raises tomllib.TOMLDecodeError."""
    return tomllib.loads(path.read_text())


def faults(config: Mapping[str, Any]) -> Iterator[str]:
    """What the CLI does not know, or would take otherwise."""
    if not config.get("project_id"):
        yield "project_id is missing"
    yield from _of_table(config, "")


def _of_table(values: Mapping[str, Any], name: str) -> Iterator[str]:
    known = TABLES.get(name) or TABLES.get(f"{name.rpartition('.')[0]}.*", {})
    for key, value in values.items():
        path = f"{name}.{key}".removeprefix(".")
        if isinstance(value, dict):
            if _is_known(path):
                yield from _of_table(value, path)
            else:
                yield f"[{path}] is no table of the CLI"
        elif key not in known:
            yield f"{path} is no key of the CLI"
        elif type(value) is not known[key]:
            yield f"{path} is {type(value).__name__}, and the CLI takes {known[key].__name__}"


def _is_known(path: str) -> bool:
    above = path.rpartition(".")[0]
    return any(
        known == path or known.startswith(f"{path}.") or known == f"{above}.*" for known in TABLES
    )

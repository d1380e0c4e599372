"""The sandbox's control API: registers accounts and injects faults, for tests and demos."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException

from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.faults import Faults
from dukani.sandbox.outside import TheOutside

router = APIRouter(tags=["control"])


@router.post("/accounts", status_code=201)
async def register(outside: TheOutside, account: SandboxAccount) -> dict[str, str]:
    outside.world.register(account)
    return {"key": account.key}


@router.post("/accounts/{key}/new-token", status_code=201)
async def renew_token(outside: TheOutside, key: str) -> dict[str, str]:
    """Let the token of an account at Twilio or Meta die; the answer has the one that counts now."""
    account = outside.world.accounts.get(key)
    if account is None:
        raise HTTPException(404, f"no account has the key {key}")
    renewed = account.with_new_token()
    outside.world.register(renewed)
    return {"token": renewed.auth_token if account.provider == "twilio" else renewed.access_token}


@router.get("/faults")
async def faults(outside: TheOutside) -> Faults:
    return outside.world.faults


@router.post("/faults")
async def change(outside: TheOutside, wanted: dict[str, dict[str, Any]]) -> Faults:
    try:
        outside.world.faults.change(wanted)
    except ValueError as error:
        raise HTTPException(422, str(error)) from error
    return outside.world.faults


@router.delete("/faults", status_code=204)
async def clear_faults(outside: TheOutside) -> None:
    outside.world.faults.change(Faults().model_dump())

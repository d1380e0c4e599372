"""Keys that somebody else has: the number's at its provider, and ours."""

from __future__ import annotations

import json

from cryptography.fernet import Fernet, InvalidToken

from dukani.sandbox.accounts import PWANI
from tests.rehearsal.scene import Scene
from tests.rehearsal.trouble import Trouble, holds

PHONE = "+254711020007"
_ALL_SEALED = "select array_agg(secrets) from provider_credentials"
_SEALED = "select secrets from provider_credentials where provider = 'meta'"


class LeakedKey(Trouble):
    title = "Leaked key"

    async def cause(self, scene: Scene) -> None:
        """The provider takes the token back; the owner has another. Our own key leaked as well."""
        renewed = await scene.http.post(f"/accounts/{PWANI.key}/new-token")
        self._token = renewed.json()["token"]
        scene.typed = f"{self._token}\n"
        scene.variables |= {
            "PHONE_NUMBER_ID": str(PWANI.phone_number_id),
            "WABA_ID": str(PWANI.waba_id),
        }
        self._leaked = self._keys(scene)[0]
        Fernet(self._leaked).decrypt(scene.value(_SEALED))  # whoever has the key reads it
        await scene.write(PHONE, "Do you have a blue dress?")

    async def heal(self, scene: Scene) -> None:
        """Whoever runs the installation puts a new key before the old one."""
        made = await scene.run("dukani new-key")
        self._fresh = made[0].printed.strip().splitlines()[-1]
        scene.settings["security"] = {"encryption_keys": [self._fresh, self._leaked]}

    async def check_over(self, scene: Scene) -> None:
        for sealed in scene.value(_ALL_SEALED):
            holds(not _opens(self._leaked, sealed), "the leaked key still opens a secret")
        opened = json.loads(Fernet(self._fresh).decrypt(scene.value(_SEALED)))
        holds(opened["access_token"] == self._token, "another token is kept")
        scene.settings["security"] = {"encryption_keys": [self._fresh]}
        await scene.restart()
        scene.ten_minutes_later()
        holds(await scene.is_answered(PHONE), "she has no answer")

    def _keys(self, scene: Scene) -> list[str]:
        keys: list[str] = scene.settings["security"]["encryption_keys"]
        return keys


def _opens(key: str, sealed: str) -> bool:
    try:
        Fernet(key).decrypt(sealed)
    except InvalidToken:
        return False
    return True

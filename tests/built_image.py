"""Carries out the Dockerfile's steps without Docker, and runs what they make.

The image is a folder of what the steps wrote, laid over this machine's own files (overlayfs), which
stand for the base: `FROM` makes an environment of Python at `/usr/local`, where `python:3.11-slim`
has its own. Each `RUN` is root's in that changed root, with no variables but the image's. It needs
to be root on Linux; `why_not` says what is missing.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from dukani.core.settings import ROOT
from tests.dockerfiles import Step, ignored

PATH = "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin"
# Not the image's: by what a build reaches the packages from this machine.
_REACHES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
            "SSL_CERT_FILE", "PIP_CERT", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL",
            "PIP_FIND_LINKS")  # fmt: skip
# A mount namespace ends with its process, and with it every mount: nothing is to be undone. Each
# volume is two words, a file or folder and its place; then `--` and the command.
_ENTER = """set -e
root=$1 layers=$2 read_only=$3; shift 3
mount -t overlay overlay -o "$layers" "$root"
mount --rbind /dev "$root/dev"
mount --rbind /proc "$root/proc"
if [ "$read_only" = yes ]; then
  mount -o remount,bind,ro "$root"
  mount -t tmpfs tmpfs "$root/tmp"
fi
while [ "$1" != -- ]; do mount --bind "$1" "$root$2"; shift 2; done
shift
exec chroot "$root" "$@"
"""


def why_not() -> str | None:
    """What keeps this machine from building; None: it can."""
    missing = [name for name in ("unshare", "nsenter", "setpriv") if shutil.which(name) is None]
    if missing or os.geteuid() != 0:
        return f"only root builds, on Linux ({', '.join(missing) or 'not root'})"
    tried = subprocess.run(["unshare", "--mount", "true"], capture_output=True, text=True)
    return tried.stderr.strip() or None


class BuiltImage:
    """What the steps say so far: the files in `layer`, and how a command starts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.layer = folder / "layer"
        for path in (folder / "root", folder / "work", self.layer):
            path.mkdir()
        self.user = "root"
        self.workdir = "/"
        self.environment = {"PATH": PATH}
        self.command: list[str] = []
        self.health: list[str] = []
        self._arguments: dict[str, str] = {}

    def carry_out(self, step: Step) -> None:
        """One instruction. Raises CalledProcessError of a RUN, ValueError of what it cannot do."""
        match step.keyword:
            case "FROM":
                self._begin()
            case "ARG":
                name, _, value = step.rest.partition("=")
                self._arguments[name] = value
            case "ENV":
                self.environment |= dict(word.split("=", 1) for word in shlex.split(step.rest))
            case "WORKDIR":
                self.workdir = step.rest
                self._of_layer(step.rest).mkdir(parents=True)
            case "COPY":
                self._copy(*step.rest.split())
            case "RUN":
                self._run(["/bin/sh", "-c", step.rest])
            case "USER":
                self.user = step.rest
            case "HEALTHCHECK":
                self.health = json.loads(step.rest.partition(" CMD ")[2])
            case "CMD":
                self.command = json.loads(step.rest)
            case "EXPOSE":
                pass  # it tells people of a port, and opens none
            case other:
                raise ValueError(f"{other}: say in tests/built_image.py what it does")

    def starting(
        self,
        command: list[str],
        *,
        environment: Mapping[str, str] | None = None,
        volumes: Mapping[Path, str] | None = None,
    ) -> list[str]:
        """The command as the container runs it: a root that is read-only, and no rights at all.

        `volumes` lie at their places, which the steps must have made.
        """
        own = [
            *_nobody_else_than(self.user),
            *self._with(self.environment | dict(environment or {})),
        ]
        return self._entered([*own, *command], volumes=volumes or {}, read_only=True)

    def beside(
        self, process_id: int, command: list[str], *, environment: Mapping[str, str]
    ) -> list[str]:
        """The command in the container of a process that runs, as Docker asks for its health."""
        own = [*_nobody_else_than(self.user), *self._with(self.environment | dict(environment))]
        return ["nsenter", f"--target={process_id}", "--mount", "--root", *own, *command]

    def place(self, path: str) -> None:
        """An empty file for a volume to lie at."""
        self._of_layer(path).parent.mkdir(parents=True, exist_ok=True)
        self._of_layer(path).touch()

    def _begin(self) -> None:
        """Python at its usual place; the one that makes it may be read by everybody."""
        home = Path(sys.base_prefix)
        closed = [path for path in (home, *home.parents) if not path.stat().st_mode & 0o001]
        for path in closed:
            self._run(["chmod", "o+x", str(path)])
        if home != Path("/usr/local"):
            self._run([str(home / "bin/python3.11"), "-m", "venv", "/usr/local"])

    def _copy(self, source: str, target: str) -> None:
        """Into the layer, without what `.dockerignore` names."""
        if ignored(source):
            raise ValueError(f"{source} is ignored")
        wanted = self._of_layer(self.workdir) / target
        if not (ROOT / source).is_dir():
            shutil.copy(ROOT / source, wanted)
            return

        def left_out(folder: str, names: list[str]) -> set[str]:
            within = Path(folder).relative_to(ROOT)
            return {name for name in names if ignored((within / name).as_posix())}

        shutil.copytree(ROOT / source, wanted, ignore=left_out, dirs_exist_ok=True)

    def _run(self, command: list[str]) -> None:
        reaching = {name: os.environ[name] for name in _REACHES if name in os.environ}
        given = reaching | self._arguments | self.environment | {"HOME": "/root"}
        told = subprocess.run(
            self._entered([*self._with(given), *command]), capture_output=True, text=True
        )
        if told.returncode:
            raise subprocess.CalledProcessError(
                told.returncode, command, told.stdout[-4000:], told.stderr[-4000:]
            )

    def _with(self, environment: Mapping[str, str]) -> list[str]:
        pairs = [f"{name}={value}" for name, value in environment.items()]
        return ["env", "-i", "-C", self.workdir, *pairs]

    def _entered(
        self,
        command: list[str],
        *,
        volumes: Mapping[Path, str] | None = None,
        read_only: bool = False,
    ) -> list[str]:
        layers = f"lowerdir=/,upperdir={self.layer},workdir={self._folder / 'work'}"
        lying = [word for source, place in (volumes or {}).items() for word in (str(source), place)]
        return [
            "unshare", "--mount", "sh", "-c", _ENTER, "sh", str(self._folder / "root"), layers,
            "yes" if read_only else "no", *lying, "--", *command,
        ]  # fmt: skip

    def _of_layer(self, path: str) -> Path:
        return self.layer / path.lstrip("/")


def _nobody_else_than(user: str) -> list[str]:
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--no-new-privs",
            "--bounding-set=-all", "--inh-caps=-all"]  # fmt: skip

"""The guards around the packaged server, without starting one."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import psutil
import pytest

from dukani.core.embedded import START_ATTEMPTS, EmbeddedServer


class Users:
    """Stands in for its list of processes, kept in a file."""

    def __init__(self, pids: list[int]) -> None:
        self.pids = pids

    def get_and_add(self, pid: int) -> list[int]:
        return self.pids

    def put(self, pids: list[int]) -> None:
        self.pids = pids


class PackagedServer:
    """Stands in for the packaged server's handle."""

    def __init__(self) -> None:
        self.cleaned = 0
        self.global_process_id_list = Users([])
        self._lock = nullcontext()

    def cleanup(self) -> None:
        self.cleaned += 1


@pytest.fixture
def attempts() -> list[bool]:
    """Whether each start that was tried came up."""
    return []


@pytest.fixture
def a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attempts: list[bool]
) -> Callable[[int], EmbeddedServer]:
    """A server whose first `failures` starts fail."""
    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)

    def make(failures: int = 0) -> EmbeddedServer:
        server = EmbeddedServer(tmp_path)

        def get_server() -> PackagedServer:
            attempts.append(len(attempts) >= failures)
            if not attempts[-1]:
                raise RuntimeError("the last run was killed")
            return PackagedServer()

        monkeypatch.setattr(server, "_get_server", get_server)
        monkeypatch.setattr(server, "_settings_changed", lambda: False)
        return server

    return make


def a_pid_file(folder: Path, pid: object) -> Path:
    data = folder / "postgres"
    data.mkdir()
    (data / ".s.PGSQL.5432.lock").touch()
    pid_file = data / "postmaster.pid"
    pid_file.write_text(f"{pid}\n/somewhere\n")
    return pid_file


def test_locks_are_kept_in_a_folder_only_we_can_enter(
    a_server: Callable[..., EmbeddedServer], tmp_path: Path
) -> None:
    a_server().start()
    assert os.environ["XDG_RUNTIME_DIR"] == str(tmp_path / "run")
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700


def test_a_runtime_folder_that_is_set_is_left_alone(
    a_server: Callable[..., EmbeddedServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = a_server()
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    server.start()
    assert os.environ["XDG_RUNTIME_DIR"] == "/run/user/1000"


@pytest.mark.parametrize(
    "pid", [os.getpid(), "", "words", 2**22 + 1], ids=["ours", "empty", "words", "too-high"]
)
def test_a_pid_that_is_no_postgres_is_forgotten(
    a_server: Callable[..., EmbeddedServer], tmp_path: Path, pid: object
) -> None:
    """This test's own process stands for the stranger who got a recycled pid."""
    pid_file = a_pid_file(tmp_path, pid)
    a_server().start()
    assert not pid_file.exists()
    assert not (pid_file.parent / ".s.PGSQL.5432.lock").exists()


def test_a_running_postgres_keeps_its_pid_file(
    a_server: Callable[..., EmbeddedServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(psutil.Process, "name", lambda _: "postgres")
    pid_file = a_pid_file(tmp_path, os.getpid())
    a_server().start()
    assert pid_file.exists()
    assert (pid_file.parent / ".s.PGSQL.5432.lock").exists()


@pytest.mark.parametrize("failures", range(START_ATTEMPTS))
def test_a_start_that_fails_after_a_crash_is_tried_again(
    a_server: Callable[..., EmbeddedServer], attempts: list[bool], failures: int
) -> None:
    a_server(failures).start()
    assert attempts == [False] * failures + [True]


def test_a_start_that_keeps_failing_says_why(
    a_server: Callable[..., EmbeddedServer], attempts: list[bool]
) -> None:
    with pytest.raises(RuntimeError, match="the last run was killed"):
        a_server(START_ATTEMPTS).start()
    assert attempts == [False] * START_ATTEMPTS


def test_stopping_is_done_once_and_needs_no_start(
    a_server: Callable[..., EmbeddedServer],
) -> None:
    server = a_server()
    server.stop()
    server.start()
    handle = server._server
    server.stop()
    server.stop()
    assert handle.cleaned == 1


def test_killed_processes_no_longer_count_as_users(
    a_server: Callable[..., EmbeddedServer],
) -> None:
    server = a_server()
    server.start()
    handle = server._server
    handle.global_process_id_list.pids = [2**22 + 1, os.getppid()]

    server.stop()

    assert handle.global_process_id_list.pids == sorted([os.getppid(), os.getpid()])


def test_sigterm_leaves_by_the_way_that_stops_the_server() -> None:
    """`atexit` and `finally` are skipped by a plain SIGTERM: the commands turn it into Ctrl-C."""
    script = (
        "import os, signal, time\n"
        "from dukani.serving import stopping_cleanly\n"
        "try:\n"
        "    with stopping_cleanly():\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        time.sleep(10)\n"
        "except KeyboardInterrupt:\n"
        "    pass\n"
        "finally:\n"
        "    print('stopped')\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (0, "stopped\n")

"""`dukani members …`, `dukani platform …` and `dukani auth …`: arguments and help."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from dukani.loading import say_loading

members_app = typer.Typer(help="The people of a boutique.", no_args_is_help=True)
platform_app = typer.Typer(help="The people who run this installation.", no_args_is_help=True)
auth_app = typer.Typer(help="Our own auth service.", no_args_is_help=True)

Boutique = Annotated[str, typer.Option(help="Its slug.")]
Email = Annotated[str, typer.Argument(help="The person's e-mail address.")]
Role = Annotated[Literal["owner", "staff"], typer.Option(help="owner or staff.")]


@members_app.command("list")
def list_members(boutique: Boutique) -> None:
    """Who they are, owners first."""
    say_loading()
    from dukani.commands import people

    people.list_members(boutique)


@members_app.command()
def invite(email: Email, boutique: Boutique, role: Role = "staff") -> None:
    """Add a person; who has no account yet gets a mail with a link."""
    say_loading()
    from dukani.commands import people

    people.invite(boutique, email, role)


@members_app.command()
def role(email: Email, boutique: Boutique, role: Role) -> None:
    """Make a member owner or staff."""
    say_loading()
    from dukani.commands import people

    people.change_role(boutique, email, role)


@members_app.command()
def remove(email: Email, boutique: Boutique) -> None:
    """Remove a member, who is refused from the next request on."""
    say_loading()
    from dukani.commands import people

    people.remove(boutique, email)


@platform_app.command("list")
def list_platform_admins() -> None:
    """Who may see all boutiques."""
    say_loading()
    from dukani.commands import platform_people

    platform_people.list_all()


@platform_app.command("add")
def add_platform_admin(email: Email) -> None:
    """Let a person who has an account see all boutiques and keep them running."""
    say_loading()
    from dukani.commands import platform_people

    platform_people.add(email)


@platform_app.command("remove")
def remove_platform_admin(email: Email) -> None:
    """Take that right away, from the next request on."""
    say_loading()
    from dukani.commands import platform_people

    platform_people.remove(email)


@platform_app.command("resume")
def resume_restored(
    boutique: Annotated[str | None, typer.Argument(help="Its slug; none: all of them")] = None,
) -> None:
    """Let boutiques go on that are paused since a restore."""
    say_loading()
    from dukani.commands import platform_people

    platform_people.resume_restored(boutique)


@auth_app.command("rotate-key")
def rotate_key() -> None:
    """Sign access tokens with a new key."""
    say_loading()
    from dukani.commands import people

    people.rotate_key()

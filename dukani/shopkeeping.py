"""Adds, fills and removes boutiques, for the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dukani.agent.eye import Eye
from dukani.boutique_file import BoutiqueFile
from dukani.core.addresses import is_private
from dukani.core.errors import CallerError, NotFound
from dukani.core.services import Services
from dukani.core.store import boutiques, products
from dukani.core.store.boutiques import Boutique
from dukani.pieces_file import Pieces, read_piece, read_pieces
from dukani.tools.boutiques import set_up_boutique
from dukani.tools.channel_setup import webhook_of
from dukani.tools.closing import remove_boutique
from dukani.tools.pictures import look_at_pictures
from dukani.tools.stocking import UnreadablePicture, stock_piece

Say = Callable[[str], None]


class WhichBoutique(CallerError):
    """Several boutiques are open: name one with --boutique."""


async def open_shop(services: Services, file: BoutiqueFile, say: Say) -> None:
    """Add or update a boutique, and print the remaining steps."""
    done = await set_up_boutique(
        services,
        file.as_new_boutique(),
        file.accounts(),
        file.delivery_zones(),
        file.size_charts(),
    )
    verb = "Added" if done.added else "Brought up to date:"
    say(f"{verb} {file.name}, paid by {file.payment_provider}.")
    provider = file.whatsapp_provider
    say(f"Have its messages sent to {webhook_of(services, provider).url}")
    public_url = services.settings.web.public_url.rstrip("/")
    if warning := unreachable(public_url, provider=provider.capitalize()):
        say(warning)
    async with services.database.tenant_connection(done.boutique_id) as conn:
        pieces = await products.count(conn)
    if not pieces:
        say(
            "It has no pieces yet, so nothing to sell: list them as docs/pieces.csv does, and run\n"
            f"  dukani products add FILE --boutique {file.slug}"
        )


def unreachable(public_url: str, *, provider: str) -> str:
    """A warning when a provider cannot reach the public address; empty when it can."""
    parts = urlsplit(public_url)
    if parts.scheme == "https" and parts.hostname and not is_private(parts.hostname):
        return ""
    return (
        f"Warning: {provider} cannot reach {public_url}; only the demo's own sandbox can. For real "
        "messages set DUKANI_WEB__PUBLIC_URL to the https address under which this service is "
        "reached, and run this again."
    )


async def close_shop(services: Services, slug: str, say: Say) -> None:
    """Delete a boutique, or close it when its records must be kept."""
    removed = await remove_boutique(services, slug)
    if removed.kept is None:
        say(f"Deleted {removed.name} with all that was its own.")
        return
    say(
        f"Closed {removed.name}: {removed.kept}, so its records are kept. Messages to it are not "
        "answered, and nothing more is sent. `dukani add-boutique` with its file opens it again."
    )


@dataclass(frozen=True, slots=True)
class PiecesFile:
    """A file of pieces; the suffix of its name tells CSV from TOML."""

    path: Path
    text: str

    def read(self, currency: str) -> Pieces:
        is_toml = self.path.suffix.lower() == ".toml"
        folder = self.path.parent
        return read_pieces(self.text, folder=folder, is_toml=is_toml, currency=currency)


@dataclass(frozen=True, slots=True)
class DescribedPiece:
    """One piece, as the options of the command describe it."""

    fields: Mapping[str, str]
    sizes: Sequence[str]  # `M=3`
    pictures: Sequence[Path]

    def read(self, currency: str) -> Pieces:
        return read_piece(self.fields, sizes=self.sizes, pictures=self.pictures, currency=currency)


async def fill_shop(
    services: Services, eye: Eye, file: PiecesFile | DescribedPiece, say: Say, *, slug: str | None
) -> bool:
    """Add the pieces to a boutique; whether every line could be added."""
    boutique = await which_boutique(services, slug)
    pieces = file.read(boutique.currency)
    outcomes: list[str] = []
    bad = [*pieces.bad]
    for piece in pieces.good:
        try:
            outcome = await stock_piece(
                services, piece.new, piece.pictures, boutique_id=boutique.id
            )
        except UnreadablePicture as error:
            say(f"line {piece.line}: {piece.new.name} is in without {error}")
            outcome = "added"
        outcomes.append(outcome)
    seen = await look_at_pictures(services, eye, boutique_id=boutique.id)
    for problem in sorted(bad, key=lambda one: one.line):
        say(str(problem) if isinstance(file, PiecesFile) else problem.why)
    counts = {name: outcomes.count(name) for name in ("added", "changed", "unchanged")}
    told = ", ".join(f"{n} {name}" for name, n in counts.items() if n) or "nothing in it"
    say(f"{boutique.name}: {told}; {seen} new pictures looked at.")
    if bad:
        lines = "1 line is" if len(bad) == 1 else f"{len(bad)} lines are"
        say(f"{lines} not in: correct and run this again.")
    return not bad


async def which_boutique(services: Services, slug: str | None) -> Boutique:
    """The boutique of this slug, or the only one. Raises WhichBoutique or NotFound."""
    async with services.database.system_connection() as conn:
        slugs = await boutiques.open_slugs(conn)
        if slug is None and len(slugs) > 1:
            raise WhichBoutique(f"say which with --boutique: {', '.join(slugs)}")
        wanted = slug or next(iter(slugs), "")
        found = await boutiques.by_slug(conn, slug=wanted) if wanted in slugs else None
    if found is None:
        there = f"there are: {', '.join(slugs)}" if slugs else "add one with `dukani add-boutique`"
        raise NotFound(f"no boutique {wanted!r} is open here; {there}")
    return found

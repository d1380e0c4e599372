"""The command line of `dukani eval`: arguments and help; `commands.py` does the work.

The program is imported when a command runs, so that help is fast.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dukani.evals.eval_minds import EvalMind
from dukani.evals.shoppers.mind_names import MindChoice
from dukani.loading import say_loading

app = typer.Typer(help="Measure the assistant on files.", no_args_is_help=True)

SAMPLES = Path(__file__).parent / "samples"  # small files to try and to copy from

FileArgument = Annotated[Path, typer.Argument(help="docs/evals.md tells its format.")]
Min = Annotated[
    str | None, typer.Option("--min", help="Fail below this: a count (30) or a share (0.9).")
]
Lenient = Annotated[
    bool, typer.Option("--lenient", help="Go on where a file has names nobody here knows.")
]

Mind = Annotated[
    EvalMind,
    typer.Option(help="gemini: Google's with a key set, else the sandbox's. both: side by side."),
]
Scores = Annotated[Path | None, typer.Option(help="Append the score here, one JSON object a mind.")]


@app.command()
def utterances(
    file: FileArgument = SAMPLES / "utterances.jsonl",
    catalogue: Annotated[Path | None, typer.Option(help="What the boutique sells.")] = None,
    minimum: Min = None,
    lenient: Lenient = False,
    mind: Mind = "local",
    scores: Scores = None,
) -> None:
    """Single turns: scores what was understood of each."""
    say_loading()
    from dukani.evals import commands

    commands.utterances(
        file, catalogue=catalogue, minimum=minimum, lenient=lenient, mind=mind, scores=scores
    )


@app.command()
def dialogues(
    file: FileArgument = SAMPLES / "dialogues.json",
    catalogue: Annotated[Path | None, typer.Option(help="What the boutique sells.")] = None,
    minimum: Min = None,
    lenient: Lenient = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures and what failed here.")
    ] = None,
    mind: Mind = "local",
    scores: Scores = None,
) -> None:
    """Whole conversations, from the first message to the money."""
    say_loading()
    from dukani.evals import commands

    commands.dialogues(
        file,
        catalogue=catalogue,
        minimum=minimum,
        lenient=lenient,
        json_file=json_file,
        mind=mind,
        scores=scores,
    )


@app.command()
def photos(
    gallery: Annotated[Path, typer.Option(help="Folder of the boutique's photos.")],
    queries: Annotated[Path, typer.Option(help="Folder of the shoppers' photos.")],
    minimum: Min = None,
    limit: Annotated[int | None, typer.Option(help="Ask with so many queries only.")] = None,
    eye: Annotated[
        Path | None, typer.Option(help="Folder of the eye's model. None: the one that is used.")
    ] = None,
) -> None:
    """Photos sent as a shopper sends them: is the first piece shown of the same kind?"""
    say_loading()
    from dukani.evals import commands

    commands.photos(gallery=gallery, queries=queries, minimum=minimum, limit=limit, eye=eye)


@app.command()
def shoppers(
    count: Annotated[int, typer.Option(help="So many shoppers.")] = 100,
    seed: Annotated[int, typer.Option(help="Of the shops and of the shoppers.")] = 1,
    mind: Annotated[
        MindChoice, typer.Option(help="In the reader's place. both: the reader's and Gemini.")
    ] = "reader",
    index: Annotated[list[int] | None, typer.Option(help="Only the shopper so numbered.")] = None,
    first: Annotated[int, typer.Option(help="The number of the first shopper.")] = 0,
    show: Annotated[int, typer.Option(help="So many who failed, with all that was said.")] = 0,
    processes: Annotated[int, typer.Option(help="Side by side.")] = 2,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write every result here, one a line.")
    ] = None,
    minimum: Min = None,
    scores: Scores = None,
) -> None:
    """Generated shoppers who change their minds, in generated shops."""
    say_loading()
    from dukani.evals import commands

    commands.shoppers(
        indices=index or range(first, first + count),
        seed=seed,
        mind=mind,
        show=show,
        processes=processes,
        json_file=json_file,
        minimum=minimum,
        scores=scores,
    )


@app.command()
def sizes(
    customers: Annotated[int, typer.Option(help="So many customers.")] = 2000,
    seed: Annotated[int, typer.Option(help="Of the bodies, shops and histories.")] = 1,
    minimum: Annotated[
        str | None, typer.Option("--min", help="Fail below this share of exact sizes (0.5).")
    ] = None,
) -> None:
    """Size advice on generated histories, beside the size bought most often and the last one."""
    from dukani.evals.sizes import command

    command.sizes(customers=customers, seed=seed, minimum=minimum)


@app.command()
def recommend(
    shoppers: Annotated[int, typer.Option(help="So many shoppers.")] = 1500,
    seed: Annotated[
        list[int] | None, typer.Option(help="Of the shop and the shoppers; may be given again.")
    ] = None,
) -> None:
    """Recommendations to generated shoppers, beside popularity, random and each half alone."""
    from dukani.evals.recommend import command

    command.recommend(shoppers=shoppers, seeds=seed or [1, 2, 3])

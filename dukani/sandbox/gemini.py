"""Gemini's API: `generateContent` and `batchEmbedContents`, with faults on demand.

Answers that can be set are those of `generateContent`.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Header
from fastapi.responses import JSONResponse, Response

from dukani.sandbox import gemini_mind
from dukani.sandbox.gemini_embedding import embedding_of, read_batch
from dukani.sandbox.gemini_wire import (
    Asked,
    BadRequest,
    answer,
    as_text,
    blocked,
    read_request,
    refusal,
)
from dukani.sandbox.outside import TheOutside
from dukani.sandbox.world import World

router = APIRouter()


@router.post("/v1beta/models/{model}:generateContent")
async def generate_content(
    model: str,
    outside: TheOutside,
    body: Annotated[dict[str, Any], Body()],
    x_goog_api_key: Annotated[str, Header()] = "",
) -> Response:
    if refused := await _refused(outside.world, x_goog_api_key):
        return refused
    try:
        asked = read_request(body)
        return JSONResponse(await _answer(asked, model, outside.world))
    except BadRequest as error:
        return refusal(400, str(error))


@router.post("/v1beta/models/{model}:batchEmbedContents")
async def batch_embed_contents(
    model: str,
    outside: TheOutside,
    body: Annotated[dict[str, Any], Body()],
    x_goog_api_key: Annotated[str, Header()] = "",
) -> Response:
    if refused := await _refused(outside.world, x_goog_api_key):
        return refused
    try:
        asked = read_batch(body, model=model)
    except BadRequest as error:
        return refusal(400, str(error))
    return JSONResponse({"embeddings": [embedding_of(one) for one in asked]})


@router.put("/gemini/answers")
async def set_answer(outside: TheOutside, told: Annotated[dict[str, Any], Body()]) -> Response:
    """Answer each of these messages with the value beside it, from now on."""
    outside.world.gemini_answers.update(told)
    return Response(status_code=204)


async def _refused(world: World, key: str) -> Response | None:
    """The refusal of a request without a key, or of one that a fault hits, which may be late."""
    if not key:
        return refusal(403, "Method doesn't allow unregistered callers.")
    world.gemini_asked += 1
    faults = world.faults.gemini
    await world.wait_to_answer("gemini")
    if faults.take("error_next"):
        return refusal(int(faults.error_code or 500), faults.error_text)
    return None


async def _answer(asked: Asked, model: str, world: World) -> dict[str, Any]:
    faults = world.faults.gemini
    if faults.take("block_next"):
        return blocked(asked, model=model)
    if faults.take("answer_next"):
        return answer(asked, faults.answer_text, model=model)
    text = await gemini_mind.answer_to(asked, world)
    if faults.take("cut_next"):
        return answer(asked, text[: len(text) * 2 // 3], model=model, finish="MAX_TOKENS")
    if faults.take("other_schema_next"):
        return answer(asked, as_text({"reply": text}), model=model)
    return answer(asked, text, model=model)

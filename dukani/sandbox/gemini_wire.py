"""What the Gemini API takes and answers: `generateContent`, as it is on the wire."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from fastapi.responses import JSONResponse

_NAMES = {
    400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED",
}  # fmt: skip
_SAYS = {
    429: "You exceeded your current quota, please check your plan and billing details.",
    500: "An internal error has occurred. Please retry or report in https://developers.generativeai"
    ".google/guide/troubleshooting",
    503: "The model is overloaded. Please try again later.",
}
CHARACTERS_A_TOKEN = 4


class BadRequest(Exception):
    """The request is one that Gemini refuses."""


@dataclass(frozen=True, slots=True)
class Media:
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as far as an answer depends on it; `wanted` names the schema of the answer."""

    system: str
    words: str
    media: tuple[Media, ...]
    wanted: str

    @property
    def tokens(self) -> int:
        return (len(self.system) + len(self.words)) // CHARACTERS_A_TOKEN + 258 * len(self.media)


def read_request(body: dict[str, Any]) -> Asked:
    """Raises BadRequest, in Gemini's words."""
    contents = body.get("contents")
    if not isinstance(contents, list) or not contents:
        raise BadRequest("* GenerateContentRequest.contents: contents is not specified")
    parts = [part for content in contents for part in content.get("parts", [])]
    if not parts:
        raise BadRequest(
            "* GenerateContentRequest.contents[0].parts: contents.parts must not be empty."
        )
    config = body.get("generationConfig") or {}
    schema = config.get("responseJsonSchema") or {}
    if schema and config.get("responseMimeType") != "application/json":
        raise BadRequest("response_json_schema needs response_mime_type 'application/json'")
    system = (body.get("systemInstruction") or {}).get("parts", [])
    return Asked(
        system="\n".join(str(part.get("text", "")) for part in system),
        words="\n".join(str(part["text"]) for part in parts if "text" in part),
        media=tuple(_media(part["inlineData"]) for part in parts if "inlineData" in part),
        wanted=str(schema.get("title", "")),
    )


def _media(inline: dict[str, Any]) -> Media:
    """Base64 comes in the alphabet that is safe in addresses; both are taken."""
    data = str(inline.get("data", "")).translate(str.maketrans("-_", "+/"))
    try:
        content = base64.b64decode(data + "=" * (-len(data) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadRequest("Invalid value at 'contents[0].parts[1].inline_data.data'") from error
    return Media(str(inline.get("mime_type") or inline.get("mimeType") or ""), content)


def answer(
    asked: Asked, text: str, *, model: str, finish: str = "STOP", with_usage: bool = True
) -> dict[str, Any]:
    """A whole answer of one candidate."""
    given = len(text) // CHARACTERS_A_TOKEN + 1
    body: dict[str, Any] = {
        "candidates": [
            {
                "content": {"role": "model", "parts": [{"text": text}]},
                "finishReason": finish,
                "index": 0,
            }
        ],
        "modelVersion": model,
        "responseId": uuid4().hex[:22],
    }
    if with_usage:
        body["usageMetadata"] = {
            "promptTokenCount": asked.tokens,
            "candidatesTokenCount": given,
            "totalTokenCount": asked.tokens + given,
        }
    return body


def blocked(asked: Asked, *, model: str) -> dict[str, Any]:
    """No answer: the prompt was blocked."""
    return {
        "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
        "usageMetadata": {"promptTokenCount": asked.tokens, "totalTokenCount": asked.tokens},
        "modelVersion": model,
    }


def refusal(status: int, message: str = "") -> JSONResponse:
    """An error as Google words it."""
    told = {
        "code": status,
        "message": message or _SAYS.get(status, ""),
        "status": _NAMES.get(status),
    }
    return JSONResponse({"error": told}, status_code=status)


def as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

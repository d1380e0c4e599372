import { EventSourceParserStream } from "eventsource-parser/stream";

/** The events of an answer that is told bit by bit, their data read as JSON. */
export async function* eventsOf(answer: ReadableStream<Uint8Array>) {
  const reader = answer
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield { name: next.value.event, data: JSON.parse(next.value.data) as unknown };
    }
  } finally {
    await reader.cancel();
  }
}

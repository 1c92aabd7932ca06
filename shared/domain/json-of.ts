/** What a text from outside says as JSON; undefined where it says nothing that is. Parse the answer with a schema. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value, or undefined when the text is not complete JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not being JSON is an answer here, not an error.
    return undefined;
  }
}

/** The value, or the text itself when it is no JSON. */
export function jsonOrText(text: string): unknown {
  return parseJson(text) ?? text;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function asRecord(value: unknown): JsonObject | undefined {
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A number of things; undefined for what is none. */
export function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

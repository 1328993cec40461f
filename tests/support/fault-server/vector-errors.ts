import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** An HTTP error among the public test vectors; their documentation says what each field means. */
export interface VectorError {
  readonly id: string;
  /** Who sends it. */
  readonly provider: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly expect: {
    readonly kind: string;
    readonly retryable: boolean;
    readonly message_contains?: string;
    readonly retry_after_ms?: number;
    readonly must_not_show: readonly string[];
  };
}

/** Those who send it on a wire of their own that is not there yet. */
const otherWires: ReadonlySet<string> = new Set(['anthropic', 'gemini']);

let known: readonly VectorError[] | undefined;

/** Those of wires that are there; none where the folder of public vectors is absent. */
export function readVectorErrors(): readonly VectorError[] {
  return readAll().filter(({ provider }) => !otherWires.has(provider));
}

/** How many there are, those of other wires among them. */
export function countVectorErrors(): number {
  return readAll().length;
}

function readAll(): readonly VectorError[] {
  known ??= read();
  return known;
}

function read(): readonly VectorError[] {
  const path = fileURLToPath(new URL('../../../../shared/vectors/provider-errors.json', import.meta.url));
  if (!existsSync(path)) return [];
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly VectorError[] }).cases;
}

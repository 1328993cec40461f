import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CaseWire } from '../../cases/stream-case.ts';

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

let known: readonly VectorError[] | undefined;

/** None where the folder of public vectors is absent. */
export function readVectorErrors(): readonly VectorError[] {
  known ??= read();
  return known;
}

/** The wire of who sends it. */
export function wireOfError({ provider }: Pick<VectorError, 'provider'>): CaseWire {
  return wires[provider] ?? 'openai-chat';
}

const wires: Readonly<Record<string, CaseWire>> = {
  anthropic: 'anthropic-messages',
  gemini: 'gemini',
  ollama: 'ollama-chat',
};

function read(): readonly VectorError[] {
  const path = fileURLToPath(new URL('../../../../shared/vectors/provider-errors.json', import.meta.url));
  if (!existsSync(path)) return [];
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly VectorError[] }).cases;
}

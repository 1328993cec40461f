import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { StreamCase } from '../../cases/stream-case.ts';

/** A reply among the public test vectors; their documentation says what each field means. */
export interface VectorStream {
  readonly id: string;
  readonly protocol: string;
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly end: StreamCase['end'];
    readonly body_b64: string;
  };
  readonly expect: VectorOutcome & {
    readonly reasoning?: string;
    readonly kind?: string;
    readonly message_contains?: string;
    readonly must_not_show?: readonly string[];
    readonly accept_also?: readonly VectorOutcome[];
  };
}

export interface VectorOutcome {
  readonly outcome: string;
  readonly text: string;
}

let known: readonly VectorStream[] | undefined;

/** Those of the OpenAI wire; none where the folder of public vectors is absent. */
export function readVectorStreams(): readonly VectorStream[] {
  return readAll().filter(({ protocol }) => protocol === 'openai-chat');
}

/** How many there are, those of other wires among them. */
export function countVectorStreams(): number {
  return readAll().length;
}

function readAll(): readonly VectorStream[] {
  known ??= read();
  return known;
}

function read(): readonly VectorStream[] {
  const path = fileURLToPath(new URL('../../../../shared/vectors/provider-streams.json', import.meta.url));
  if (!existsSync(path)) return [];
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly VectorStream[] }).cases;
}

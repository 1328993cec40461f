import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CaseWire, StreamCase } from '../../cases/stream-case.ts';

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

/** None where the folder of public vectors is absent. */
export function readVectorStreams(): readonly VectorStream[] {
  known ??= read();
  return known;
}

/** The wire that a vector is of. */
export function wireOfVector({ protocol }: Pick<VectorStream, 'protocol'>): CaseWire {
  const wire = wires[protocol];
  if (!wire) throw new Error(`no wire speaks ${protocol}`);
  return wire;
}

const wires: Readonly<Record<string, CaseWire>> = {
  'openai-chat': 'openai-chat',
  'openai-responses': 'openai-responses',
  anthropic: 'anthropic-messages',
  gemini: 'gemini',
  ollama: 'ollama-chat',
};

function read(): readonly VectorStream[] {
  const path = fileURLToPath(new URL('../../../../shared/vectors/provider-streams.json', import.meta.url));
  if (!existsSync(path)) return [];
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly VectorStream[] }).cases;
}

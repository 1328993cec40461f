import type { LoadDefaults } from '@/lib/chat/chat-defaults';
import { defined } from '@/lib/errors/defined';
import type { AnyKey } from '@/lib/i18n/en/later';

/** How a model is loaded, as typed; '' is not set. */
export interface LoadFields {
  readonly contextSize: string;
  readonly keepAlive: string;
}

export type LoadField = keyof LoadFields;

export type ReadLoadFields =
  | { readonly ok: true; readonly value: LoadDefaults }
  | { readonly ok: false; readonly field: LoadField; readonly message: AnyKey };

/** What the fields say, or which of them is wrong. */
export function readLoadFields(fields: LoadFields): ReadLoadFields {
  const contextSize = fields.contextSize.trim();
  const keepAlive = fields.keepAlive.trim();
  if (contextSize !== '' && !(/^\d+$/.test(contextSize) && isSize(Number(contextSize)))) {
    return { ok: false, field: 'contextSize', message: 'maxTokensWrong' };
  }
  if (keepAlive !== '' && !isDuration.test(keepAlive)) {
    return { ok: false, field: 'keepAlive', message: 'keepAliveWrong' };
  }
  return {
    ok: true,
    value: defined({
      contextSize: contextSize === '' ? undefined : Number(contextSize),
      keepAlive: keepAlive === '' ? undefined : keepAlive,
    }),
  };
}

/** The fields as typed again, for editing. */
export function writeLoadFields({ contextSize, keepAlive = '' }: LoadDefaults): LoadFields {
  return { contextSize: contextSize === undefined ? '' : String(contextSize), keepAlive };
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** Whole seconds, or as Go writes durations (https://pkg.go.dev/time#ParseDuration). No more digits than it can count. */
const isDuration = /^-?(?:\d{1,9}|(?:\d{1,6}(?:\.\d{1,9})?(?:ms|s|m|h))+)$/;

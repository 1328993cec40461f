import type { Effort } from '@/lib/chat/chat-defaults';

/**
 * An effort in tokens, for models that know no efforts: as Google's own OpenAI-compatible API translates them.
 * https://ai.google.dev/gemini-api/docs/openai#thinking
 */
export const budgets: Readonly<Record<Exclude<Effort, 'none'>, number>> = {
  minimal: 1024,
  low: 1024,
  medium: 8192,
  high: 24_576,
  xhigh: 24_576,
  max: 24_576,
};

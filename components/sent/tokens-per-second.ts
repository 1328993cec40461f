import type { Reply } from '@/lib/chat/types';
import type { SentRequest } from '@/lib/panel/sent';

/**
 * How quick the answer was from its first token on, rounded; undefined where that can't be said. Tokens of reasoning that was
 * not shown came before the first one.
 */
export function tokensPerSecond({ usage, firstTokenMs, endMs }: SentRequest, { parts }: Reply): number | undefined {
  if (usage?.outputTokens === undefined || firstTokenMs === undefined || endMs === undefined) return undefined;
  const hidden = parts.some(({ type }) => type === 'thinking') ? 0 : (usage.reasoningTokens ?? 0);
  const tokens = usage.outputTokens - hidden;
  const seconds = (endMs - firstTokenMs) / 1000;
  return tokens > 0 && seconds > 0 ? Math.round(tokens / seconds) : undefined;
}

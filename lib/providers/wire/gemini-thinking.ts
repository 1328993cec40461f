import type { Effort } from '@/lib/chat/chat-defaults';
import { budgets } from './thinking-budgets';

/**
 * Gemini's `thinkingConfig`: levels since Gemini 3, budgets of tokens for 2.5, which refuse each other's field; undefined for
 * models that don't think. https://ai.google.dev/gemini-api/docs/thinking
 */
export function thinkingConfigOf(model: string, effort: Effort | undefined): object | undefined {
  const amount = effort && amountOf(model, effort);
  // Who is not to think refuses to be asked for thoughts.
  const isOff = amount !== undefined && 'thinkingBudget' in amount && amount.thinkingBudget === 0;
  const includeThoughts = canTellThoughts.test(model) && !isOff ? true : undefined;
  return amount || includeThoughts ? { includeThoughts, ...amount } : undefined;
}

function amountOf(model: string, effort: Effort) {
  if (makesOther.test(model) || !thinks.test(model)) return undefined;
  const isPro = model.includes('-pro');
  if (hasBudgets.test(model)) return { thinkingBudget: effort === 'none' ? (isPro ? leastOfPro : 0) : budgets[effort] };
  return { thinkingLevel: levelOf(effort, isPro || knowsNoMinimal.test(model)) };
}

function levelOf(effort: Effort, startsLow: boolean): string {
  switch (effort) {
    case 'none':
    case 'minimal':
      return startsLow ? 'low' : 'minimal';
    case 'low':
    case 'medium':
    case 'high':
      return effort;
    case 'xhigh':
    case 'max':
      return 'high';
  }
}

/** The Pro of 2.5 can't be kept from thinking. */
const leastOfPro = 128;

const makesOther = /image|tts|audio|live|embedding/;
const thinks = /gemini-(?:2\.5|[3-9]|\d\d|(?:pro|flash|flash-lite)-latest)/;
const hasBudgets = /gemini-2\.5/;
const knowsNoMinimal = /gemini-(?:flash-latest|3\.[7-9]-flash(?!-lite)|[4-9](?:\.\d+)?-flash(?!-lite)|4-hydrogen)/;

/** Thoughts are told only when asked for, and models without any refuse to be asked. */
const canTellThoughts =
  /gemini-(?:2\.5-(?:pro|flash(?!-lite))|3(?:\.\d+)?-pro|(?:pro|flash)-latest)(?!.*(?:image|tts|audio|live))/;

import type { Effort } from '@/lib/chat/chat-defaults';
import { budgets } from './thinking-budgets';

export interface AnthropicThinking {
  readonly thinking?: object;
  readonly output_config?: object;
  /** false: a request that carries one is refused. */
  readonly takesTemperature: boolean;
}

/**
 * How much a model of Anthropic's is to think, in the fields that its generation knows: an effort with thinking that it
 * adapts (since 4.6), or a budget of tokens, which is part of the answer's limit.
 * https://platform.claude.com/docs/en/build-with-claude/effort
 * https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking
 * https://platform.claude.com/docs/en/build-with-claude/extended-thinking
 */
export function thinkingOf(model: string, effort: Effort | undefined, maxTokens: number): AnthropicThinking {
  if (!model.includes('claude') || hasBudgets.test(model)) return byBudget(model, effort, maxTokens);
  const takesTemperature = firstWithEffort.test(model) && (effort === undefined || effort === 'none');
  if (effort === undefined) return { takesTemperature };
  if (effort === 'none') {
    if (thinksBetweenTools.test(model)) return { thinking: { type: 'between_tools' }, takesTemperature };
    if (alwaysThinks.test(model)) return { output_config: { effort: 'low' }, takesTemperature };
    return { thinking: { type: 'disabled' }, takesTemperature: true };
  }
  return {
    // Without it, newer models think in silence.
    thinking: { type: 'adaptive', display: 'summarized' },
    output_config: { effort: nameOf(effort, model) },
    takesTemperature,
  };
}

function nameOf(effort: Effort, model: string): string {
  if (effort === 'minimal') return 'low';
  return effort === 'xhigh' && firstWithEffort.test(model) ? 'high' : effort;
}

function byBudget(model: string, effort: Effort | undefined, maxTokens: number): AnthropicThinking {
  if (effort === undefined || thinksNot.test(model)) return { takesTemperature: true };
  if (effort === 'none') return { thinking: { type: 'disabled' }, takesTemperature: true };
  const tokens = Math.min(budgets[effort], maxTokens - 1);
  // Where the least budget is more than the whole answer may have, nothing is left to think with.
  if (tokens < leastBudget) return { takesTemperature: true };
  return { thinking: { type: 'enabled', budget_tokens: tokens }, takesTemperature: false };
}

const leastBudget = 1024;

const thinksNot = /claude-(?:3(?![-.]7)|v?2|instant)/;
/** Up to 4.5. */
const hasBudgets = /claude-(?:(?:opus|sonnet|haiku)-4(?!-(?:[6-9]|\d\d)(?!\d))|[34][-.]|v?2|instant)/;
const firstWithEffort = /claude-\w+-4-6/;
const alwaysThinks = /claude-(?:opus-5-5|fable)/;
const thinksBetweenTools = /claude-sonnet-5-5/;

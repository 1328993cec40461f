import type { ModelRequest } from '../provider';

/**
 * What OpenAI's models take of what was set: those that think refuse a temperature unless they are told not to think, and
 * those that don't refuse an effort. Of other vendors' models, whose names say nothing, all that was set.
 * https://platform.openai.com/docs/guides/reasoning
 */
export function fitToModel({
  model,
  temperature,
  effort,
}: ModelRequest): Pick<Partial<ModelRequest>, 'temperature' | 'effort'> {
  // A gateway puts the vendor in front: `openai/gpt-5`.
  const name = model.replace(/^.*\//u, '');
  if (thinks.test(name) && effort !== 'none') return { ...(effort && { effort }) };
  return {
    ...(temperature !== undefined && { temperature }),
    ...(effort && !thinksNot.test(name) && { effort }),
  };
}

const thinks = /^(?:o\d|gpt-(?:[5-9]|\d\d)(?!.*chat))/u;
const thinksNot = /^(?:gpt-[34]|chatgpt-|gpt-5.*chat)/u;

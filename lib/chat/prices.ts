import type { Usage } from './types';

/** What a model costs, as the user has entered it: per million tokens. */
export interface Price {
  /** The model's name at the provider; a star at its end stands for anything: `gpt-5*`. */
  readonly model: string;
  readonly input: number;
  readonly output: number;
}

/** The prices among what is stored: there are none before the user has entered them. */
export function pricesIn({ prices }: { readonly prices?: unknown }): readonly Price[] {
  return Array.isArray(prices) ? prices.filter(isPrice) : [];
}

/** That of this very name, or else the one with the longest beginning of it. */
export function findPrice(prices: readonly Price[], model: string): Price | undefined {
  const fitting = prices.filter((price) =>
    price.model.endsWith('*') ? model.startsWith(price.model.slice(0, -1)) : model === price.model,
  );
  const exactness = (price: Price): number =>
    price.model.endsWith('*') ? price.model.length : Number.POSITIVE_INFINITY;
  return fitting.sort((one, other) => exactness(other) - exactness(one))[0];
}

/** In the currency of the prices; undefined where the provider has not counted. */
export function costOf({ inputTokens, outputTokens }: Usage, { input, output }: Price): number | undefined {
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  return ((inputTokens ?? 0) * input + (outputTokens ?? 0) * output) / 1_000_000;
}

function isPrice(value: unknown): value is Price {
  const { model, input, output } = (value ?? {}) as { readonly [field in keyof Price]?: unknown };
  return typeof model === 'string' && [input, output].every((price) => typeof price === 'number' && price >= 0);
}

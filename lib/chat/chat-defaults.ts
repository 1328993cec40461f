import type { ModelRef } from './types';

/** How much a model thinks before it answers, least first. What a vendor calls it, its wire knows. */
export const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof efforts)[number];

/** What goes with every request, each only where it is set. */
export interface ChatDefaults {
  readonly temperature?: number;
  /** The limit of an answer's tokens. */
  readonly maxTokens?: number;
  readonly effort?: Effort;
  readonly systemPrompt?: string;
}

/** How a server of one's own loads a model, each only where it is set. Of the wires, Ollama's knows them. */
export interface LoadDefaults {
  /** How many tokens of a conversation the model sees. */
  readonly contextSize?: number;
  /** How long it stays in memory after an answer: a duration such as `5m`, or a number of seconds; below 0 is for ever. */
  readonly keepAlive?: string;
}

/** The same with what is of one endpoint. */
export interface RequestDefaults extends ChatDefaults, LoadDefaults {
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields of the JSON body. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** The defaults of one model. Headers and body fields are for its endpoint alone: they may be secret. */
export interface ModelDefaults extends RequestDefaults {
  readonly model: ModelRef;
  /** true: in place of the defaults for all models, not on top of them. */
  readonly isAlone?: boolean;
}

/** Who is asked in place of an endpoint that is too busy, has failed, or has not begun to answer in time. */
export interface Fallback {
  /** The endpoint whose place is taken. */
  readonly endpointId: string;
  readonly model: ModelRef;
  /** How long the endpoint may take until anything of an answer comes, in seconds. */
  readonly afterSeconds: number;
}

export const usualFallbackSeconds = 30;

/** The same model at the same endpoint, whatever it is called. */
export function isSameModel(one: ModelRef | undefined, other: ModelRef | undefined): boolean {
  return one !== undefined && one.endpointId === other?.endpointId && one.model === other.model;
}

/** The list without that model. */
export function withoutModel(models: readonly ModelRef[], model: ModelRef): readonly ModelRef[] {
  return models.filter((other) => !isSameModel(other, model));
}

/** Body fields that are fields themselves: of these the inner ones are joined. */
const joined = ['generationConfig', 'options', 'reasoning'];

/** A model's body fields under an endpoint's, which win. */
export function joinBodies(
  model: Readonly<Record<string, unknown>> = {},
  endpoint: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const both = joined.filter((name) => isFields(model[name]) && isFields(endpoint[name]));
  const inner = both.map((name) => [name, Object.assign({}, model[name], endpoint[name]) as unknown] as const);
  return { ...model, ...endpoint, ...Object.fromEntries(inner) };
}

function isFields(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What goes with a request to this model: its own defaults, on top of those for all models or alone. */
export function defaultsFor(
  model: ModelRef,
  all: ChatDefaults = {},
  own: readonly ModelDefaults[] = [],
): RequestDefaults {
  const found = own.find((defaults) => isSameModel(defaults.model, model));
  if (!found) return all;
  const { model: _same, isAlone, ...defaults } = found;
  return isAlone ? defaults : { ...all, ...defaults };
}

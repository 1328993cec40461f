import {
  type ChatDefaults,
  efforts,
  type Fallback,
  type LoadDefaults,
  type ModelDefaults,
} from '@/lib/chat/chat-defaults';
import type { Price } from '@/lib/chat/prices';
import type { Attachment, ModelRef, Reply, UserMessage } from '@/lib/chat/types';
import { type Endpoint, onDeviceAddress } from '@/lib/providers/provider';
import type { Settings } from '@/lib/store/settings';
import type { FromPage } from './messages';

type Check = (value: unknown) => boolean;
/** A check for every field of a shape: the compiler finds one that is missing. */
type Checks<Shape> = { readonly [Name in keyof Shape]-?: Check };
type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether this is a message of ours, whole and of the right kinds: what comes over a port is only said to be one. Ids that
 * lead nowhere are for those to pass over who look them up.
 */
export function isFromPage(value: unknown): value is FromPage {
  const type = isFields(value) ? value['type'] : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(messages, type)) return false;
  return fits(value as Fields, messages[type as FromPage['type']]);
}

const isText: Check = (value) => typeof value === 'string';
const isName: Check = (value) => typeof value === 'string' && value !== '';
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => Number.isFinite(value);
const isTime = isNumber;
const isWhole: Check = (value) => Number.isSafeInteger(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isAmount: Check = (value) => Number.isFinite(value) && Number(value) >= 0;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWebAddress: Check = (value) => typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '');

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...texts: readonly string[]): Check =>
  (value) =>
    texts.some((text) => text === value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const shape =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isFields(value) && fits(value, checks);

function fits(value: Fields, checks: Readonly<Record<string, Check>>): boolean {
  return Object.entries(checks).every(([name, check]) => check(value[name]));
}

const isModel = shape({ endpointId: isName, model: isText, label: isText } satisfies Checks<ModelRef>);

const isAttachment = shape({
  id: isName,
  kind: oneOf('selection'),
  title: isText,
  url: isText,
  text: isText,
} satisfies Checks<Attachment>);

const isQuestion = shape({
  id: isName,
  role: oneOf('user'),
  parentId: (value) => value === null || isName(value),
  createdAt: isTime,
  text: isText,
  attachments: listOf(isAttachment),
} satisfies Checks<UserMessage>);

/** As far as the log is written from it. */
const isReply = shape({
  id: isName,
  role: oneOf('assistant'),
  parentId: isName,
  createdAt: isTime,
  model: isModel,
  parts: listOf(shape({ type: oneOf('text', 'thinking'), text: isText })),
  state: isName,
  servedBy: optional(isText),
  fallback: optional(shape({ model: isModel, failure: shape({ kind: isName }) })),
} satisfies Partial<Checks<Reply>>);

const isMessage: Check = (value) => isQuestion(value) || isReply(value);

const areHeaders: Check = (value) => isFields(value) && Object.values(value).every(isText);

const loading: Checks<LoadDefaults> = { contextSize: optional(isCount), keepAlive: optional(isText) };

const isEndpoint = shape({
  ...loading,
  id: isName,
  providerId: isName,
  label: isText,
  baseUrl: (value) => value === onDeviceAddress || isWebAddress(value),
  headers: areHeaders,
  body: isFields,
  unstreamed: isFlag,
  hidesOrigin: optional(isFlag),
} satisfies Checks<Endpoint>);

const defaults: Checks<ChatDefaults> = {
  temperature: optional(isNumber),
  maxTokens: optional(isCount),
  effort: optional(oneOf(...efforts)),
  systemPrompt: optional(isText),
};

const isModelDefaults = shape({
  ...defaults,
  ...loading,
  model: isModel,
  headers: optional(areHeaders),
  body: optional(isFields),
  isAlone: optional(isFlag),
} satisfies Checks<ModelDefaults>);

const isFallback = shape({
  endpointId: isName,
  model: isModel,
  afterSeconds: (value) => Number.isFinite(value) && Number(value) > 0,
} satisfies Checks<Fallback>);

const choices: Checks<Omit<Settings, 'v' | 'endpoints'>> = {
  model: (value) => value === null || isModel(value),
  language: isName,
  silenceSeconds: isCount,
  longestReply: isCount,
  prices: listOf(shape({ model: isText, input: isAmount, output: isAmount } satisfies Checks<Price>)),
  favourites: listOf(isModel),
  recent: listOf(isModel),
  defaults: shape(defaults),
  modelDefaults: listOf(isModelDefaults),
  fallbacks: listOf(isFallback),
};

/** Some of the settings that may be chosen, and no other. */
const areChoices: Check = (value) =>
  isFields(value) &&
  Object.entries(value).every(
    ([name, chosen]) => Object.hasOwn(choices, name) && choices[name as keyof typeof choices](chosen),
  );

const messages: {
  readonly [Type in FromPage['type']]: Checks<Omit<Extract<FromPage, { readonly type: Type }>, 'type'>>;
} = {
  hello: { surface: oneOf('panel', 'quick', 'options'), windowId: isWhole },
  watch: { conversationId: isName, holding: optional(listOf(isMessage)) },
  unwatch: { conversationId: isName },
  ask: { conversationId: isName, isFirst: isFlag, message: isQuestion, replyId: isName, model: isModel },
  retry: { conversationId: isName, parentId: isName, replyId: isName, model: isModel },
  continue: { conversationId: isName, messageId: isName, model: isModel },
  stop: { conversationId: isName, messageId: isName },
  'try-now': { conversationId: isName, messageId: isName },
  'show-branch': { conversationId: isName, headId: isName },
  rename: { conversationId: isName, title: isText },
  'rebuild-history': {},
  delete: { conversationId: isName },
  restore: { conversationId: isName },
  'watch-history': { count: isCount },
  'list-models': { endpointId: isName, fresh: isFlag },
  choose: { settings: areChoices },
  'save-endpoint': { endpoint: isEndpoint },
  'remove-endpoint': { endpointId: isName },
  take: { inboxId: isName },
  diagnose: {
    id: isName,
    endpointId: isName,
    failure: optional(shape({ kind: isName })),
    model: optional(isText),
    mayAsk: optional(isFlag),
  },
  'find-servers': {},
  'pull-model': { endpointId: isName, model: isName },
  'cancel-pull': { endpointId: isName, model: isName },
  'read-pulls': {},
  'read-sent': { conversationId: isName, messageId: isName },
  'forget-everything': {},
  'show-in-panel': { conversationId: isName, windowId: isWhole },
};

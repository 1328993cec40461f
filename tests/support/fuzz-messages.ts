/**
 * Messages that nobody of ours sends: real ones with a part missing, of another kind or wrapped, and plain nonsense. What
 * a seed makes is always the same. Made to be without effect: each is broken, or about something that is not there.
 */
import type { FromPage } from '../../lib/protocol/messages.ts';
import type { Random } from '../faults/random.ts';

/** What the messages are about: things that are there, so that a hole would show. */
export interface FuzzTargets {
  readonly conversationId: string;
  readonly endpointId: string;
}

export function fuzzMessage(random: Random, targets: FuzzTargets): unknown {
  const real = random.pick(realMessages(targets));
  if (real === undefined || random.number(4) === 0) return nonsense(random, 3);
  if (random.number(6) === 0) return random.pick(dangling(targets));
  return breakOne(random, real);
}

/** One of each type, whole. */
export function realMessages({ conversationId, endpointId }: FuzzTargets): readonly FromPage[] {
  const model = { endpointId, model: 'm', label: 'm' };
  const message = {
    id: 'fuzz-question',
    role: 'user',
    parentId: null,
    createdAt: 1,
    text: 'Is this ever sent?',
    attachments: [{ id: 'a', kind: 'selection', title: 't', url: 'https://a.example/', text: 'x' }],
  } as const;
  return [
    { type: 'hello', surface: 'panel', windowId: 1 },
    { type: 'watch', conversationId, holding: [message] },
    { type: 'unwatch', conversationId },
    { type: 'ask', conversationId, isFirst: false, message, replyId: 'fuzz-reply', model },
    { type: 'retry', conversationId, parentId: 'fuzz-question', replyId: 'fuzz-reply', model },
    { type: 'continue', conversationId, messageId: 'fuzz-reply', model },
    { type: 'stop', conversationId, messageId: 'fuzz-reply' },
    { type: 'try-now', conversationId, messageId: 'fuzz-reply' },
    { type: 'show-branch', conversationId, headId: 'fuzz-reply' },
    { type: 'rename', conversationId, title: 'fuzzed' },
    { type: 'delete', conversationId },
    { type: 'restore', conversationId },
    { type: 'watch-history', count: 1 },
    { type: 'list-models', endpointId, fresh: true },
    { type: 'choose', settings: { language: 'ru', model, silenceSeconds: 10, longestReply: 10_000 } },
    {
      type: 'save-endpoint',
      endpoint: {
        id: endpointId,
        providerId: 'openai-compatible',
        label: 'fuzzed',
        baseUrl: 'https://evil.example/v1',
        headers: {},
        body: {},
        unstreamed: false,
      },
    },
    { type: 'remove-endpoint', endpointId },
    { type: 'take', inboxId: 'i' },
    { type: 'diagnose', id: 'd', endpointId, failure: { kind: 'network' }, model: 'm', mayAsk: true },
    { type: 'find-servers' },
    { type: 'pull-model', endpointId, model: 'm' },
    { type: 'cancel-pull', endpointId, model: 'm' },
    { type: 'read-pulls' },
    { type: 'read-sent', conversationId, messageId: 'fuzz-reply' },
    { type: 'show-in-panel', conversationId, windowId: 1 },
  ];
}

/** Whole messages about what is not there. */
function dangling({ conversationId, endpointId }: FuzzTargets): readonly FromPage[] {
  const model = { endpointId, model: 'm', label: 'm' };
  return [
    { type: 'unwatch', conversationId: 'nowhere' },
    { type: 'retry', conversationId, parentId: 'nowhere', replyId: 'fuzz-reply', model },
    { type: 'retry', conversationId: 'nowhere', parentId: 'nowhere', replyId: 'fuzz-reply', model },
    { type: 'continue', conversationId, messageId: 'nowhere', model },
    { type: 'stop', conversationId: 'nowhere', messageId: 'nowhere' },
    { type: 'try-now', conversationId: '__proto__', messageId: 'constructor' },
    { type: 'show-branch', conversationId, headId: 'nowhere' },
    { type: 'rename', conversationId: 'nowhere', title: 'fuzzed' },
    { type: 'delete', conversationId: '__proto__' },
    { type: 'restore', conversationId: 'nowhere' },
    { type: 'remove-endpoint', endpointId: 'nowhere' },
    { type: 'take', inboxId: 'nowhere' },
  ];
}

type Fields = Record<string, unknown>;

/** Whether this field of a message is one that it may go without. */
export function mayBeMissing({ type }: FromPage, name: string): boolean {
  return (
    (type === 'watch' && name === 'holding') || (type === 'diagnose' && ['failure', 'model', 'mayAsk'].includes(name))
  );
}

/** The message with one of its fields, at any depth, gone or of another kind. */
function breakOne(random: Random, message: FromPage): unknown {
  const broken = structuredClone(message) as unknown as Fields;
  const [holder, name] = random.pick(placesOf(broken)) ?? [broken, 'type'];
  const isNeeded = holder !== broken['settings'] && !(holder === broken && mayBeMissing(message, name));
  if (random.number(3) === 0 && isNeeded) delete holder[name];
  else if (random.number(3) === 0) holder[name] = [holder[name]];
  else holder[name] = otherKind(random, holder[name]);
  return broken;
}

function placesOf(fields: Fields): readonly (readonly [Fields, string])[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const inner: unknown = Array.isArray(value) ? value[0] : value;
    const deeper = typeof inner === 'object' && inner !== null ? placesOf(inner as Fields) : [];
    return [[fields, name] as const, ...deeper];
  });
}

/** Nothing that JSON turns into null, which some fields may be. */
function otherKind(random: Random, value: unknown): unknown {
  const all: readonly unknown[] = ['text', 7, true, [], [[]], { toString: 1 }];
  const isObject = typeof value === 'object' && value !== null;
  return random.pick(
    all.filter((kind) => {
      if (value === null) return typeof kind !== 'string';
      return isObject ? typeof kind !== 'object' : typeof kind !== typeof value;
    }),
  );
}

function nonsense(random: Random, depth: number): unknown {
  const words = ['type', 'ask', '__proto__', 'constructor', 'settings', '\uD800', '\0', 'x'.repeat(5000), ''];
  switch (random.number(depth > 0 ? 8 : 6)) {
    case 0:
      return null;
    case 1:
      return random.number(1_000_000) - 500_000;
    case 2:
      return random.pick(words);
    case 3:
      return random.number(2) === 0;
    case 4:
      return Infinity;
    case 5:
      return '';
    case 6:
      return Array.from({ length: random.number(5) }, () => nonsense(random, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.number(5) }, () => [random.pick(words) ?? 'x', nonsense(random, depth - 1)]),
      );
  }
}

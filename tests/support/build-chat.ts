import type { ChatEvent, ModelRef, UserMessage } from '@/lib/chat/types';
import type { Endpoint } from '@/lib/providers/provider';

/** Builders for tests: each fills what the test does not care about. */

export function question(id: string, rest: Partial<UserMessage> = {}): UserMessage {
  return { id, role: 'user', parentId: null, createdAt: 1, text: `question ${id}`, attachments: [], ...rest };
}

export const someModel: ModelRef = { endpointId: 'e1', model: 'm1', label: 'Model one' };

export function replyStarted(messageId: string, parentId: string): ChatEvent {
  return { type: 'reply-started', messageId, parentId, model: someModel, time: 2 };
}

export function textEvent(messageId: string, at: number, text: string, part = 0): ChatEvent {
  return { type: 'text', messageId, part, at, text };
}

export function endpoint(rest: Partial<Endpoint> = {}): Endpoint {
  return {
    id: 'e1',
    providerId: 'scripted',
    label: 'Endpoint one',
    baseUrl: 'http://127.0.0.1:9',
    headers: {},
    body: {},
    unstreamed: false,
    ...rest,
  };
}

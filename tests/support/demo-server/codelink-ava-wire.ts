/**
 * The CodeLinkAva wire, as the retired public service spoke it: `POST /api/chat` with messages, temperature, stream and
 * extra arguments; no model and no key. This one is strict: it refuses what the real client would not have sent.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { ChatMessage } from './demo-models.ts';
import { isMessages, isRecord } from './openai-wire.ts';
import type { StreamFrames } from './write-answer.ts';

const site = 'https://ava-ai-ef611.web.app';

interface HeaderRule {
  readonly name: string;
  readonly wanted: string;
  readonly isRight: (value: string) => boolean;
}

const exactly = (name: string, wanted: string): HeaderRule => ({ name, wanted, isRight: (value) => value === wanted });

const headerRules: readonly HeaderRule[] = [
  exactly('origin', site),
  exactly('referer', `${site}/`),
  exactly('accept', '*/*'),
  {
    name: 'accept-language',
    wanted: 'a list of languages',
    isRight: (value) => /^[a-z]{2,3}(-\w+)?,.*;q=0\.\d/i.test(value),
  },
  {
    name: 'user-agent',
    wanted: 'a desktop Chrome',
    isRight: (value) =>
      /^Mozilla\/5\.0 \((Windows|Macintosh|X11).*Chrome\/\d+/.test(value) && !value.includes('HeadlessChrome'),
  },
  exactly('sec-fetch-dest', 'empty'),
  exactly('sec-fetch-mode', 'cors'),
  exactly('sec-fetch-site', 'same-origin'),
];

export interface CodeLinkAvaRequest {
  readonly messages: readonly ChatMessage[];
  readonly stream: boolean;
  /** The name of the demo model that answers: the extra argument `demo`, since the wire has no model. */
  readonly demo: string;
}

/** The request, or why it is refused. */
export function readCodeLinkAvaRequest(
  headers: IncomingHttpHeaders,
  body: unknown,
): CodeLinkAvaRequest | { reason: string } {
  for (const { name, wanted, isRight } of headerRules) {
    const value = headers[name];
    if (typeof value !== 'string' || !isRight(value)) {
      return {
        reason: `header ${name} must be ${wanted}, but is ${value === undefined ? 'missing' : JSON.stringify(value)}`,
      };
    }
  }
  if (headers.authorization !== undefined)
    return { reason: 'there is no key on this wire, but authorization was sent' };
  if (!isRecord(body)) return { reason: 'the body must be a JSON object' };
  if ('model' in body) return { reason: 'there is no model on this wire' };
  const { messages, temperature, stream, demo } = body;
  if (!isMessages(messages)) return { reason: 'messages must be a list of one or more objects with role and content' };
  if (typeof temperature !== 'number') return { reason: 'temperature must be a number' };
  if (typeof stream !== 'boolean') return { reason: 'stream must be true or false' };
  return { messages, stream, demo: typeof demo === 'string' ? demo : 'demo' };
}

export const codeLinkAvaFrames: StreamFrames = {
  start: '',
  thinking: () => '',
  text: (text) => `data: ${JSON.stringify({ choices: [{ delta: { content: text } }] })}\n`,
  finish: () => '',
  error: `data: ${JSON.stringify({ error: 'The demo server broke off, as asked.' })}\n`,
  end: 'data: [DONE]\n',
};

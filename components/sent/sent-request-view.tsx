import { useState } from 'preact/hooks';
import type { Reply } from '@/lib/chat/types';
import { languageTag } from '@/lib/i18n/translate';
import { t } from '@/lib/i18n/translate-later';
import type { Panel } from '@/lib/panel/panel';
import { costOf, findPrice, pricesIn } from '@/lib/chat/prices';
import type { CutText, SentRequest } from '@/lib/panel/sent';
import { byteWords } from '../ui/byte-words';
import { CopyButton } from '../ui/copy-button';
import { failureSentence } from '../ui/failure-sentence';
import { hostOf } from '../ui/host-of';
import { timeWords } from '../ui/time-words';
import { tokensPerSecond } from './tokens-per-second';

export interface SentRequestProps {
  readonly request: SentRequest;
  readonly reply: Reply;
  readonly panel: Panel;
}

/** One request, from its first line to the bytes that came. */
export function SentRequestView({ request, reply, panel }: SentRequestProps) {
  const body = prettyBody(request.body);
  const headers = request.headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  return (
    <article class="sent-request">
      <h3>
        {request.method} {request.url.replace(/^https?:\/\//u, '')}
      </h3>
      <p class="hint">{shortFacts(request, reply).join(' · ')}</p>
      <dl class="sent-facts">
        {allFacts({ request, reply, panel }).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Part title={t('sentHeaders')} onCopy={() => panel.copy(headers)}>
        <pre>{headers}</pre>
        <p class="hint">{t('sentHeadersHint')}</p>
      </Part>
      {body !== '' && (
        <Part title={t('sentBody')} onCopy={() => panel.copy(body)}>
          <pre>{body}</pre>
        </Part>
      )}
      <Frames request={request} panel={panel} />
    </article>
  );
}

interface PartProps {
  readonly title: string;
  readonly onCopy: () => Promise<void>;
  readonly children: preact.ComponentChildren;
}

function Part({ title, onCopy, children }: PartProps) {
  return (
    <section class="sent-part" aria-label={title}>
      <header>
        <h4>{title}</h4>
        <CopyButton label={`${t('copy')}: ${title}`} onCopy={onCopy} />
      </header>
      {children}
    </section>
  );
}

/** What came, as it came: on demand, for it is long. */
function Frames({ request: { frames, bytesIn }, panel }: Pick<SentRequestProps, 'request' | 'panel'>) {
  const [isOpen, setIsOpen] = useState(false);
  if (frames.end === '') return null;
  const title = t('sentFrames');
  return (
    <details class="sent-frames" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && (
        <Part title={title} onCopy={() => panel.copy(frames.end)}>
          {frames.left > 0 && (
            <p class="hint">{t('framesCut', { kept: byteWords(bytesIn - frames.left), all: byteWords(bytesIn) })}</p>
          )}
          <pre>{frames.end}</pre>
        </Part>
      )}
    </details>
  );
}

/** The body as people read JSON; where a part is missing, as it is, with a line that says so. */
function prettyBody({ start, left, end }: CutText): string {
  if (left > 0) return `${start}\n\n${t('bodyCut', { count: left })}\n\n${end}`;
  try {
    return JSON.stringify(JSON.parse(start), null, 2);
  } catch {
    // It is no JSON.
    return start;
  }
}

/** As a headline: status, first token, tokens a second. */
function shortFacts(request: SentRequest, reply: Reply): readonly string[] {
  const { status, failure, url, firstTokenMs, endMs } = request;
  const rate = tokensPerSecond(request, reply);
  const outcome =
    failure === undefined
      ? t(endMs === undefined ? 'requestOpen' : 'requestStopped')
      : failureSentence({ kind: failure, host: hostOf(url) });
  return [
    status === undefined ? outcome : String(status),
    ...(firstTokenMs === undefined ? [] : [t('firstTokenAfter', { time: timeWords(firstTokenMs) })]),
    ...(rate === undefined ? [] : [t('tokensPerSecond', { count: rate })]),
  ];
}

function allFacts({ request, reply, panel }: SentRequestProps): readonly (readonly [string, string])[] {
  const { at, requestId, headersMs, firstTokenMs, endMs, bytesOut, bytesIn, usage } = request;
  const model = reply.fallback?.model.model ?? reply.servedBy ?? reply.model.model;
  const price = findPrice(pricesIn(panel.models.settings.value ?? {}), model);
  const cost = usage && price && costOf(usage, price);
  const after = (ms: number | undefined): string | undefined =>
    ms === undefined ? undefined : t('after', { time: timeWords(ms) });
  const tokens = [
    usage?.inputTokens === undefined ? '' : t('tokensIn', { count: usage.inputTokens }),
    usage?.outputTokens === undefined ? '' : t('tokensOut', { count: usage.outputTokens }),
    usage?.reasoningTokens === undefined ? '' : t('tokensReasoning', { count: usage.reasoningTokens }),
  ].filter((words) => words !== '');
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('sentAt'), new Date(at).toLocaleString(languageTag(), { dateStyle: 'medium', timeStyle: 'medium' })],
    [t('priceModel'), model || undefined],
    [t('headersCame'), after(headersMs)],
    [t('firstTokenCame'), after(firstTokenMs)],
    [t('endCame'), after(endMs)],
    [t('usage'), tokens.length === 0 ? undefined : tokens.join(' · ')],
    [t('cost'), cost === undefined ? undefined : t('costBy', { cost: costWords(cost) })],
    [t('bytes'), `${t('bytesOut', { bytes: byteWords(bytesOut) })} · ${t('bytesIn', { bytes: byteWords(bytesIn) })}`],
    [t('requestIdName'), requestId],
  ];
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined);
}

/** Small amounts keep their digits: an answer may cost a hundredth of a cent. */
function costWords(cost: number): string {
  return cost.toLocaleString(languageTag(), { maximumSignificantDigits: 3 });
}

import { describe, expect, it } from 'vitest';
import { pauseBeforeRetry } from '@/lib/engine/retry-policy';
import { errorsNow, providerErrors } from '@/tests/cases/provider-errors';
import { caseKey, type CaseWire } from '@/tests/cases/stream-case';
import { anEndpoint, anIo, aRequest, outcomeOf } from '@/tests/support/build-requests';
import { codeLinkAva, endpointOfWire, providerOfWire } from '@/tests/support/providers';

/** Everybody who can send them. */
const asked = [
  ...Object.entries(providerOfWire).map(([wire, provider]) => [provider, endpointOfWire(wire as CaseWire)] as const),
  [codeLinkAva, anEndpoint()] as const,
];

describe("the project's own HTTP errors", () => {
  it('are at least 90, each with a name of its own', () => {
    expect(new Set(providerErrors.map(({ id }) => id)).size).toBe(providerErrors.length);
    expect(providerErrors.length).toBeGreaterThanOrEqual(90);
  });

  it.each(providerErrors)('$id: $note', async ({ status, headers, body, expect: wanted }) => {
    for (const [provider, endpoint] of asked) {
      const answer = new Response(body, { status, headers });
      const io = anIo({ key: caseKey, now: () => errorsNow, fetch: () => Promise.resolve(answer) });
      const { failure } = await outcomeOf(provider.stream(aRequest(), endpoint, io));
      expect(failure).toMatchObject({ kind: wanted.kind, status });
      if (!failure) return;
      expect(failure.retryAfterMs).toBe(wanted.retryAfterMs);
      expect(pauseBeforeRetry(failure, 0, () => 0.5) !== undefined).toBe(wanted.retries);
      if (wanted.requestId !== undefined) expect(failure.requestId).toBe(wanted.requestId);
      const message = failure.message ?? '';
      if (wanted.says === '') expect(message).toBe('');
      else expect(message).toContain(wanted.says ?? '');
      expect(message.length).toBeLessThanOrEqual(500);
      expect(message).not.toMatch(/[{}]|<\/?[a-z!]/i);
      const shown = JSON.stringify(failure);
      const keys = [caseKey, encodeURIComponent(caseKey), caseKey.slice(0, 8), caseKey.slice(-8)];
      for (const words of [...keys, ...(wanted.mustNotShow ?? [])]) expect(shown).not.toContain(words);
    }
  });
});

/**
 * A host that redirects gets the key and the question that were meant for it; the host it points to gets neither. Every
 * redirect by every header that a key goes in. (The browser by itself would drop `Authorization` only.)
 */
import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { after, before, test } from 'node:test';
import { fillField } from '../support/browser/fill-field.ts';
import type { Surface } from '../support/browser/surface.ts';
import {
  modelOf,
  redirectStatuses,
  startRedirectingServer,
  type RedirectingServer,
} from '../support/start-redirecting-server.ts';
import { askAnew, seeEnd } from '../faults/browser-acts.ts';
import { chooseByLine, say } from './own-line.ts';
import { openProviderForm, submitButton, waitForCard } from './provider-form.ts';
import { forEachBrowser, startSession } from './session.ts';

interface KeyHeader {
  readonly header: 'authorization' | 'x-api-key' | 'api-key' | 'x-goog-api-key';
  readonly providerId: string;
  readonly path: string;
  /** How a key comes into that header: the form's own field, or the extra headers of a gateway. */
  readonly field: 'key' | 'headers';
}

const keyHeaders: readonly KeyHeader[] = [
  { header: 'authorization', providerId: 'openai-compatible', path: '/bearer/v1', field: 'key' },
  { header: 'x-api-key', providerId: 'anthropic', path: '/anthropic/v1', field: 'key' },
  { header: 'api-key', providerId: 'openai-compatible', path: '/gateway/v1', field: 'headers' },
  { header: 'x-goog-api-key', providerId: 'google', path: '/gemini/v1beta', field: 'key' },
];

const keyOf = (header: string): string => `planted-${header}-4711`;

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });
  let server: RedirectingServer;
  let panel: Surface;
  const endpoints = new Map<string, string>();
  before(async () => {
    server = await startRedirectingServer();
    // The other host, too: nothing but our own refusal is in the way.
    await session.browser.grantOrigins(['http://127.0.0.1/*', 'http://localhost/*']);
    for (const { header, providerId, path, field } of keyHeaders) {
      const options = await openProviderForm(session.browser, `add/${providerId}`);
      await fillField(options, 'label', header);
      await fillField(options, 'baseUrl', `${server.url}${path}`);
      await fillField(options, field, field === 'key' ? keyOf(header) : `${header}: ${keyOf(header)}`);
      await options.click(submitButton);
      endpoints.set(header, await waitForCard(options, header, 'ok'));
      await options.close();
    }
    await session.browser.firstTab.bringToFront();
    panel = await session.browser.openPanel();
  });
  after(() => server.close());

  for (const { header } of keyHeaders) {
    test(`${header}: of a question that is redirected, nothing reaches the other host`, async () => {
      for (const status of redirectStatuses) {
        await chooseByLine(panel, endpoints.get(header) ?? '', modelOf(status));
        const question = `Is ${status} by ${header} a secret?`;
        const reply = await seeEnd(panel, await askAnew(panel, question));
        assert.equal(reply.failure, 'redirect', question);
      }
      const asked = server.requests.filter(({ method, headers }) => method === 'POST' && carries(headers, header));
      assert.equal(asked.length, redirectStatuses.length, 'the host itself was asked, with the key');
      assert.deepEqual(server.other, { connections: 0, bytes: 0 });
    });

    test(`${header}: of a list of models that is redirected, nothing reaches the other host`, async () => {
      const endpointId = endpoints.get(header) ?? '';
      for (const status of redirectStatuses) {
        server.listStatus = status;
        const { failure } = await say(panel, [{ type: 'list-models', endpointId, fresh: true }], 'models');
        assert.equal(failure?.kind, 'redirect', `${status} by ${header}`);
      }
      server.listStatus = undefined;
      assert.deepEqual(server.other, { connections: 0, bytes: 0 });
    });
  }
});

function carries(headers: IncomingHttpHeaders, header: string): boolean {
  return [headers[header]].flat().some((value) => value?.endsWith(keyOf(header)));
}

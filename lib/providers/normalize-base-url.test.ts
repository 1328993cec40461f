import { describe, expect, it } from 'vitest';
import { anthropic } from './anthropic';
import { azureOpenai } from './azure-openai';
import { codeLinkAva } from './codelink-ava';
import { google } from './google';
import { type BaseUrlRefusal, type BaseUrlWarning, normalizeBaseUrl } from './normalize-base-url';
import { ollama } from './ollama';
import { openai } from './openai';
import { openaiCompatible } from './openai-compatible';
import { perplexity } from './perplexity';
import type { Preset } from './provider';

/** What is typed, and the address that it is. */
type Accepted = readonly [typed: string, url: string];

const accepted: readonly Accepted[] = [
  // Without a scheme, and with half of one
  ['api.example.com/v1', 'https://api.example.com/v1'],
  ['//api.example.com/v1', 'https://api.example.com/v1'],
  ['https:api.example.com/v1', 'https://api.example.com/v1'],
  ['http:/localhost:11434', 'http://localhost:11434'],
  [String.raw`http:\\localhost\v1`, 'http://localhost/v1'],
  // Space, unseen characters, quotes, case
  [' https://API.example.com/v1/ ', 'https://api.example.com/v1'],
  ['\u00a0https://api.example.com/v1\u200b\n', 'https://api.example.com/v1'],
  ['"http://127.0.0.1:8080"', 'http://127.0.0.1:8080'],
  ['<https://api.example.com/v1>', 'https://api.example.com/v1'],
  ['HTTPS://API.EXAMPLE.COM/V1', 'https://api.example.com/V1'],
  ['HTTP://LocalHost:1234', 'http://localhost:1234'],
  // Paths
  ['https://api.example.com', 'https://api.example.com'],
  ['https://api.example.com/v1/chat/completions', 'https://api.example.com/v1'],
  ['https://api.example.com/v1//chat/completions/', 'https://api.example.com/v1'],
  ['https://api.example.com/v1/completions', 'https://api.example.com/v1'],
  ['https://api.example.com/v1/responses', 'https://api.example.com/v1'],
  ['https://api.example.com/v1/messages', 'https://api.example.com/v1'],
  ['https://api.example.com/v1/models', 'https://api.example.com/v1'],
  ['https://api.example.com/v1beta/models/gemini-x:generateContent', 'https://api.example.com/v1beta'],
  ['https://api.example.com/models/llama', 'https://api.example.com/models/llama'],
  ['https://api.example.com/api/paas/v4/chat/completions', 'https://api.example.com/api/paas/v4'],
  ['https://gateway.example.com/team%20a/openai', 'https://gateway.example.com/team%20a/openai'],
  ['https://gateway.example.com/a/../v1', 'https://gateway.example.com/v1'],
  ['http://localhost:11434/api/chat', 'http://localhost:11434'],
  ['http://localhost:11434/api/generate', 'http://localhost:11434'],
  ['http://localhost:11434/api/tags', 'http://localhost:11434'],
  // Fragments, and a question that asks nothing
  ['https://api.example.com/v1/models#x', 'https://api.example.com/v1'],
  ['https://api.example.com/v1?', 'https://api.example.com/v1'],
  // Ports
  ['https://api.example.com:8443/', 'https://api.example.com:8443'],
  ['api.example.com:8443', 'https://api.example.com:8443'],
  ['https://api.example.com:443/v1', 'https://api.example.com/v1'],
  ['http://localhost:80', 'http://localhost'],
  ['localhost:443', 'http://localhost:443'],
  ['localhost:1337/v1', 'http://localhost:1337/v1'],
  ['https://localhost:8443', 'https://localhost:8443'],
  // This machine, in all its names
  ['localhost', 'http://localhost'],
  ['127.0.0.1:11434', 'http://127.0.0.1:11434'],
  ['127.1', 'http://127.0.0.1'],
  ['http://0x7f.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['0.0.0.0:11434', 'http://127.0.0.1:11434'],
  ['http://[::]:11434', 'http://[::1]:11434'],
  ['http://[::1]:8080/v1', 'http://[::1]:8080/v1'],
  ['[0:0:0:0:0:0:0:1]:8080', 'http://[::1]:8080'],
  ['http://[::ffff:127.0.0.1]', 'http://[::ffff:7f00:1]'],
  ['ava.localhost:8080', 'http://ava.localhost:8080'],
  ['localhost.:8080', 'http://localhost:8080'],
  // Elsewhere, by https
  ['172.32.0.1', 'https://172.32.0.1'],
  ['[2001:DB8::1]:8443', 'https://[2001:db8::1]:8443'],
  ['https://192.168.1.5:8443/v1', 'https://192.168.1.5:8443/v1'],
  ['https://api.example.com./v1', 'https://api.example.com/v1'],
  ['https://localhost.example.com', 'https://localhost.example.com'],
];

const warnedOf: readonly (readonly [BaseUrlWarning, string, string])[] = [
  ['network-http', 'http://10.1.2.3', 'http://10.1.2.3'],
  ['network-http', '172.31.0.1', 'http://172.31.0.1'],
  ['network-http', 'http://192.168.1.5:8080/v1', 'http://192.168.1.5:8080/v1'],
  ['network-http', 'http://100.100.1.1', 'http://100.100.1.1'],
  ['network-http', 'http://169.254.7.7', 'http://169.254.7.7'],
  ['network-http', '[fd00::1]', 'http://[fd00::1]'],
  ['network-http', 'http://[fe80::1]', 'http://[fe80::1]'],
  ['network-http', 'http://[::ffff:192.168.0.1]', 'http://[::ffff:c0a8:1]'],
  ['network-http', 'gpu-box:8000', 'http://gpu-box:8000'],
  ['network-http', 'http://my_server:8000', 'http://my_server:8000'],
  ['network-http', 'http://server.local', 'http://server.local'],
  ['network-http', 'router.lan:4000', 'http://router.lan:4000'],
  ['network-http', 'host.docker.internal:1234', 'http://host.docker.internal:1234'],
  ['network-http', 'nas.home.arpa', 'http://nas.home.arpa'],
  ['foreign-letters', 'https://пример.рф/v1', 'https://xn--e1afmkfd.xn--p1ai/v1'],
  ['foreign-letters', 'https://аpi.example.com', 'https://xn--pi-6kc.example.com'],
  ['foreign-letters', 'https://xn--bcher-kva.example/v1', 'https://xn--bcher-kva.example/v1'],
];

const refused: readonly (readonly [BaseUrlRefusal, string])[] = [
  ['empty', ''],
  ['empty', '  '],
  ['empty', '""'],
  ['not-an-address', 'not an address'],
  ['not-an-address', 'https://api.example.com /v1'],
  ['not-an-address', 'https://'],
  ['not-an-address', ':11434'],
  ['not-an-address', 'https://https://api.example.com'],
  ['not-an-address', 'https://*.example.com'],
  ['not-an-address', 'https://*/v1'],
  ['not-an-address', 'https://api.example.com:99999'],
  ['not-an-address', 'http://256.1.1.1'],
  ['not-an-address', '::1'],
  ['not-an-address', 'http://[fe80::1%25eth0]'],
  ['scheme', 'ftp://example.com'],
  ['scheme', 'wss://api.example.com/v1'],
  ['scheme', 'javascript:alert(1)'],
  ['scheme', 'data:text/html,x'],
  ['scheme', 'file:///etc/passwd'],
  ['scheme', 'chrome-extension://abcdef/options.html'],
  ['public-http', 'http://api.example.com/v1'],
  ['public-http', 'http://8.8.8.8'],
  ['public-http', 'http://172.15.0.1'],
  ['public-http', 'http://192.169.0.1'],
  ['public-http', 'http://100.128.0.1'],
  ['public-http', 'http://127.0.0.1.example.com'],
  ['public-http', 'http://local.example.com'],
  ['public-http', 'http://[2001:db8::1]'],
  ['public-http', 'http://[::ffff:8.8.8.8]'],
  ['credentials', 'https://user:secret@api.example.com'],
  ['credentials', 'user:secret@api.example.com'],
  ['credentials', 'https://key@api.example.com/v1'],
  ['credentials', 'https://api.example.com@evil.example'],
  ['query', 'https://api.example.com/v1?api-version=1'],
  ['query', 'https://api.example.com/v1/chat/completions?key=x'],
];

/** What a host alone, or a pasted address, becomes for a provider. */
const byProvider: readonly (readonly [Preset, string, string])[] = [
  [openai, '127.0.0.1:11434', 'http://127.0.0.1:11434/v1'],
  [openai, '127.0.0.1:11434/x', 'http://127.0.0.1:11434/x'],
  [ollama, '127.0.0.1:11434', 'http://127.0.0.1:11434'],
  [anthropic, 'https://gateway.example.com', 'https://gateway.example.com/v1'],
  [google, 'gateway.example.com', 'https://gateway.example.com/v1beta'],
  [perplexity, 'https://api.perplexity.ai/chat/completions', 'https://api.perplexity.ai'],
  [openaiCompatible, '127.0.0.1:11434', 'http://127.0.0.1:11434'],
  [azureOpenai, 'https://x.openai.azure.com/', 'https://x.openai.azure.com/openai/v1'],
  [azureOpenai, 'https://x.openai.azure.com/openai/v1/chat/completions', 'https://x.openai.azure.com/openai/v1'],
  [
    azureOpenai,
    'https://x.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
    'https://x.openai.azure.com/openai/v1',
  ],
];

describe('normalizeBaseUrl', () => {
  it('is shown at least sixty forms', () => {
    expect(accepted.length + warnedOf.length + refused.length + byProvider.length).toBeGreaterThanOrEqual(60);
  });

  it.each(accepted)('makes of %s the address %s', (typed, url) => {
    expect(normalizeBaseUrl(typed)).toEqual({ ok: true, url, origin: accessOf(url) });
    expect(normalizeBaseUrl(url)).toEqual({ ok: true, url, origin: accessOf(url) });
  });

  it.each(warnedOf)('warns with %s of %s', (warning, typed, url) => {
    const wanted = { ok: true, url, origin: accessOf(url), warning };
    expect(normalizeBaseUrl(typed)).toEqual(wanted);
    expect(normalizeBaseUrl(url)).toEqual(wanted);
  });

  it.each(refused)('refuses with %s: %s', (reason, typed) => {
    expect(normalizeBaseUrl(typed)).toEqual({ ok: false, reason });
  });

  it.each(byProvider)('for $label makes of %s the address %s', (provider, typed, url) => {
    expect(normalizeBaseUrl(typed, provider)).toMatchObject({ ok: true, url });
  });

  it.each([
    ['http://localhost:11434', 'http://localhost/*'],
    ['https://api.example.com:8443/v1', 'https://api.example.com/*'],
    ['http://[::]:11434', 'http://[::1]/*'],
    ['https://api.example.com./v1', 'https://api.example.com/*'],
  ])('asks for %s to be given access to %s, which has no port', (typed, origin) => {
    expect(normalizeBaseUrl(typed)).toMatchObject({ origin });
  });

  it('leaves the deployments of all others than Azure as they are', () => {
    const address = 'https://gateway.example.com/openai/deployments/gpt-4o';
    expect(normalizeBaseUrl(address, azureOpenai)).toMatchObject({ url: address });
  });

  it('leaves path and query of an address that is posted to as it is', () => {
    const address = 'http://127.0.0.1:8787/api/chat/completions?n=1';
    expect(normalizeBaseUrl(address, codeLinkAva)).toMatchObject({ url: address, origin: 'http://127.0.0.1/*' });
    expect(normalizeBaseUrl(codeLinkAva.baseUrl, codeLinkAva)).toMatchObject({ url: codeLinkAva.baseUrl });
  });
});

/** A match pattern has no port. */
function accessOf(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}

import { describe, expect, it } from 'vitest';
import { codeLinkAva } from './codelink-ava';
import { normalizeBaseUrl, type BaseUrlRefusal } from './normalize-base-url';
import { google } from './google';
import { ollama } from './ollama';
import { openai } from './openai';
import { openaiCompatible } from './openai-compatible';

describe('normalizeBaseUrl', () => {
  it.each<readonly [string, string, string]>([
    ['api.example.com/v1', 'https://api.example.com/v1', 'https://api.example.com/*'],
    [' https://API.example.com/v1/ ', 'https://api.example.com/v1', 'https://api.example.com/*'],
    ['https://api.example.com/v1/chat/completions', 'https://api.example.com/v1', 'https://api.example.com/*'],
    ['https://api.example.com/v1//chat/completions/', 'https://api.example.com/v1', 'https://api.example.com/*'],
    ['https://api.example.com/v1/completions', 'https://api.example.com/v1', 'https://api.example.com/*'],
    ['https://api.example.com/v1/responses', 'https://api.example.com/v1', 'https://api.example.com/*'],
    ['https://api.example.com/v1/messages', 'https://api.example.com/v1', 'https://api.example.com/*'],
    ['http://localhost:11434/api/chat', 'http://localhost:11434', 'http://localhost/*'],
    ['http://localhost:11434/api/tags', 'http://localhost:11434', 'http://localhost/*'],
    ['https://api.example.com/v1/models#x', 'https://api.example.com/v1', 'https://api.example.com/*'],
    ['https://api.example.com:8443/', 'https://api.example.com:8443', 'https://api.example.com/*'],
    ['api.example.com:8443', 'https://api.example.com:8443', 'https://api.example.com/*'],
    ['localhost:1337/v1', 'http://localhost:1337/v1', 'http://localhost/*'],
    ['localhost:443', 'http://localhost:443', 'http://localhost/*'],
    ['https://localhost:8443', 'https://localhost:8443', 'https://localhost/*'],
    ['127.0.0.1:11434', 'http://127.0.0.1:11434', 'http://127.0.0.1/*'],
    ['127.1', 'http://127.0.0.1', 'http://127.0.0.1/*'],
    ['http://10.1.2.3', 'http://10.1.2.3', 'http://10.1.2.3/*'],
    ['172.31.0.1', 'http://172.31.0.1', 'http://172.31.0.1/*'],
    ['172.32.0.1', 'https://172.32.0.1', 'https://172.32.0.1/*'],
    ['http://192.168.1.5:8080/v1', 'http://192.168.1.5:8080/v1', 'http://192.168.1.5/*'],
    ['http://100.100.1.1', 'http://100.100.1.1', 'http://100.100.1.1/*'],
    ['http://[::1]:8080/v1', 'http://[::1]:8080/v1', 'http://[::1]/*'],
    ['[fd00::1]', 'http://[fd00::1]', 'http://[fd00::1]/*'],
    ['http://[fe80::1]', 'http://[fe80::1]', 'http://[fe80::1]/*'],
    ['http://[::ffff:192.168.0.1]', 'http://[::ffff:c0a8:1]', 'http://[::ffff:c0a8:1]/*'],
    ['gpu-box:8000', 'http://gpu-box:8000', 'http://gpu-box/*'],
    ['http://server.local', 'http://server.local', 'http://server.local/*'],
    ['nas.home.arpa', 'http://nas.home.arpa', 'http://nas.home.arpa/*'],
    ['//api.example.com/v1', 'https://api.example.com/v1', 'https://api.example.com/*'],
    ['https://пример.рф/v1', 'https://xn--e1afmkfd.xn--p1ai/v1', 'https://xn--e1afmkfd.xn--p1ai/*'],
  ])('makes of %s the address %s', (input, url, origin) => {
    expect(normalizeBaseUrl(input)).toEqual({ ok: true, url, origin });
    expect(normalizeBaseUrl(url)).toEqual({ ok: true, url, origin });
  });

  it.each<readonly [BaseUrlRefusal, string]>([
    ['empty', '  '],
    ['not-an-address', 'not an address'],
    ['not-an-address', 'https://'],
    ['not-an-address', 'https://https://api.example.com'],
    ['not-an-address', 'https://*.example.com'],
    ['not-an-address', 'https://*/v1'],
    ['scheme', 'ftp://example.com'],
    ['scheme', 'javascript:alert(1)'],
    ['scheme', 'file:///etc/passwd'],
    ['public-http', 'http://api.example.com/v1'],
    ['public-http', 'http://8.8.8.8'],
    ['public-http', 'http://127.0.0.1.example.com'],
    ['public-http', 'http://[2001:db8::1]'],
    ['credentials', 'https://user:secret@api.example.com'],
    ['credentials', 'user:secret@api.example.com'],
    ['query', 'https://api.example.com/v1?api-version=1'],
  ])('refuses with %s: %s', (reason, input) => {
    expect(normalizeBaseUrl(input)).toEqual({ ok: false, reason });
  });

  it("gives a host alone the provider's usual path, and leaves every other path", () => {
    expect(normalizeBaseUrl('127.0.0.1:11434', openai)).toMatchObject({ url: 'http://127.0.0.1:11434/v1' });
    expect(normalizeBaseUrl('127.0.0.1:11434/x', openai)).toMatchObject({ url: 'http://127.0.0.1:11434/x' });
    expect(normalizeBaseUrl('127.0.0.1:11434', ollama)).toMatchObject({ url: 'http://127.0.0.1:11434' });
    expect(normalizeBaseUrl('gateway.example.com', google)).toMatchObject({
      url: 'https://gateway.example.com/v1beta',
    });
    expect(normalizeBaseUrl('127.0.0.1:11434', openaiCompatible)).toMatchObject({ url: 'http://127.0.0.1:11434' });
  });

  it('leaves path and query of an address that is posted to as it is', () => {
    const address = 'http://127.0.0.1:8787/api/chat/completions?n=1';
    expect(normalizeBaseUrl(address, codeLinkAva)).toMatchObject({ url: address, origin: 'http://127.0.0.1/*' });
    expect(normalizeBaseUrl(codeLinkAva.baseUrl, codeLinkAva)).toMatchObject({ url: codeLinkAva.baseUrl });
  });
});

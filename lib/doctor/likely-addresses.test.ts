import { expect, test } from 'vitest';
import { likelyAddresses } from './likely-addresses';

test.each([
  ['http://127.0.0.1:8080', '', 'http://127.0.0.1:8080/v1'],
  ['http://127.0.0.1:11434/api/generate', 'http://127.0.0.1:11434', 'http://127.0.0.1:11434'],
  ['https://gateway.example/team', '', 'https://gateway.example/team/v1'],
  ['https://api.example.com/v2', 'https://api.example.com/v1', 'https://api.example.com/v1'],
])('of %s (usually %j) the likeliest other address is %s', (baseUrl, usual, likely) => {
  expect(likelyAddresses(baseUrl, usual)[0]).toBe(likely);
});

test('none is the address itself, none is named twice, and none leaves the origin', () => {
  for (const path of ['', '/v1', '/api', '/a/b/c']) {
    const addresses = likelyAddresses(`https://api.example.com:8443${path}`, 'https://other.example/v1');
    expect(addresses).not.toContain(`https://api.example.com:8443${path}`);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.length).toBeLessThanOrEqual(8);
    for (const address of addresses) expect(new URL(address).origin).toBe('https://api.example.com:8443');
  }
});

import { describe, expect, test } from 'vitest';
import { findRequests } from './support/checks/find-requests.ts';

describe('what could make a request is found', () => {
  test.each([
    ['fetch("/")', ['fetch']],
    ['const get = fetch; get("/")', ['fetch']],
    ['call(fetch)', ['fetch']],
    ['({ fetch })', ['fetch']],
    ['const { fetch: get } = globalThis', []],
    ['self.fetch("/")', ['self.fetch']],
    ['window["fetch"]("/")', ['window.fetch']],
    ['globalThis[`XMLHttpRequest`]', ['globalThis.XMLHttpRequest']],
    ['new XMLHttpRequest()', ['XMLHttpRequest']],
    ['new WebSocket("wss://h"), new EventSource("/")', ['WebSocket', 'EventSource']],
    ['navigator.sendBeacon("/", text)', ['sendBeacon']],
    ['const { sendBeacon } = navigator', []],
    ['if (one) { const fetch = two; } fetch("/")', ['fetch']],
    ['function inner(fetch) {} fetch("/")', ['fetch']],
    ['`${fetch("/")}`', ['fetch']],
    ['importScripts("/x.js"), new Worker("/x.js")', ['importScripts', 'Worker']],
    ['class A { field = fetch }', ['fetch']],
    ['class A { [fetch] = 1 }', ['fetch']],
  ])('%s', (code, found) => {
    expect(findRequests(code)).toEqual(found);
  });
});

describe('what only has such a name is none', () => {
  test.each([
    'io.fetch("/")',
    'function ask(fetch) { fetch("/") }',
    'const ask = ({ fetch, url: [first] }) => fetch(first)',
    'const ask = (...fetch) => fetch[0]',
    'const ask = (fetch = none) => fetch()',
    'import { fetch } from "./x"; fetch("/")',
    'export const fetch = 1; fetch()',
    'function fetch() {} fetch()',
    'try {} catch (fetch) { fetch() }',
    'for (const fetch of all) fetch()',
    'for (let fetch = 0; fetch < 1;) fetch += 1',
    'switch (one) { case 1: const fetch = 1; fetch() }',
    '({ fetch: 1, fetchLater() {} })',
    'fetch: for (;;) break fetch',
    'class A { fetch() {} }',
    'function f(self) { self.fetch() }',
    '"fetch(1)" // fetch(2)',
  ])('%s', (code) => {
    expect(findRequests(code)).toEqual([]);
  });

  test.each(['interface A { fetch: typeof fetch }', 'type A = typeof fetch', 'declare function importScripts(): void'])(
    'in a type: %s',
    (code) => {
      expect(findRequests(code, 'ts')).toEqual([]);
    },
  );

  test('but what stands beside a type is read', () => {
    expect(findRequests('(fetch as Get)("/"); fetch!("/"); const a: A = <b>{fetch("/")}</b>', 'tsx')).toEqual([
      'fetch',
      'fetch',
      'fetch',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { createHighlighter } from './create-highlighter';
import { fileEndingOf, findLanguage, languages } from './languages';

describe('the languages', () => {
  it('are found by their usual names', () => {
    const usual = {
      javascript: 'js javascript jsx mjs JS',
      typescript: 'ts tsx typescript',
      python: 'py python python3',
      bash: 'sh bash zsh',
      shell: 'console shell',
      yaml: 'yml yaml',
      cpp: 'c++ cpp cc hpp',
      csharp: 'cs c# csharp',
      fsharp: 'f# fs',
      xml: 'html xml svg vue',
      ini: 'toml ini',
      sql: 'sql mysql sqlite',
      pgsql: 'postgres postgresql',
      dockerfile: 'docker Dockerfile',
      makefile: 'make Makefile',
      powershell: 'ps1 pwsh',
      rust: 'rs rust',
      go: 'golang go',
      kotlin: 'kt kotlin',
      ruby: 'rb ruby',
      markdown: 'md markdown',
      objectivec: 'objc objective-c',
      json: 'json jsonc',
      diff: 'patch diff',
      nginx: 'nginx',
      c: 'c h',
    };
    for (const [id, names] of Object.entries(usual)) {
      for (const name of names.split(' ')) expect([name, findLanguage(name)?.id]).toEqual([name, id]);
    }
    expect(languages.length).toBeGreaterThanOrEqual(35);
    for (const unknown of ['', 'constructor', '__proto__', 'no such language'])
      expect(findLanguage(unknown)).toBe(undefined);
  });

  it('have each name once, a grammar that can be fetched, and known languages within', async () => {
    const all = languages.flatMap(({ id, names }) => [id, ...names.filter((name) => name !== '')]);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
    const ids = new Set(languages.map(({ id }) => id));
    const highlighter = createHighlighter();
    for (const { id, within, loadGrammar } of languages) {
      expect(within.filter((other) => !ids.has(other))).toEqual([]);
      highlighter.addGrammar(id, (await loadGrammar()).default);
      const text = `a "b" 1 # c\n-- d\n`;
      expect(
        highlighter
          .highlight(id, text)
          .stretches.map((stretch) => stretch.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('name the endings of their files', () => {
    const endings = [
      'py',
      'python',
      'tsx',
      'TypeScript',
      'c++',
      'html',
      'yml',
      'sh',
      'toml',
      'mermaid',
      '',
      '../x',
    ].map((name) => fileEndingOf(name));
    expect(endings).toEqual(['py', 'py', 'tsx', 'ts', 'cpp', 'html', 'yaml', 'sh', 'toml', 'mmd', 'txt', 'txt']);
  });
});

// @vitest-environment happy-dom
// @vitest-environment-options {"settings": {"disableIframePageLoading": true}}
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { diagramVersion } from '@/lib/diagram/messages';
import { markdownLabels as labels } from '../testing/markdown-labels';
import Markdown from './markdown';

/** Every beginning is drawn: the pace is tested on its own. */
vi.mock('./use-paced-text', () => ({ usePacedText: (text: string) => text }));

const saved: (readonly [string, string])[] = [];
/** Tells the observers that what they look at is in view. */
let comeIntoView: () => void = () => {};

beforeEach(() => {
  saved.length = 0;
  const waiting: (() => void)[] = [];
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      private readonly tell: () => void;
      constructor(tell: (entries: readonly { isIntersecting: boolean }[]) => void) {
        this.tell = () => tell([{ isIntersecting: true }]);
      }
      observe(): void {
        waiting.push(this.tell);
      }
      disconnect(): void {}
    },
  );
  comeIntoView = () => {
    void act(() => {
      for (const tell of waiting) tell();
    });
  };
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function markdown(text: string, streaming = false) {
  return (
    <Markdown
      text={text}
      streaming={streaming}
      labels={labels}
      onCopy={() => Promise.resolve()}
      onDownload={(name, code) => void saved.push([name, code])}
    />
  );
}

function coloured(container: Element): Promise<Element> {
  return waitFor(() => {
    const found = container.querySelector('.code-lines > span');
    if (!found) throw new Error('no colours');
    return found;
  });
}

it('code has no colours until it is near what is seen', async () => {
  const { container } = render(markdown('```ts\nconst a = 1;\n```'));
  expect(container.querySelector('.code-lines > span')).toBeNull();
  comeIntoView();
  expect((await coloured(container)).className).toBe('code-keyword');
  expect(container.querySelector('pre')?.textContent).toBe('const a = 1;');
});

it('full chunks keep their elements from their first colours to the end of the answer', async () => {
  const lines = Array.from({ length: 100 }, (_, line) => `const a${line} = '<b>';\n`);
  const shown = render(markdown(`\`\`\`js\n${lines.slice(0, 70).join('')}`, true));
  comeIntoView();
  await coloured(shown.container);
  const nodes = [...shown.container.querySelectorAll('.code-lines')]
    .slice(0, 2)
    .flatMap((chunk) => [...chunk.childNodes]);
  expect(nodes.length).toBeGreaterThan(100);
  for (let line = 71; line <= 100; line += 1) {
    shown.rerender(markdown(`\`\`\`js\n${lines.slice(0, line).join('')}`, true));
  }
  shown.rerender(markdown(`\`\`\`js\n${lines.join('')}\`\`\`\n`, true));
  shown.rerender(markdown(`\`\`\`js\n${lines.join('')}\`\`\`\n`, false));
  const after = [...shown.container.querySelectorAll('.code-lines')]
    .slice(0, 2)
    .flatMap((chunk) => [...chunk.childNodes]);
  expect(after.length).toBe(nodes.length);
  expect(after.every((node, index) => node === nodes[index])).toBe(true);
  const code = lines.join('');
  expect(shown.container.querySelector('pre')?.textContent).toBe(code.slice(0, -1));
});

it('code of a language that is not known is plain text', async () => {
  const { container } = render(markdown('```no-such-language\nconst a = 1;\n```'));
  comeIntoView();
  await screen.findByRole('button', { name: 'Download code' });
  expect(container.querySelector('.code-lines')?.innerHTML).toBe('const a = 1;');
});

it('code is saved under a name that fits its language, exactly as it stands', async () => {
  render(markdown('```python\nprint("<b>")\n\n```\n\n```\nplain\n```'));
  comeIntoView();
  const buttons = await screen.findAllByRole('button', { name: 'Download code' });
  for (const button of buttons) fireEvent.click(button);
  expect(saved).toEqual([
    ['code.py', 'print("<b>")\n'],
    ['code.txt', 'plain'],
  ]);
});

it('long lines break while the switch is on', async () => {
  const { container } = render(markdown('```ts\nlet a;\n```'));
  comeIntoView();
  const button = await screen.findByRole('button', { name: 'Wrap long lines' });
  expect(button.getAttribute('aria-pressed')).toBe('false');
  fireEvent.click(button);
  expect(button.getAttribute('aria-pressed')).toBe('true');
  expect(container.querySelector('pre.code-wrapped')).not.toBeNull();
  fireEvent.click(button);
  expect(container.querySelector('pre.code-wrapped')).toBeNull();
});

it('a diagram is drawn once its fence is closed, or its answer has ended', async () => {
  const shown = render(markdown('```mermaid\npie\n', true));
  comeIntoView();
  await screen.findByRole('button', { name: 'Download code' });
  expect(shown.container.querySelector('iframe')).toBeNull();
  shown.rerender(markdown('```mermaid\npie\n', false));
  comeIntoView();
  const frame = shown.container.querySelector('iframe');
  expect(frame?.getAttribute('sandbox')).toBe('allow-scripts');
  expect(frame?.getAttribute('src')).toBe('/diagram.html');
  cleanup();
  const closed = render(markdown('```mermaid\npie\n```\n', true));
  comeIntoView();
  comeIntoView();
  expect(closed.container.querySelector('iframe')).not.toBeNull();
});

it('a diagram takes the place of its source when its own frame has drawn it, and gives it back', async () => {
  const { container } = render(markdown('```mermaid\npie\n```'));
  comeIntoView();
  const frame = await waitFor(() => {
    comeIntoView();
    const found = container.querySelector('iframe');
    if (!found) throw new Error('no frame');
    return found;
  });
  const isSourceShown = (): boolean => container.querySelector('pre')?.hidden === false;
  const own = { postMessage: () => {} } as unknown as Window;
  Object.defineProperty(frame, 'contentWindow', { value: own });
  const say = (data: unknown, source: unknown = own, origin = 'null'): void => {
    void act(() => {
      window.dispatchEvent(Object.assign(new Event('message'), { data, source, origin }));
    });
  };
  const drawn = { version: diagramVersion, type: 'drawn', height: 120 };
  say(drawn, window);
  say(drawn, null);
  say(drawn, own, 'https://a.example');
  say({ ...drawn, version: 0 });
  expect(isSourceShown()).toBe(true);
  say(drawn);
  expect(isSourceShown()).toBe(false);
  expect(frame.getAttribute('height')).toBe('120');
  expect(container.querySelector('figure')?.getAttribute('aria-label')).toBe('Diagram');
  expect(frame.title).toBe('Diagram');
  say({ ...drawn, height: 1e9 });
  expect(Number(frame.getAttribute('height'))).toBeLessThan(3_000);

  fireEvent.click(screen.getByRole('button', { name: 'Show the source of the diagram' }));
  expect(isSourceShown()).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Show the source of the diagram' }));
  expect(isSourceShown()).toBe(false);
  say({ version: diagramVersion, type: 'failed' });
  expect(isSourceShown()).toBe(true);
});

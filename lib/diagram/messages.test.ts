import { expect, it } from 'vitest';
import { diagramVersion as version, readFromDiagram, readToDiagram } from './messages';

it('messages of another version or shape are not read', () => {
  const draw = { version, type: 'draw', source: 'pie', theme: 'dark' };
  expect(readToDiagram(draw)).toEqual(draw);
  const drawn = { version, type: 'drawn', height: 3 };
  expect(readFromDiagram(drawn)).toEqual(drawn);
  expect(readFromDiagram({ version, type: 'failed', more: 1 })).toEqual({ version, type: 'failed' });
  for (const wrong of [
    null,
    'draw',
    [],
    {},
    { ...draw, version: 2 },
    { ...draw, source: 1 },
    { ...draw, theme: 'red' },
    { ...drawn, version: '1' },
    { ...drawn, height: '3' },
    { ...drawn, height: Infinity },
    { ...drawn, type: 'navigate' },
  ]) {
    expect([readToDiagram(wrong), readFromDiagram(wrong)]).toEqual([undefined, undefined]);
  }
});

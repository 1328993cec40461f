import { describe, expect, test } from 'vitest';
import type { ModelGroup } from '@/lib/panel/models';
import { endpoint } from '@/tests/support/build-chat';
import { nameOfEndpoint } from '../ui/name-of-endpoint';
import { offerModels } from './offered-models';

const group = (
  id: string,
  label: string,
  models: readonly string[],
  baseUrl = `https://${id}.example/v1`,
): ModelGroup => ({
  endpoint: endpoint({ id, label, baseUrl }),
  models: models.map((model) => ({ id: model })),
  isLoading: false,
  failure: null,
});
const ref = (endpointId: string, model: string) => ({ endpointId, model, label: model });

const groups = [
  group('home', 'OpenAI', ['gpt-5', 'gpt-5-mini', 'o3']),
  group('work', 'OpenAI at work', ['gpt-5', 'o3']),
];

/** Each group with its lines as `model@endpoint`, `+` for a name as it was typed. */
function offered(filter = '', favourites: readonly ReturnType<typeof ref>[] = [], recent = favourites.slice(0, 0)) {
  return offerModels(groups, { filter, favourites, recent })
    .filter(({ models }) => models.length > 0)
    .map(({ id, models }) => [
      id,
      ...models.map((line) => `${line.ref.model}@${line.ref.endpointId}${line.kind === 'typed' ? '+' : ''}`),
    ]);
}

describe('the list of models', () => {
  test('begins with the favourites, then the last used, then what each endpoint has, each model once', () => {
    expect(offered('', [ref('work', 'o3')], [ref('home', 'gpt-5'), ref('work', 'o3')])).toEqual([
      ['favourites', 'o3@work'],
      ['recent', 'gpt-5@home'],
      ['home', 'gpt-5-mini@home', 'o3@home'],
      ['work', 'gpt-5@work'],
    ]);
  });

  test('leaves out what is of an endpoint that is gone', () => {
    expect(offered('', [ref('gone', 'o3')]).map(([id]) => id)).toEqual(['home', 'work']);
  });

  test('keeps a favourite that no list has', () => {
    expect(offered('own', [ref('home', 'own')])).toEqual([
      ['favourites', 'own@home'],
      ['work', 'own@work+'],
    ]);
  });

  test('is filtered by the words of model and endpoint, in every group', () => {
    expect(offered('work o3', [ref('work', 'o3')], [ref('home', 'o3')])).toEqual([['favourites', 'o3@work']]);
    expect(offered('mini')).toEqual([
      ['home', 'gpt-5-mini@home', 'mini@home+'],
      ['work', 'mini@work+'],
    ]);
  });
});

describe('several endpoints of one vendor', () => {
  test('are told apart by their names, beside a favourite too', () => {
    const [favourites] = offerModels(groups, { filter: '', favourites: [ref('work', 'o3')], recent: [] });
    expect(favourites?.models).toMatchObject([{ place: 'OpenAI at work' }]);
    const [alone] = offerModels(groups.slice(1), { filter: '', favourites: [ref('work', 'o3')], recent: [] });
    expect(alone?.models).toMatchObject([{ place: '' }]);
  });

  test('are told apart by their hosts where the names are the same', () => {
    const same = [
      group('a', 'OpenAI', []),
      group('b', 'OpenAI', [], 'http://127.0.0.1:4000/v1'),
      group('c', 'Other', []),
    ];
    expect(['a', 'b', 'c', 'gone'].map((id) => nameOfEndpoint(same, id))).toEqual([
      'OpenAI (a.example)',
      'OpenAI (127.0.0.1:4000)',
      'Other',
      '',
    ]);
  });
});

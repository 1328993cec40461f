import type { KeyValue } from '@/lib/store/key-value';
import { type DiskFaultKind, type FaultyKeyValue, noSpace, quotaReached } from '../support/faulty-key-value';
import type { FullStore } from './full-store';

/** Something that is wrong with the storage when the background starts, and what the user is to find then. */
export interface StorageFault {
  readonly name: string;
  /** The conversation that is opened and asked in: a finished one, or one whose worker died in mid-answer. */
  readonly on: 'finished' | 'unfinished';
  /** Changes what lies on the disk; gives the keys it has changed or removed. */
  readonly damage?: (disk: KeyValue, full: FullStore) => Promise<readonly string[]>;
  /** What goes wrong from now on. */
  readonly inject?: (store: FaultyKeyValue, full: FullStore) => void;
  /** How much of that conversation is shown. Of `in part` the damaged keys are told. */
  readonly opens: 'whole' | 'in part' | 'refused' | 'read-only';
  /** Without settings there is no model to ask until one is set up. */
  readonly model: 'kept' | 'to be set up';
  /** The panel says that something is not being saved. */
  readonly tells: boolean;
  /** `until restart`: a record that could not be read when the worker started is not written while it lives. */
  readonly tellsUntil?: 'healed' | 'restart';
  /** The damaged record is left, or kept beside; `replaced`: it was made from others, or says nothing of its own. */
  readonly record?: 'kept' | 'replaced';
  /** Writes were acknowledged and are gone: nobody can know. */
  readonly losesAnswers?: boolean;
}

type Ask = (full: FullStore) => string;
const fine = { on: 'finished', opens: 'whole', model: 'kept', tells: false } as const;
const head: Ask = ({ finished }) => `chat/${finished}`;
const openHead: Ask = ({ unfinished }) => `chat/${unfinished}`;
const sealed =
  (at: number): Ask =>
  ({ finished, heads }) =>
    `chat/${finished}/${heads.get(finished)?.sealed.at(at)}`;
const open =
  (at: 'first' | 'last'): Ask =>
  ({ unfinished, heads }) => {
    const { first, count } = heads.get(unfinished)?.open ?? { first: 0, count: 0 };
    return `chat/${unfinished}/${at === 'first' ? first : first + count - 1}`;
  };
const named =
  (key: string): Ask =>
  () =>
    key;

const reject = (message: string): DiskFaultKind => ({ type: 'reject', message });
const hang: DiskFaultKind = { type: 'hang', happensAtLast: false };
const hangAndHappen: DiskFaultKind = { type: 'hang', happensAtLast: true };
const lose: DiskFaultKind = { type: 'lose' };
const slow: DiskFaultKind = { type: 'slow', ms: 3000 };
const writing = ['set', 'remove'] as const;

const change =
  (ask: Ask, next: (before: unknown) => unknown): NonNullable<StorageFault['damage']> =>
  async (disk, full) => {
    const key = ask(full);
    const before = (await disk.get([key]))[key];
    if (before === undefined) throw new Error(`there is no record ${key} to damage`);
    const after = next(before);
    await (after === undefined ? disk.remove([key]) : disk.set({ [key]: after }));
    return [key];
  };
const lost = (ask: Ask) => change(ask, () => undefined);
/** What is left of a value whose file was cut. */
const torn = (ask: Ask) =>
  change(ask, (before) => {
    const text = JSON.stringify(before);
    return text.slice(0, Math.floor(text.length / 2));
  });
const newer = (ask: Ask) => change(ask, (before) => ({ ...(before as object), v: 2, added: 'by a newer version' }));
const altered = (ask: Ask, fields: Readonly<Record<string, unknown>>) =>
  change(ask, (before) => ({ ...(before as object), ...fields }));
/** One bit of the last letter that is no punctuation. */
const flipped = (ask: Ask) =>
  change(ask, (before) => {
    const { events, ...rest } = before as { readonly events: string };
    const at = events.search(/[a-z](?=[^a-z]*$)/u);
    return {
      ...rest,
      events: `${events.slice(0, at)}${String.fromCharCode(events.charCodeAt(at) ^ 1)}${events.slice(at + 1)}`,
    };
  });
const unreadable = (ask: Ask): NonNullable<StorageFault['inject']> => {
  return (store, full) => {
    const key = ask(full);
    store.inject({ methods: ['get'], matches: (other) => other === key, does: reject('Corruption: bad block') });
  };
};
const isChunk = (key: string): boolean => /^chat\/[^/]+\/\d+$/u.test(key);
const isHeadKey = (key: string): boolean => /^chat\/[^/]+$/u.test(key);

/** Each is one that browsers were seen to have, or that a crash, a full disk or a later version leaves behind. */
export const storageFaults: readonly StorageFault[] = [
  // The place refuses to write.
  {
    name: 'the quota is reached, once',
    ...fine,
    tells: true,
    inject: (store) => store.inject({ methods: ['set'], matches: isChunk, times: 1, does: reject(quotaReached) }),
  },
  {
    name: 'the quota is reached',
    ...fine,
    tells: true,
    inject: (store) => store.inject({ methods: ['set'], does: reject(quotaReached) }),
  },
  {
    name: 'the disk is full',
    ...fine,
    tells: true,
    inject: (store) => store.inject({ methods: writing, does: reject(noSpace) }),
  },
  {
    name: 'the disk is full from the third write on',
    ...fine,
    tells: true,
    inject: (store) => store.inject({ methods: ['set'], from: 3, does: reject(noSpace) }),
  },
  {
    name: 'every second chunk is refused',
    ...fine,
    tells: true,
    inject: (store) => store.inject({ methods: ['set'], matches: isChunk, from: 2, times: 1, does: reject(noSpace) }),
  },
  {
    name: 'chunks are refused',
    ...fine,
    tells: true,
    inject: (store) => store.inject({ methods: ['set'], matches: isChunk, does: reject(noSpace) }),
  },
  {
    name: 'the list is refused',
    ...fine,
    tells: true,
    inject: (store) =>
      store.inject({ methods: ['set'], matches: (key) => key.startsWith('list'), does: reject(quotaReached) }),
  },
  {
    name: 'what runs is refused',
    ...fine,
    tells: true,
    inject: (store) =>
      store.inject({ methods: ['set'], matches: (key) => key === 'running', does: reject(quotaReached) }),
  },
  {
    name: 'drafts and views are refused',
    ...fine,
    inject: (store) =>
      store.inject({ methods: writing, matches: (key) => /^(?:draft|view)\//u.test(key), does: reject(quotaReached) }),
  },
  {
    name: 'removing is refused',
    ...fine,
    inject: (store) => store.inject({ methods: ['remove'], does: reject(noSpace) }),
  },
  // The place does not answer, or late.
  {
    name: 'writes hang for ever',
    ...fine,
    tells: true,
    inject: (store) => store.inject({ methods: writing, does: hang }),
  },
  {
    name: 'writes hang and happen at last',
    ...fine,
    tells: true,
    inject: (store) => store.inject({ methods: writing, does: hangAndHappen }),
  },
  {
    name: 'one write hangs for ever',
    ...fine,
    tells: true,
    inject: (store) => store.inject({ methods: ['set'], matches: isChunk, times: 1, does: hang }),
  },
  { name: 'writes take three seconds', ...fine, inject: (store) => store.inject({ methods: writing, does: slow }) },
  {
    name: 'one write takes three seconds',
    ...fine,
    inject: (store) => store.inject({ methods: ['set'], matches: isChunk, times: 1, does: slow }),
  },
  { name: 'removing hangs', ...fine, inject: (store) => store.inject({ methods: ['remove'], does: hang }) },
  {
    name: 'reading hangs',
    ...fine,
    opens: 'refused',
    model: 'to be set up',
    tells: true,
    tellsUntil: 'restart',
    inject: (store) => store.inject({ methods: ['get'], does: hang }),
  },
  {
    name: 'reading conversations hangs',
    ...fine,
    opens: 'refused',
    tells: true,
    tellsUntil: 'restart',
    inject: (store) => store.inject({ methods: ['get'], matches: (key) => key.startsWith('chat/'), does: hang }),
  },
  {
    name: 'nothing answers',
    ...fine,
    opens: 'refused',
    model: 'to be set up',
    tells: true,
    tellsUntil: 'restart',
    inject: (store) => store.inject({ methods: ['get', 'set', 'remove', 'keys'], does: hang }),
  },
  {
    name: 'reading is refused',
    ...fine,
    opens: 'refused',
    model: 'to be set up',
    tells: true,
    tellsUntil: 'restart',
    inject: (store) => store.inject({ methods: ['get'], does: reject('IO error') }),
  },
  {
    name: 'everything is refused',
    ...fine,
    opens: 'refused',
    model: 'to be set up',
    tells: true,
    tellsUntil: 'restart',
    inject: (store) => store.inject({ methods: ['get', 'set', 'remove', 'keys'], does: reject('IO error') }),
  },
  {
    // Only a list or a head that is lost is looked for by keys, and a new chat has none: all is saved.
    name: 'the keys can’t be read',
    ...fine,
    inject: (store) => store.inject({ methods: ['keys'], does: reject('IO error') }),
  },
  {
    name: 'reading the keys hangs',
    ...fine,
    inject: (store) => store.inject({ methods: ['keys'], does: hang }),
  },
  // Writes that are acknowledged and not there.
  {
    name: 'writes are lost silently',
    ...fine,
    losesAnswers: true,
    inject: (store) => store.inject({ methods: writing, does: lose }),
  },
  {
    name: 'heads are lost silently',
    ...fine,
    losesAnswers: true,
    inject: (store) => store.inject({ methods: ['set'], matches: isHeadKey, does: lose }),
  },
  // One value can't be read, alone or among others.
  { name: 'an unreadable chunk', ...fine, opens: 'in part', inject: unreadable(sealed(1)) },
  {
    name: 'an unreadable head',
    ...fine,
    opens: 'refused',
    tells: true,
    tellsUntil: 'restart',
    inject: unreadable(head),
  },
  {
    name: 'unreadable settings',
    ...fine,
    model: 'to be set up',
    tells: true,
    tellsUntil: 'restart',
    inject: unreadable(named('settings')),
  },
  { name: 'an unreadable list', ...fine, tells: true, tellsUntil: 'restart', inject: unreadable(named('list')) },
  {
    name: 'an unreadable shard of the list',
    ...fine,
    tells: true,
    tellsUntil: 'restart',
    inject: unreadable(named('list/0')),
  },
  { name: 'an unreadable inbox', ...fine, tells: true, tellsUntil: 'restart', inject: unreadable(named('inbox')) },
  {
    name: 'an unreadable record of what runs',
    ...fine,
    tells: true,
    tellsUntil: 'restart',
    inject: unreadable(named('running')),
  },
  { name: 'an unreadable view', ...fine, inject: unreadable(named('view/last')) },
  { name: 'an unreadable draft', ...fine, inject: unreadable(({ finished }) => `draft/${finished}`) },
  // Records are missing.
  { name: 'a missing first chunk', ...fine, opens: 'in part', damage: lost(sealed(0)) },
  { name: 'a missing middle chunk', ...fine, opens: 'in part', damage: lost(sealed(1)) },
  { name: 'a missing last chunk', ...fine, opens: 'in part', damage: lost(sealed(-1)) },
  { name: 'a missing open chunk', ...fine, on: 'unfinished', opens: 'in part', damage: lost(open('first')) },
  { name: 'a missing newest open chunk', ...fine, on: 'unfinished', opens: 'in part', damage: lost(open('last')) },
  { name: 'a missing head', ...fine, damage: lost(head), record: 'replaced' },
  {
    name: 'a missing head of an unfinished conversation',
    ...fine,
    on: 'unfinished',
    damage: lost(openHead),
    record: 'replaced',
  },
  { name: 'a missing list', ...fine, damage: lost(named('list')), record: 'replaced' },
  { name: 'a missing shard of the list', ...fine, damage: lost(named('list/0')), record: 'replaced' },
  { name: 'missing settings', ...fine, model: 'to be set up', damage: lost(named('settings')), record: 'replaced' },
  {
    name: 'a missing record of what runs',
    ...fine,
    on: 'unfinished',
    damage: lost(named('running')),
    record: 'replaced',
  },
  // Records are torn: half of them is there.
  { name: 'a torn chunk', ...fine, opens: 'in part', damage: torn(sealed(1)) },
  { name: 'a torn open chunk', ...fine, on: 'unfinished', opens: 'in part', damage: torn(open('last')) },
  { name: 'a torn head', ...fine, damage: torn(head) },
  { name: 'a torn head of an unfinished conversation', ...fine, on: 'unfinished', damage: torn(openHead) },
  { name: 'torn settings', ...fine, model: 'to be set up', damage: torn(named('settings')) },
  { name: 'a torn list', ...fine, damage: torn(named('list')), record: 'replaced' },
  { name: 'a torn shard of the list', ...fine, damage: torn(named('list/0')), record: 'replaced' },
  { name: 'a torn inbox', ...fine, damage: torn(named('inbox')) },
  { name: 'a torn record of what runs', ...fine, damage: torn(named('running')) },
  { name: 'a torn trash', ...fine, damage: torn(named('trash')) },
  { name: 'a torn view', ...fine, damage: torn(named('view/last')), record: 'replaced' },
  { name: 'a torn draft', ...fine, damage: torn(({ finished }) => `draft/${finished}`), record: 'replaced' },
  // Records are altered: they look right, and are not.
  { name: 'a flipped bit in a chunk', ...fine, opens: 'in part', damage: flipped(sealed(1)) },
  {
    name: 'a flipped bit in an open chunk',
    ...fine,
    on: 'unfinished',
    opens: 'in part',
    damage: flipped(open('last')),
  },
  {
    name: 'a head that would write over its own chunks',
    ...fine,
    damage: altered(head, { open: { first: 0, count: 0 } }),
  },
  { name: 'a head with a number that is none', ...fine, damage: altered(head, { sealed: ['0', null] }) },
  { name: 'a head that counts to the moon', ...fine, damage: altered(head, { open: { first: 3, count: 4e9 } }) },
  {
    name: 'a head with another conversation’s name',
    ...fine,
    damage: (disk, full) => altered(head, { id: full.others[0], sum: undefined })(disk, full),
  },
  {
    name: 'settings with a hole',
    ...fine,
    model: 'to be set up',
    damage: altered(named('settings'), { endpoints: [null] }),
  },
  {
    name: 'settings with an address that is none',
    ...fine,
    model: 'to be set up',
    damage: altered(named('settings'), {
      endpoints: [{ id: 'e1', providerId: 'scripted', label: 'x', baseUrl: 'ht tp' }],
    }),
  },
  {
    name: 'a list with holes',
    ...fine,
    damage: altered(named('list/0'), { entries: [null, { id: 1 }] }),
    record: 'replaced',
  },
  {
    name: 'a list that counts to the moon',
    ...fine,
    damage: altered(named('list'), { shards: 4e9 }),
    record: 'replaced',
  },
  { name: 'an inbox with holes', ...fine, damage: altered(named('inbox'), { items: [null, 7] }) },
  { name: 'a record of what runs with holes', ...fine, damage: altered(named('running'), { items: [null] }) },
  { name: 'a trash with holes', ...fine, damage: altered(named('trash'), { items: [null] }) },
  // Records of a newer version: read-only, and left alone.
  { name: 'a newer head', ...fine, opens: 'read-only', damage: newer(head) },
  {
    name: 'a newer head of a shape unknown',
    ...fine,
    opens: 'read-only',
    damage: change(head, () => ({ v: 3, parts: 'elsewhere' })),
  },
  { name: 'a newer chunk', ...fine, opens: 'read-only', damage: newer(sealed(1)) },
  { name: 'a newer open chunk', ...fine, on: 'unfinished', opens: 'read-only', damage: newer(open('last')) },
  { name: 'newer settings', ...fine, tells: true, tellsUntil: 'restart', damage: newer(named('settings')) },
  {
    name: 'newer settings of a shape unknown',
    ...fine,
    model: 'to be set up',
    tells: true,
    tellsUntil: 'restart',
    damage: change(named('settings'), () => ({ v: 2, places: {} })),
  },
  { name: 'a newer list', ...fine, tells: true, tellsUntil: 'restart', damage: newer(named('list')) },
  { name: 'a newer shard of the list', ...fine, tells: true, tellsUntil: 'restart', damage: newer(named('list/0')) },
  { name: 'a newer inbox', ...fine, tells: true, tellsUntil: 'restart', damage: newer(named('inbox')) },
  { name: 'a newer record of what runs', ...fine, tells: true, tellsUntil: 'restart', damage: newer(named('running')) },
  { name: 'a newer trash', ...fine, tells: true, tellsUntil: 'restart', damage: newer(named('trash')) },
  { name: 'a newer view', ...fine, damage: newer(named('view/last')) },
  { name: 'a newer draft', ...fine, damage: newer(({ finished }) => `draft/${finished}`) },
];

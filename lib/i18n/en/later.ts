import type { Message, MessageKey } from './first.ts';

/** English, and the list of all messages that are loaded with the views that show them: the options, and what is opened. */
export const later = {
  // Options
  label: 'Name',
  key: 'Key',
  headersInvalid: 'Line {line} is not “Name: value”.',
  bodyInvalid: 'This is not a JSON object.',
  providersHint: 'Access to an address is asked for when you add it, and can be taken back here.',
  general: 'General',
  shortcuts: 'Shortcuts',
  privacy: 'Privacy & data',
  about: 'About',
  language: 'Language',
  languageAuto: 'As in the browser',
  silenceSeconds: 'Seconds of silence in mid-answer that end it',
  longestReply: 'Longest answer, in characters',
  limitWrong: 'A whole number from {least} to {most}.',
  address: 'Address',
  addressHint: 'For example {example}',
  keyHint: 'Stays in this browser, and is sent to this address only. Leave empty if the server needs none.',
  keyStored: 'Saved, ends in {last}. Type a new one to replace it.',
  keyStoredShort: 'Saved. Type a new one to replace it.',
  keyFromPage: 'Make a key',
  removeKey: 'Remove the key',
  extraHeaders: 'Extra headers',
  extraHeadersHint: 'One per line, as Name: value',
  extraBody: 'Extra body fields',
  extraBodyHint: 'A JSON object; its fields win over Ava’s',
  unstreamed: 'Ask for the whole answer at once, not as a stream',
  advanced: 'Advanced',
  saveProvider: 'Save',
  editProvider: 'Edit',
  removeProvider: 'Remove',
  confirmRemove: 'Remove “{label}” with its key, and give its access back?',
  stateOk: { one: '{count} model', other: '{count} models' },
  stateOkNoModels: 'Ready',
  stateNoModels: 'There is no model here yet.',
  stateChecking: 'Checking…',
  checkAgain: 'Check again',
  retired: 'Its public service has been retired. Point it at a compatible address to use it.',
  thisComputerOnly: 'this computer only',
  addressEmpty: 'Enter an address.',
  addressInvalid: 'This is not an address.',
  addressScheme: 'Only http and https addresses can be used.',
  addressPublicHttp:
    'This is a public address without encryption: your key and text could be read on the way. Use https.',
  addressCredentials: 'Leave user name and password out of the address. Use the key field.',
  addressQuery: 'Leave out everything from the question mark on.',
  addressNetworkHttp: 'Who shares your network could read your key and text: this address is without encryption.',
  addressForeignLetters:
    'This name has letters of other alphabets, which can look the same: its host is really {host}.',
  permissionRefused: 'The browser did not give access to {origin}, so nothing was saved.',
  shortcutsHint: 'The browser keeps the shortcuts. To change them:',
  shortcutsFirefox: 'Open the Add-ons page, then the gear, then “Manage Extension Shortcuts”.',
  shortcutNone: 'not set',
  changeShortcuts: 'Change shortcuts',
  privacyText:
    'Ava sends your questions, and what you attach, to the address you chose and to no other. Nothing is collected. Conversations and settings are kept in this browser.',
  rebuildHistory: 'Rebuild the list',
  rebuildHistoryHint: 'If a conversation is missing in the history, the list can be made anew from what is stored.',
  rebuildHistoryAsked: 'The list is being made anew.',
  aboutText: 'Ava {version}. An AI chat in the side panel that brings your own model.',

  // What can be added
  findProvider: 'Find a provider',
  noProviders: 'No provider is called that. Any address can be added by hand.',
  providersFound: { one: '{count} provider', other: '{count} providers' },
  anyAddress: 'Any other address',
} as const satisfies Record<string, Message>;

export type LaterKey = keyof typeof later;
/** Any message, for views that are loaded later themselves. */
export type AnyKey = MessageKey | LaterKey;
/** These messages of a language: every one of English, no more. */
export type LaterMessages = Readonly<Record<LaterKey, Message>>;

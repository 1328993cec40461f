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

  // Doctor
  doctorTest: 'Test',
  doctorLooking: 'Looking…',
  doctorLost: 'The browser ended Ava’s background meanwhile.',
  doctorChosen: 'The next question goes to {model}.',
  doctorFine: {
    one: '{host} lists {count} model. No question was asked.',
    other: '{host} lists {count} models. No question was asked.',
  },
  doctorAnswers: '{host} answers. The first token came after {seconds} s.',
  doctorSlow:
    '{host} answers, but the first token took {seconds} s. A smaller model, or one that is loaded already, is quicker.',
  doctorNoToken:
    '{host} is there, but no answer came in time. A smaller model, or one that is loaded already, is quicker.',
  doctorSilent: '{host} takes the connection and says nothing. It may be starting, or stuck.',
  doctorNothingListening: 'Nothing listens at {host}. Start the server, or check the port.',
  doctorUnknownHost: 'There is no computer with the name {host}.',
  doctorCertificate:
    'The browser does not trust the certificate of {host}. Open the address once: the browser says why, and lets you accept it.',
  doctorNoTls: '{host} does not speak https. Its address begins with http.',
  doctorInsecure:
    'No encrypted connection to {host} came about. Either its certificate is not trusted, or it does not speak https: the browser does not tell Ava which. Open the address to see.',
  doctorNeedsTls: '{host} gives plain http no answer. It may want https.',
  doctorUnreachable:
    'No connection to {host} came about, and the browser does not say why: it may be switched off, behind a firewall, or blocked by another extension.',
  doctorOriginRefused:
    '{host} refuses requests of browser extensions. Start it so that it allows this one, or let Ava’s requests to it go without their origin.',
  doctorWrongPath: 'The API of {host} is at another path: {address}',
  doctorNoApi: 'There is no API at this address of {host}, and none at the usual paths.',
  doctorUnlisted: '{host} has no list of models here. Whether it answers, only a question can tell.',
  doctorWebPage: 'At this address of {host} is a web page, and no API at the usual paths.',
  doctorNoKey: '{host} wants a key, and none is saved for it.',
  doctorModelMissing: '{host} does not have the model “{model}”. These are there:',
  doctorNoModels: '{host} is there, but has no model yet. Load one into it.',
  cureAskOneToken: 'Ask for one token',
  cureAskOneTokenHint: 'A real request: it says “Hi” and wants one token back. The provider may charge for it.',
  cureHideOrigin: 'Send without origin',
  cureHideOriginHint:
    'A rule for Ava’s own requests to {host}: those of web pages keep their origin. It goes when the provider is removed.',
  cureUseAddress: 'Use {address}',
  cureEditAddress: 'Change the address',
  cureEditKey: 'Enter the key',
  cureOpenPage: 'Open {page}',
  copyLine: 'Copy {line}',
  originHidden: 'Requests go without their origin.',
  originLineAny: 'Start the server with this in its environment:',
  originMac: 'in a terminal; then quit Ollama and open it again.',
  originWindows: 'in a command prompt; then quit Ollama and open it again.',
  originLinux: '“sudo systemctl edit ollama”, this line under [Service], then “sudo systemctl restart ollama”.',
  originOthers: 'On another system',

  // Servers of this computer
  thisComputer: 'On this computer',
  findServers: 'Find servers on this computer',
  findServersHint: 'Looks at the ports {ports}. The browser asks for access first, and nothing else is sent.',
  serversLooking: 'Looking at this computer…',
  serversNoAccess: 'Access was not given, so nothing was looked at.',
  serversFound: { one: '{count} server was found.', other: '{count} servers were found.' },
  serversFoundNone: 'Nothing was found.',
  serversNone:
    'Ava looked for Ollama, LM Studio, llama.cpp, vLLM, KoboldCpp, LiteLLM and gpt4free at the ports {ports}.',
  serversStart: 'To start one: “ollama serve”, “llama-server -m model.gguf”, or “Start server” in LM Studio.',
  serversAgain: 'Look again',
  serversByHand: 'Add by hand',
  onThisComputer: '{label} on this computer',
  unknownServer: 'OpenAI-compatible server',
  useServer: 'Use',
  serverAdded: 'Added',
  serverModels: {
    one: 'Port {port} · {count} model',
    other: 'Port {port} · {count} models',
  },
  leavesNothing: 'nothing leaves this machine',
  serverWantsKey: 'Port {port} · wants a key',
  serverRefuses: 'Port {port} · refuses browser extensions so far',
} as const satisfies Record<string, Message>;

export type LaterKey = keyof typeof later;
/** Any message, for views that are loaded later themselves. */
export type AnyKey = MessageKey | LaterKey;
/** These messages of a language: every one of English, no more. */
export type LaterMessages = Readonly<Record<LaterKey, Message>>;

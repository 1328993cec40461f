/**
 * English, and the list of all messages that the panel and the quick prompt need at their first paint, or that any page
 * shows. What is shown later is in `later.ts`. `{name}` is replaced by a value; a message that counts has one form per plural
 * category of its language (`Intl.PluralRules`) and counts `{count}`.
 */
export const first = {
  // The browser's own: the manifest, the context menu, the shortcuts page.
  name: 'Ava',
  description: 'An AI chat in the side panel. Bring your own model: a key, a local server, a gateway.',
  openPanel: 'Open Ava',
  quickPrompt: 'Quick prompt',
  menuAsk: 'Ask Ava about “%s”',

  // Commands
  commandAsk: 'Ask…',
  commandExplain: 'Explain',
  commandSummarise: 'Summarise',
  commandTranslate: 'Translate',
  promptExplain: 'Explain this.',
  promptSummarise: 'Summarise this.',
  promptTranslate: 'Translate this into English.',

  // Bar
  newChat: 'New chat',
  history: 'History',
  settings: 'Settings',
  close: 'Close',

  // First open
  welcomeTitle: 'Ask anything, or select text on a page and ask about it.',
  welcomeText: 'Choose where answers come from. You can change it at any time, and nothing is sent before you do.',
  welcomeReady: 'Nothing is sent before you press Send.',
  setupLocal: 'A model on this computer',
  setupLocalHint: 'Ollama, LM Studio, llama.cpp · nothing leaves this machine',
  setupKey: 'An API key',
  setupKeyHint: 'OpenAI, Anthropic, Google, OpenRouter and more',
  setupAddress: 'Any OpenAI-compatible address',
  setupAddressHint: 'A gateway at work, a server of your own',
  setupRetired: 'CodeLink Ava',
  setupRetiredHint: 'Public service retired · works at an address of your own',
  add: 'Add',
  find: 'Find',

  // Composer
  message: 'Message',
  askPlaceholder: 'Ask anything…',
  replyPlaceholder: 'Reply…',
  send: 'Send',
  stop: 'Stop',
  removeAttachment: 'Remove {title}',
  selectionOf: 'selection · {host}',
  editing: 'Editing an earlier question. The earlier one stays as a version.',
  cancelEdit: 'Cancel editing',
  characters: { one: '{count} character', other: '{count} characters' },

  // Model picker
  chooseModel: 'Choose a model',
  model: 'Model: {model}',
  addProvider: 'Add a provider',

  // Thread
  conversation: 'Conversation',
  you: 'You',
  assistant: 'Ava',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Not copied: the browser refused',
  copyAnswer: 'Copy answer',
  copyCode: 'Copy code',
  downloadCode: 'Download code',
  wrapLines: 'Wrap long lines',
  diagram: 'Diagram',
  diagramSource: 'Show the source of the diagram',
  retry: 'Retry',
  edit: 'Edit',
  cancel: 'Cancel',
  version: 'Version {version} of {versions}',
  previousVersion: 'Previous version',
  nextVersion: 'Next version',
  latest: 'Latest',
  toLatest: 'Go to the latest text',
  thinking: { one: 'Thinking… {count} s', other: 'Thinking… {count} s' },
  thoughtFor: { one: 'Thought for {count} s', other: 'Thought for {count} s' },
  thought: 'Thoughts',
  waitingFor: 'Waiting for {model}',
  seconds: { one: '{count} s', other: '{count} s' },
  retryingIn: { one: 'Trying again in {count} s', other: 'Trying again in {count} s' },
  tryNow: 'Try now',
  downloaded: '{percent} % downloaded',
  answerComplete: 'Answer complete.',
  answerStarted: 'Ava is answering.',
  tokens: { one: '{count} token', other: '{count} tokens' },
  servedBy: 'Answered by {model}',
  imageNotLoaded: 'Image, not loaded:',
  code: 'Code',
  table: 'Table',
  taskDone: 'Done',
  taskOpen: 'Not done',
  alertNote: 'Note',
  alertTip: 'Tip',
  alertImportant: 'Important',
  alertWarning: 'Warning',
  alertCaution: 'Caution',
  footnotes: 'Footnotes',
  footnote: 'Footnote',
  backToText: 'Back to the text',
  longAddress: 'This long address can carry text of this chat away. Open it?',
  openLink: 'Open',
  details: 'Details',

  // Endings
  endingLength: 'The answer reached the length limit.',
  endingFiltered: 'The provider’s filter stopped the answer here.',
  endingRefused: 'The model declined to answer.',
  endingToolCalls: 'The model asked for a tool. Ava offers none, and nothing was run.',
  endingEmpty: 'The reply came without any text.',
  endingCut: {
    one: 'The connection ended after {count} word. It is saved; nothing is sent again by itself.',
    other: 'The connection ended after {count} words. They are saved; nothing is sent again by itself.',
  },
  endingCutEmpty: 'The connection ended before the answer began. Nothing is sent again by itself.',
  endingStopped: 'Stopped by you.',
  endingInterrupted: {
    one: 'The browser ended this reply after {count} word. It is saved; nothing is sent again by itself.',
    other: 'The browser ended this reply after {count} words. They are saved; nothing is sent again by itself.',
  },
  endingInterruptedEmpty: 'The browser ended this reply before it began. Nothing is sent again by itself.',

  // Failures: one sentence each
  failureAuth: '{host} refused the key.',
  failureForbidden: '{host} does not allow this.',
  failureBilling: '{host} says that there is no credit left.',
  failureRateLimit: '{host} asks to wait: too many requests.',
  failureOverloaded: '{host} is overloaded.',
  failureServer: '{host} had an error of its own.',
  failureTimeout: '{host} took too long.',
  failureLoading: '{host} is still loading the model.',
  failureModelNotFound: '{host} does not have the model “{model}”.',
  failureNotFound: 'There is no chat API at this address of {host}.',
  failureContextLength: 'The conversation is too long for this model.',
  failureTooLarge: 'The request is too large for {host}.',
  failureContentFilter: '{host} refused the question by its content filter.',
  failureBadRequest: '{host} did not understand the request.',
  failureOriginBlocked: '{host} refuses requests from browser extensions.',
  failureNotAnApi: '{host} answered with a web page, not an API.',
  failureRedirect: '{host} redirects to {target}. Ava does not follow: your key and text would go there.',
  failureRedirectSomewhere: '{host} redirects elsewhere. Ava does not follow: your key and text would go there.',
  failureNetwork: 'Nothing answers at {host}.',
  failurePermission: 'Ava has no access to {host} yet.',
  failureEmptyReply: '{host} answered with nothing.',
  failureTooMuchData: '{host} sent more than Ava takes in one reply.',
  failureBadAddress: 'This is not an address Ava can use.',
  failureNoModel: 'No model is chosen yet.',
  failureKeyLocked: 'The key for {host} is locked.',
  failureKeyGone: 'The key for {host} ended with its session. Enter it again.',
  failureUnavailableHere: 'This model is not available on this device.',
  failureNotDownloaded: 'The model has not been downloaded yet.',
  failureStorage: 'The browser refused to save. Copy what you want to keep.',
  failureNewerVersion: 'This was written by a newer version of Ava. It can be read here, not changed.',
  failureBug: 'Ava made a mistake. Your question is kept.',
  kept: 'Your question is kept.',
  thisAddress: 'this address',
  thisModel: 'this model',

  // Remedies
  continueReply: 'Continue',
  startOver: 'Start over',
  remedyRetry: 'Retry',
  remedyOpenSettings: 'Open settings',
  remedyUnlockKeys: 'Unlock',
  remedyGrantAccess: 'Grant access',
  remedyChooseModel: 'Choose a model',
  accessRefused: 'Access was not given. Nothing was sent.',

  // History
  rename: 'Rename',
  delete: 'Delete',
  deleted: 'Deleted “{title}”.',
  undo: 'Undo',
  untitled: 'Untitled',

  // Quick prompt
  quickContinue: 'continue in side panel',
  quickCopy: 'copy answer',
  quickClose: 'close',

  // Options
  options: 'Options',
  providers: 'Providers',
} as const satisfies Record<string, Message>;

/** A message: a text, or its forms by plural category. */
export type Message = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;
export type MessageKey = keyof typeof first;
/** These messages of a language: every one of English, no more. */
export type Messages = Readonly<Record<MessageKey, Message>>;

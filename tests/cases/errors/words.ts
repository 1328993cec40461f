import { errorCase, type ErrorCase } from '../error-case.ts';
import { caseKey } from '../stream-case.ts';

const said = (message: string, fields: object = {}): unknown => ({ error: { message, ...fields } });
const exhausted = { status: 'RESOURCE_EXHAUSTED', code: 429 };
const escaped = caseKey.replaceAll('"', '&quot;');
const hidden = [caseKey.slice(0, 5), caseKey.slice(-5), caseKey.toUpperCase(), btoa(caseKey), escaped];

/** Errors that only their words tell apart, the places where words stand, and what an echoed key looks like. */
export const words: readonly ErrorCase[] = [
  errorCase(
    'google-credits',
    'Google: prepaid credits',
    429,
    said('Your prepayment credits are depleted.', exhausted),
    'billing',
    { says: 'depleted' },
  ),
  errorCase(
    'anthropic-limit',
    'Anthropic: the limit that one set oneself',
    400,
    said('You have reached your specified API usage limits. You will regain access on 2026-01-01.', {
      type: 'invalid_request_error',
    }),
    'billing',
  ),
  errorCase('monthly-limit', 'a monthly limit', 429, said('You have reached your monthly usage limit.'), 'billing'),
  errorCase(
    'zhipu-balance',
    'Zhipu: code 1113',
    429,
    said('余额不足或无可用资源包,请充值。', { code: '1113' }),
    'billing',
    { says: '余额不足' },
  ),
  errorCase(
    'rate-per-minute',
    'Google: a limit per minute stays one',
    429,
    said('You exceeded your current quota, please check your plan and billing details.', exhausted),
    'rate-limit',
  ),
  errorCase(
    'xai-context',
    'xAI',
    400,
    said("This model's maximum prompt length is 131072 but the request contains 200000 tokens."),
    'context-length',
  ),
  errorCase(
    'anthropic-context-limit',
    'Anthropic: input and answer together',
    400,
    said('input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000'),
    'context-length',
  ),
  errorCase(
    'moonshot-context',
    'Moonshot',
    400,
    said('Invalid request: Your request exceeded model token limit: 8192', { type: 'invalid_request_error' }),
    'context-length',
  ),
  errorCase(
    'qwen-context',
    'DashScope',
    400,
    said('Range of input length should be [1, 30720]', { code: 'invalid_parameter_error' }),
    'context-length',
  ),
  errorCase(
    'cohere-context',
    'Cohere',
    400,
    { message: 'too many tokens: total number of tokens in the prompt cannot exceed 4081' },
    'context-length',
  ),
  errorCase(
    'deepseek-content',
    'DeepSeek',
    400,
    said('Content Exists Risk', { type: 'invalid_request_error' }),
    'content-filter',
  ),
  errorCase(
    'openai-safety-words',
    'OpenAI: words alone',
    400,
    said('Your request was rejected as a result of our safety system.'),
    'content-filter',
  ),
  errorCase(
    'groq-decommissioned',
    'Groq',
    400,
    said('The model `llama2-70b-4096` has been decommissioned and is no longer supported.', {
      code: 'model_decommissioned',
    }),
    'model-not-found',
  ),
  errorCase(
    'model-deprecated',
    'a deprecated model',
    400,
    said('The model gpt-x has been deprecated.'),
    'model-not-found',
  ),
  errorCase(
    'lm-studio-none',
    'LM Studio',
    404,
    said('No models loaded. Please load a model in the developer page or use the `lms load` command.'),
    'model-not-found',
  ),
  errorCase('ollama-loading', 'Ollama', 500, said('unexpected server status: llm server loading model'), 'loading'),
  errorCase('lm-studio-loading', 'LM Studio', 400, { error: 'Model is loading' }, 'loading'),
  errorCase(
    'ollama-broken-model',
    'a model that cannot be loaded is not loading',
    500,
    said('llama runner process has terminated: error loading model: unknown architecture'),
    'server',
  ),
  errorCase('no-key-400', 'a missing key with 400', 400, said("You didn't provide an API key."), 'auth'),
  errorCase(
    'limit-with-commas',
    'more than the limit, with commas',
    429,
    said('Request exceeds rate limit: Limit 900, Requested 1,200'),
    'too-large',
  ),
  errorCase('no-retry-spelled', '`x-should-retry: False`', 500, said('Boom'), 'server', {
    headers: { 'x-should-retry': 'False' },
    retries: false,
  }),
  errorCase('retry-after-negative', '`retry-after: -1` says nothing', 429, said('Slow down'), 'rate-limit', {
    headers: { 'retry-after': '-1' },
  }),
  errorCase('retry-after-twice', 'nor does `3, 3`', 429, said('Slow down'), 'rate-limit', {
    headers: { 'retry-after': '3, 3' },
  }),

  errorCase('aws-message', 'AWS: `Message`', 403, { Message: 'Boom', __type: 'X' }, 'forbidden', { says: 'Boom' }),
  errorCase('apigee-fault', 'Apigee', 500, { fault: { faultstring: 'Boom', detail: { errorcode: 'x' } } }, 'server', {
    says: 'Boom',
  }),
  errorCase('error-message-camel', '`errorMessage`', 500, { errorMessage: 'Boom' }, 'server', { says: 'Boom' }),
  errorCase('error-msg', '`error_msg`', 500, { error_code: 17, error_msg: 'Boom' }, 'server', { says: 'Boom' }),
  errorCase('errors-by-field', 'errors by field', 422, { errors: { model: ['Boom'] } }, 'bad-request', {
    says: 'Boom',
  }),
  errorCase('message-text', 'an object `message` with text', 500, { message: { text: 'Boom' } }, 'server', {
    says: 'Boom',
  }),
  errorCase('message-content', 'the same with content', 500, { message: { content: 'Boom' } }, 'server', {
    says: 'Boom',
  }),
  errorCase('message-fields', 'the same with fields', 400, { message: { model: ['Boom'] } }, 'bad-request', {
    says: 'Boom',
  }),
  errorCase('bracket', 'brackets are no words', 500, '{\n', 'server', { says: '' }),

  ...[
    ['start', `${caseKey.slice(0, 5)}…`],
    ['end', `…${caseKey.slice(-5)}`],
    ['twice', `${caseKey} and ${caseKey.slice(0, 9)} and ${caseKey.slice(3, 12)}`],
    ['upper', caseKey.toUpperCase()],
    ['base64', btoa(caseKey)],
    ['html', escaped],
  ].map(([name = '', shown = '']) =>
    errorCase(`echoed-key-${name}`, 'an echoed key', 401, { error: { message: `Wrong key ${shown} given` } }, 'auth', {
      says: 'Wrong key',
      mustNotShow: hidden,
    }),
  ),
];

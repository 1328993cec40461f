import { caseKey } from '../stream-case.ts';
import { errorCase, type ErrorCase } from '../error-case.ts';

const openai = (message: string, fields: object = {}): unknown => ({
  error: { message, type: 'invalid_request_error', param: null, code: null, ...fields },
});
const google = (code: number, status: string, message: string, details: readonly unknown[] = []): unknown => [
  { error: { code, message, status, details } },
];
const anthropic = (type: string, message: string): unknown => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_011CAbc',
});

/** What the clouds of the model makers send. */
export const clouds: readonly ErrorCase[] = [
  errorCase(
    'openai-key',
    'OpenAI error codes guide: incorrect API key, echoed with stars',
    401,
    openai(
      'Incorrect API key provided: sk-proj-ab********************wxyz. You can find your API key at https://platform.openai.com/account/api-keys.',
      { code: 'invalid_api_key' },
    ),
    'auth',
    {
      says: 'Incorrect API key provided',
      mustNotShow: ['sk-proj', 'wxyz'],
      headers: { 'x-request-id': 'req_1' },
      requestId: 'req_1',
    },
  ),
  errorCase(
    'openai-no-key',
    'OpenAI, no Authorization header',
    401,
    openai(
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
    ),
    'auth',
    { says: "You didn't provide an API key", mustNotShow: ['YOUR_KEY'] },
  ),
  errorCase(
    'openai-organisation',
    'OpenAI: must be a member of an organization',
    401,
    openai('You must be a member of an organization to use the API.'),
    'auth',
  ),
  errorCase(
    'openai-country',
    'OpenAI: country not supported',
    403,
    {
      error: {
        code: 'unsupported_country_region_territory',
        message: 'Country, region, or territory not supported',
        param: null,
        type: 'request_forbidden',
      },
    },
    'forbidden',
    { says: 'Country' },
  ),
  errorCase(
    'openai-project',
    'OpenAI: project without access to the model',
    403,
    openai('Project `proj_x` does not have access to model `gpt-x`', { code: 'model_not_found' }),
    'model-not-found',
  ),
  errorCase(
    'openai-model',
    'OpenAI: unknown model',
    404,
    openai('The model `gpt-9` does not exist or you do not have access to it.', { code: 'model_not_found' }),
    'model-not-found',
    { says: 'does not exist' },
  ),
  errorCase(
    'openai-retired',
    'OpenAI: model retired',
    404,
    openai(
      'The model `gpt-4-32k-0314` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations',
      { code: 'model_not_found' },
    ),
    'model-not-found',
  ),
  errorCase(
    'openai-path',
    'OpenAI: path without /v1',
    404,
    openai('Invalid URL (POST /chat/completions)'),
    'not-found',
  ),
  errorCase(
    'openai-not-chat',
    'OpenAI: no chat model',
    404,
    openai(
      'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
      { param: 'model' },
    ),
    'model-not-found',
    { says: 'not a chat model' },
  ),
  errorCase(
    'openai-context',
    'OpenAI: context length (issue wtm2#579)',
    400,
    openai(
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 204308 tokens. Please reduce the length of the messages.",
      { code: 'context_length_exceeded', param: 'messages' },
    ),
    'context-length',
    { says: '128000' },
  ),
  errorCase(
    'openai-long-string',
    'OpenAI: string above maximum length',
    400,
    openai(
      "Invalid 'messages[1].content': string too long. Expected a string with maximum length 1048576, but got a string with length 1540820 instead.",
      { code: 'string_above_max_length' },
    ),
    'context-length',
  ),
  errorCase(
    'openai-parameter',
    'OpenAI: value not supported',
    400,
    openai(
      "Unsupported value: 'temperature' does not support 0.6 with this model. Only the default (1) value is supported.",
      { code: 'unsupported_value', param: 'temperature' },
    ),
    'bad-request',
    { says: 'temperature' },
  ),
  errorCase(
    'openai-policy',
    'OpenAI: flagged prompt',
    400,
    openai('Invalid prompt: your prompt was flagged as potentially violating our usage policy.', {
      code: 'invalid_prompt',
    }),
    'content-filter',
  ),
  errorCase(
    'openai-policy-code',
    'OpenAI: content policy',
    400,
    openai('Your request was rejected as a result of our safety system.', { code: 'content_policy_violation' }),
    'content-filter',
  ),
  errorCase(
    'openai-tokens-per-minute',
    'OpenAI (continue#11472): wait in the words',
    429,
    openai(
      'Rate limit reached for gpt-4.1 in organization org-x on tokens per min (TPM): Limit 30000, Used 18928, Requested 11159. Please try again in 174ms. Visit https://platform.openai.com/account/rate-limits to learn more.',
      { type: 'tokens', code: 'rate_limit_exceeded' },
    ),
    'rate-limit',
    { retryAfterMs: 174 },
  ),
  errorCase(
    'openai-seconds',
    'OpenAI (continue#9563)',
    429,
    openai(
      'Rate limit reached for gpt-4.1 on tokens per min (TPM): Limit 30000, Used 22343, Requested 10955. Please try again in 6.596s.',
      { type: 'tokens', code: 'rate_limit_exceeded' },
    ),
    'rate-limit',
    { retryAfterMs: 6596 },
  ),
  errorCase(
    'openai-hours',
    'OpenAI (openai-dotnet#404): a wait of days is not waited for',
    429,
    openai(
      'Rate limit reached for gpt-4o-mini on tokens per min (TPM): Limit 100000, Used 96749, Requested 19126. Please try again in 114h18m0s.',
      { type: 'tokens', code: 'rate_limit_exceeded' },
    ),
    'rate-limit',
    { retryAfterMs: 411_480_000, retries: false },
  ),
  errorCase(
    'openai-never-fits',
    'OpenAI: more than the limit alone',
    429,
    openai(
      'Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Requested 41002. The input or output tokens must be reduced in order to run successfully.',
      { type: 'tokens', code: 'rate_limit_exceeded' },
    ),
    'too-large',
    { says: 'Request too large' },
  ),
  errorCase(
    'openai-headers',
    'OpenAI rate limit headers',
    429,
    openai('Rate limit reached', { code: 'rate_limit_exceeded' }),
    'rate-limit',
    {
      headers: {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '8.64s',
        'x-ratelimit-remaining-tokens': '5',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      retryAfterMs: 8640,
    },
  ),
  errorCase(
    'openai-retry-after-ms',
    'openai-node honours retry-after-ms first',
    429,
    openai('Rate limit reached', { code: 'rate_limit_exceeded' }),
    'rate-limit',
    { headers: { 'retry-after-ms': '1500', 'retry-after': '2' }, retryAfterMs: 1500 },
  ),
  errorCase(
    'openai-quota',
    'OpenAI: no money (error codes guide)',
    429,
    openai('You exceeded your current quota, please check your plan and billing details.', {
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    }),
    'billing',
    { headers: { 'retry-after': '1' }, retryAfterMs: 1000 },
  ),
  errorCase(
    'openai-hard-limit',
    'OpenAI: billing hard limit',
    400,
    openai('Billing hard limit has been reached', { code: 'billing_hard_limit_reached' }),
    'billing',
  ),
  errorCase(
    'openai-inactive',
    'OpenAI: billing not active',
    429,
    openai('Your account is not active, please check your billing details on our website.', {
      type: 'billing_not_active',
      code: 'billing_not_active',
    }),
    'billing',
  ),
  errorCase(
    'openai-server',
    'OpenAI: server error',
    500,
    openai('The server had an error while processing your request. Sorry about that!', { type: 'server_error' }),
    'server',
  ),
  errorCase(
    'openai-should-not-retry',
    'openai-node obeys x-should-retry',
    500,
    openai('Boom', { type: 'server_error' }),
    'server',
    { headers: { 'x-should-retry': 'false' }, retries: false },
  ),
  errorCase(
    'openai-overloaded',
    'OpenAI: engine overloaded',
    503,
    openai('The engine is currently overloaded, please try again later', { type: 'server_error' }),
    'overloaded',
  ),
  errorCase(
    'openai-slow-down',
    'OpenAI: slow down',
    503,
    openai('Slow Down', { type: 'server_error', code: 'slow_down' }),
    'overloaded',
  ),
  errorCase(
    'openai-conflict',
    '409 is tried again',
    409,
    openai('The resource was updated by another request.'),
    'server',
  ),
  errorCase(
    'azure-deployment',
    'Azure: DeploymentNotFound',
    404,
    {
      error: {
        code: 'DeploymentNotFound',
        message:
          'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
      },
    },
    'model-not-found',
  ),
  errorCase(
    'azure-resource',
    'Azure: path or resource missing',
    404,
    { error: { code: '404', message: 'Resource not found' } },
    'not-found',
  ),
  errorCase(
    'azure-key',
    'Azure: wrong key or region',
    401,
    {
      error: {
        code: '401',
        message:
          'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
      },
    },
    'auth',
  ),
  errorCase(
    'azure-gateway-key',
    'Azure API Management',
    401,
    {
      statusCode: 401,
      message:
        'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
    },
    'auth',
  ),
  errorCase(
    'azure-network',
    'Azure: virtual network',
    403,
    { error: { code: 'AccessDenied', message: 'Access denied due to Virtual Network/Firewall rules.' } },
    'forbidden',
  ),
  errorCase(
    'azure-retry-after',
    'Azure (openai-node#1108): wait in the words',
    429,
    {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-02-15-preview have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 33 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.',
      },
    },
    'rate-limit',
    { retryAfterMs: 33_000 },
  ),
  errorCase(
    'azure-day',
    'Azure (dbchatprov2#2): a wait of a day',
    429,
    {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation have exceeded token rate limit of your current AIServices S0 pricing tier. Please retry after 86400 seconds.',
      },
    },
    'rate-limit',
    { retryAfterMs: 86_400_000, retries: false },
  ),
  errorCase(
    'azure-two-seconds',
    'Azure (copilot-camp#551)',
    429,
    { error: { code: '429', message: 'Rate limit is exceeded. Try again in 2 seconds.' } },
    'rate-limit',
    { headers: { 'apim-request-id': '3d37de60' }, retryAfterMs: 2000, requestId: '3d37de60' },
  ),
  errorCase(
    'azure-filter',
    'Azure: content filter',
    400,
    openai(
      "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
      {
        code: 'content_filter',
        status: 400,
        innererror: {
          code: 'ResponsibleAIPolicyViolation',
          content_filter_result: { hate: { filtered: true, severity: 'high' } },
        },
      },
    ),
    'content-filter',
  ),
  errorCase(
    'azure-version',
    'Azure: api-version missing',
    404,
    { error: { code: '404', message: 'Resource not found' } },
    'not-found',
    { headers: { 'content-type': 'application/json' } },
  ),
  errorCase(
    'anthropic-key',
    'Anthropic errors reference',
    401,
    anthropic('authentication_error', 'invalid x-api-key'),
    'auth',
    { requestId: 'req_011CAbc' },
  ),
  errorCase(
    'anthropic-permission',
    'Anthropic errors reference',
    403,
    anthropic('permission_error', 'Your API key does not have permission to use the specified resource.'),
    'forbidden',
  ),
  errorCase(
    'anthropic-model',
    'Anthropic: unknown model',
    404,
    anthropic('not_found_error', 'model: claude-9'),
    'model-not-found',
  ),
  errorCase('anthropic-path', 'Anthropic: unknown path', 404, anthropic('not_found_error', 'Not Found'), 'not-found'),
  errorCase(
    'anthropic-too-large',
    'Anthropic (anthropic-sdk-python#938)',
    413,
    anthropic('request_too_large', 'Request exceeds the maximum size'),
    'too-large',
  ),
  errorCase(
    'anthropic-credit',
    'Anthropic: credit balance',
    400,
    anthropic(
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    ),
    'billing',
  ),
  errorCase(
    'anthropic-context',
    'Anthropic: prompt too long',
    400,
    anthropic('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
    'context-length',
  ),
  errorCase(
    'anthropic-rate',
    'Anthropic: rate limit',
    429,
    anthropic(
      'rate_limit_error',
      'This request would exceed the rate limit for your organization of 20,000 input tokens per minute. Please reduce the prompt length or the maximum tokens requested, or try again later.',
    ),
    'rate-limit',
    { headers: { 'retry-after': '13' }, retryAfterMs: 13_000 },
  ),
  errorCase(
    'anthropic-compat-rate',
    'Anthropic behind the OpenAI wire (OpenManus#746)',
    429,
    {
      error: {
        code: 'rate_limit_error',
        message: 'This request would exceed the rate limit for your organization of 20,000 input tokens per minute.',
        type: 'invalid_request_error',
        param: null,
      },
    },
    'rate-limit',
  ),
  errorCase('anthropic-overloaded', 'Anthropic: 529', 529, anthropic('overloaded_error', 'Overloaded'), 'overloaded'),
  errorCase('anthropic-server', 'Anthropic: api_error', 500, anthropic('api_error', 'Internal server error'), 'server'),
  errorCase(
    'anthropic-timeout',
    'Anthropic: timeout_error',
    504,
    anthropic('timeout_error', 'The request timed out'),
    'timeout',
  ),
  errorCase(
    'gemini-key',
    'Gemini behind the OpenAI wire: a list around the error',
    400,
    google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
    ]),
    'auth',
  ),
  errorCase(
    'gemini-no-key',
    'Gemini: no key',
    400,
    google(400, 'INVALID_ARGUMENT', 'Missing or invalid Authorization header.'),
    'auth',
  ),
  errorCase(
    'gemini-leaked-key',
    'Gemini: key reported as leaked',
    403,
    google(403, 'PERMISSION_DENIED', 'Your API key was reported as leaked. Please use another API key.'),
    'forbidden',
  ),
  errorCase(
    'gemini-quota',
    'Gemini (continue#9745): JSON as text, wait inside',
    429,
    {
      error: {
        message: JSON.stringify(
          {
            error: {
              code: 429,
              message:
                'You exceeded your current quota, please check your plan and billing details. * Quota exceeded for metric: generate_content_free_tier_requests, limit: 20\nPlease retry in 10.673410956s.',
              status: 'RESOURCE_EXHAUSTED',
              details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '10s' }],
            },
          },
          null,
          2,
        ),
        code: 429,
        status: 'Too Many Requests',
      },
    },
    'rate-limit',
    { retryAfterMs: 10_673, says: 'Please retry in' },
  ),
  errorCase(
    'gemini-exhausted',
    'Gemini (gemini-cli#14831)',
    429,
    google(
      429,
      'RESOURCE_EXHAUSTED',
      'Resource exhausted. Please try again later. Please refer to https://cloud.google.com/vertex-ai/generative-ai/docs/error-code-429 for more details.',
      [{ reason: 'rateLimitExceeded' }],
    ),
    'rate-limit',
  ),
  errorCase(
    'gemini-overloaded',
    'Gemini: overloaded',
    503,
    google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
    'overloaded',
  ),
  errorCase(
    'gemini-model',
    'Gemini: unknown model',
    404,
    google(
      404,
      'NOT_FOUND',
      'models/gemini-9 is not found for API version v1main, or is not supported for generateContent.',
    ),
    'model-not-found',
  ),
  errorCase(
    'gemini-context',
    'Gemini: too many tokens',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'The input token count (1200000) exceeds the maximum number of tokens allowed (1048575).',
    ),
    'context-length',
  ),
  errorCase(
    'gemini-location',
    'Gemini: location not supported',
    400,
    google(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
    'bad-request',
    { says: 'location' },
  ),
  errorCase(
    'gemini-deadline',
    'Gemini: deadline',
    504,
    google(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'),
    'timeout',
  ),
  errorCase('mistral-key', 'Mistral (agent-zero#539)', 401, { detail: 'Unauthorized' }, 'auth', {
    says: 'Unauthorized',
  }),
  errorCase('mistral-kong', 'Mistral (cline#1734)', 401, { message: 'Unauthorized', request_id: '933f2339' }, 'auth', {
    requestId: '933f2339',
  }),
  errorCase(
    'mistral-capacity',
    'Mistral (continue#6185)',
    429,
    {
      object: 'error',
      message: 'Service tier capacity exceeded for this model.',
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
    'rate-limit',
    { says: 'capacity exceeded' },
  ),
  errorCase(
    'mistral-rate',
    'Mistral: requests per second',
    429,
    { message: 'Requests rate limit exceeded' },
    'rate-limit',
  ),
  errorCase(
    'mistral-model',
    'Mistral: invalid model',
    400,
    { object: 'error', message: 'Invalid model: mistral-x', type: 'invalid_model', param: null, code: '1500' },
    'model-not-found',
  ),
  errorCase(
    'mistral-validation',
    'Mistral: details nested in the message',
    422,
    {
      object: 'error',
      message: {
        detail: [{ type: 'missing', loc: ['body', 'messages'], msg: 'Field required', input: { model: 'm' } }],
      },
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
    'bad-request',
    { says: 'body.messages: Field required' },
  ),
  errorCase(
    'mistral-context',
    'Mistral: prompt too long',
    400,
    {
      object: 'error',
      message: 'Prompt contains 40123 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
      type: 'invalid_request_prompt_too_long',
      code: '3051',
    },
    'context-length',
  ),
  errorCase(
    'deepseek-balance',
    'DeepSeek (aider#4851)',
    402,
    { error: { message: 'Insufficient Balance', type: 'unknown_error', param: null, code: 'invalid_request_error' } },
    'billing',
    { says: 'Insufficient Balance' },
  ),
  errorCase(
    'deepseek-key',
    'DeepSeek: authentication fails',
    401,
    {
      error: {
        message: 'Authentication Fails, Your api key: ****f00d is invalid',
        type: 'authentication_error',
        param: null,
        code: 'invalid_request_error',
      },
    },
    'auth',
    { mustNotShow: ['f00d'] },
  ),
  errorCase(
    'deepseek-model',
    'DeepSeek: model not exist',
    400,
    {
      error: { message: 'Model Not Exist', type: 'invalid_request_error', param: null, code: 'invalid_request_error' },
    },
    'model-not-found',
  ),
  errorCase(
    'deepseek-format',
    'DeepSeek: 422',
    422,
    {
      error: {
        message:
          'Failed to deserialize the JSON body into the target type: messages[0]: missing field `content` at line 1 column 40',
        type: 'invalid_request_error',
      },
    },
    'bad-request',
  ),
  errorCase(
    'deepseek-busy',
    'DeepSeek: 503',
    503,
    {
      error: {
        message: 'Service is too busy. We advise users to temporarily switch to alternative LLM API service providers.',
        type: 'service_unavailable_error',
      },
    },
    'overloaded',
  ),
  errorCase(
    'groq-key',
    'Groq',
    401,
    { error: { message: 'Invalid API Key', type: 'invalid_request_error', code: 'invalid_api_key' } },
    'auth',
  ),
  errorCase(
    'groq-too-large',
    'Groq (ha-groq-cloud-api#27): 413 that can never fit',
    413,
    {
      error: {
        message:
          'Request too large for model llama-3.1-8b-instant in organization org_x service tier on_demand on tokens per minute (TPM): Limit 6000, Requested 12328, please reduce your message size and try again. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    },
    'too-large',
    { says: '12328' },
  ),
  errorCase(
    'groq-never-fits',
    'Groq (Fabric#364): nothing used, more than the limit asked',
    429,
    {
      error: {
        message:
          'Rate limit reached for model llama3-70b-8192 on tokens per minute (TPM): Limit 7000, Used 0, Requested ~12903. Please try again in 50.597142857s.',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    },
    'too-large',
    { retryAfterMs: 50_597 },
  ),
  errorCase(
    'groq-day',
    'Groq (continue#10920): tokens per day',
    429,
    {
      error: {
        message:
          'Rate limit reached for model llama-3.3-70b-versatile on tokens per day (TPD): Limit 100000, Used 97050, Requested 3619. Please try again in 9m38.016s. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    },
    'rate-limit',
    { headers: { 'retry-after': '579' }, retryAfterMs: 579_000, retries: false },
  ),
  errorCase(
    'groq-retry-after',
    'Groq (eliza#4040)',
    429,
    {
      error: {
        message: 'Rate limit reached: Limit 6000, Used 5034, Requested 1443. Please try again in 4.77s.',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    },
    'rate-limit',
    { headers: { 'retry-after': '5' }, retryAfterMs: 5000 },
  ),
  errorCase(
    'xai-key',
    'xAI: the error as text, its code beside it',
    400,
    {
      code: 'Client specified an invalid argument',
      error: `Incorrect API key provided: ${caseKey}. You can obtain an API key from https://console.x.ai.`,
    },
    'auth',
    { says: 'Incorrect API key provided' },
  ),
  errorCase(
    'xai-model',
    'xAI: unknown model',
    404,
    {
      code: 'Some requested entity was not found',
      error: 'The model grok-9 does not exist or your team does not have access to it.',
    },
    'model-not-found',
  ),
  errorCase(
    'xai-credits',
    'xAI: no credits',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error: 'Your newly created team doesn’t have any credits yet. You can purchase credits on https://console.x.ai.',
    },
    'billing',
  ),
  errorCase(
    'alibaba-arrears',
    'Alibaba: account in arrears',
    400,
    {
      error: {
        message: 'Access denied, please make sure your account is in good standing.',
        type: 'Arrearage',
        param: null,
        code: 'Arrearage',
      },
      request_id: 'a-1',
    },
    'billing',
    { requestId: 'a-1' },
  ),
  errorCase(
    'alibaba-inspection',
    'Alibaba: data inspection',
    400,
    {
      error: {
        message: 'Output data may contain inappropriate content.',
        type: 'data_inspection_failed',
        code: 'data_inspection_failed',
      },
    },
    'content-filter',
  ),
  errorCase(
    'moonshot-overloaded',
    'Moonshot: engine overloaded',
    429,
    {
      error: { message: 'The engine is currently overloaded, please try again later', type: 'engine_overloaded_error' },
    },
    'overloaded',
  ),
  errorCase(
    'moonshot-suspended',
    'Moonshot: account suspended for its balance',
    429,
    {
      error: {
        message: 'Your account org-x is suspended, please check your plan and billing details',
        type: 'exceeded_current_quota_error',
      },
    },
    'billing',
  ),
];

/** Replies of providers that fail, with the bodies that real ones send. */

export interface FailureReply {
  readonly kind: 'failure';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `which` is a status, with a word or number where one status has several meanings: `404-model`, `404-path`, `429-5`. */
export function failureReply(which: string, model: string): FailureReply {
  const status = Number.parseInt(which, 10);
  switch (which) {
    case '401':
      return openAiError(
        status,
        `Incorrect API key provided: demo-key-********1234.`,
        'invalid_request_error',
        'invalid_api_key',
      );
    case '402':
      return jsonFailure(status, {
        error: { message: 'Insufficient credits. Add more at the demo shop, which does not exist.', code: 402 },
      });
    case '403':
      return openAiError(
        status,
        'Country, region, or territory not supported',
        'request_forbidden',
        'unsupported_country_region_territory',
      );
    case '404-model':
      return openAiError(
        status,
        `The model \`${model}\` does not exist or you do not have access to it.`,
        'invalid_request_error',
        'model_not_found',
      );
    case '404-path':
      return jsonFailure(status, { detail: 'Not Found' });
    case '413':
      return { ...html(status, '413 Request Entity Too Large') };
    case '503':
      return openAiError(status, 'The engine is currently overloaded, please try again later', 'server_error', null);
  }
  if (status === 429) {
    const retryAfterSeconds = Number(which.split('-')[1] ?? 30);
    const reply = openAiError(
      status,
      `Rate limit reached for ${model} on requests per min (RPM): Limit 3, Used 3. Please try again in ${retryAfterSeconds}s.`,
      'requests',
      'rate_limit_exceeded',
    );
    return { ...reply, headers: { ...reply.headers, 'retry-after': String(retryAfterSeconds) } };
  }
  return openAiError(
    status,
    `The demo server answers ${status}, as asked.`,
    status >= 500 ? 'server_error' : 'invalid_request_error',
    null,
  );
}

export function jsonFailure(status: number, body: unknown): FailureReply {
  return {
    kind: 'failure',
    status,
    headers: { 'content-type': 'application/json', 'x-request-id': `req_demo_${status}` },
    body: JSON.stringify(body),
  };
}

/** A login page or captive portal where an API was expected. */
export const htmlReply: FailureReply = html(200, 'Sign in to continue');

/** `.example` is reserved: that host can never be reached, so a client that follows is found out. */
export const redirectReply: FailureReply = {
  kind: 'failure',
  status: 307,
  headers: { location: 'https://login.example/v1/chat/completions' },
  body: '',
};

function openAiError(status: number, message: string, type: string, code: string | null): FailureReply {
  return jsonFailure(status, { error: { message, type, param: null, code } });
}

function html(status: number, title: string): FailureReply {
  return {
    kind: 'failure',
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  };
}

import type { Ending } from './replay.ts';

/** A response that is an error, and what must become of it. */
export interface ErrorCase {
	readonly name: string;
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body: unknown;
	readonly expected: Omit<Ending, 'text'>;
	/** ms */
	readonly retryAfter?: number;
	readonly requestId?: string;
}

const openai = (
	message: string,
	code: string | null = null,
	type = 'invalid_request_error',
	param?: string,
): object => ({
	error: { message, type, param: param ?? null, code },
});
const google = (code: number, status: string, message: string, ...details: readonly object[]): object => ({
	error: { code, message, status, details },
});
const newApi = (message: string, code = '', type = 'new_api_error'): object =>
	openai(`${message} (request id: 20261105abc)`, code, type);

/** Named after the shapes and statuses of protocols.md 3.1 to 3.3. */
export const errorCases: readonly ErrorCase[] = [
	{
		name: '3.1 array around an object',
		status: 400,
		body: [google(400, 'INVALID_ARGUMENT', 'Bad thing')],
		expected: { failure: 'bad-request', serverMessage: 'Bad thing', code: 'INVALID_ARGUMENT', retryable: false },
	},
	{
		name: '3.1 error is a string',
		status: 400,
		body: { error: "'url' field must be a base64 encoded image." },
		expected: { failure: 'image-rejected' },
	},
	{
		name: '3.1 nested JSON strings',
		status: 400,
		body: {
			error: {
				message: JSON.stringify({
					error: { message: JSON.stringify({ error: { message: 'innermost', status: 'X' } }) },
				}),
			},
		},
		expected: { failure: 'bad-request', serverMessage: 'innermost' },
	},
	{
		name: '3.1 OpenRouter metadata.raw',
		status: 400,
		body: {
			error: {
				message: 'Provider returned error',
				code: 400,
				metadata: { raw: JSON.stringify(openai('too long', 'context_length_exceeded')), provider_name: 'X' },
			},
		},
		expected: { failure: 'context-length', serverMessage: 'too long', code: 'context_length_exceeded' },
	},
	{
		name: '3.1 flat',
		status: 400,
		body: { object: 'error', message: 'No', type: 'BadRequestError', code: 400 },
		expected: { failure: 'bad-request', serverMessage: 'No' },
	},
	{
		name: '3.1 detail as text',
		status: 404,
		body: { detail: 'Not Found' },
		expected: { failure: 'not-found', serverMessage: 'Not Found' },
	},
	{
		name: '3.1 detail as list',
		status: 422,
		body: {
			detail: [
				{ loc: ['body', 'max_completion_tokens'], msg: 'Extra inputs are not permitted', type: 'extra_forbidden' },
			],
		},
		expected: { failure: 'unsupported-parameter', code: 'max_completion_tokens' },
	},
	{
		name: '3.1 message alone',
		status: 403,
		body: { message: 'Forbidden' },
		expected: { failure: 'permission', serverMessage: 'Forbidden' },
	},
	{
		name: '3.1 Anthropic',
		status: 529,
		headers: { 'x-should-retry': 'true' },
		body: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
		expected: { failure: 'overloaded', retryable: true, code: 'overloaded_error' },
	},
	{
		name: '3.1 HTML',
		status: 413,
		body: '<html>\r\n<head><title>413 Request Entity Too Large</title></head></html>',
		expected: { failure: 'too-large', serverMessage: '413 Request Entity Too Large' },
	},
	{ name: '3.1 empty', status: 429, body: '', expected: { failure: 'rate', retryable: true } },
	{
		name: '3.1 plain text',
		status: 500,
		body: 'Internal Server Error',
		expected: { failure: 'server', serverMessage: 'Internal Server Error', retryable: true },
	},
	{
		name: '3.1 code as numeric string',
		status: 200,
		body: { error: { code: '503', message: 'busy' } },
		expected: { failure: 'overloaded' },
	},
	{
		name: '3.1 something that is no text',
		status: 500,
		body: Buffer.from([0xff, 0x00, 0x1f, 0x8b]),
		expected: { failure: 'server' },
	},
	...[null, ''].map((code) => ({
		name: `3.1 code ${JSON.stringify(code)}`,
		status: 400,
		body: openai('Bad thing', code),
		expected: { failure: 'bad-request', serverMessage: 'Bad thing', code: 'invalid_request_error' } as const,
	})),
	{
		name: '3.2 400 unsupported_parameter',
		status: 400,
		body: openai(
			"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
			'unsupported_parameter',
			'invalid_request_error',
			'max_tokens',
		),
		expected: { failure: 'unsupported-parameter', code: 'max_tokens', retryable: false },
	},
	{
		name: '3.2 400 unsupported_value',
		status: 400,
		body: openai(
			"Unsupported value: 'temperature' does not support 0.2 with this model.",
			'unsupported_value',
			'invalid_request_error',
			'temperature',
		),
		expected: { failure: 'unsupported-parameter', code: 'temperature' },
	},
	{
		name: '3.2 400 Unknown name',
		status: 400,
		body: google(
			400,
			'INVALID_ARGUMENT',
			'Invalid JSON payload received. Unknown name "topk" at generation_config: Cannot find field.',
		),
		expected: { failure: 'unsupported-parameter', code: 'topk' },
	},
	{
		name: '3.2 400 context_length_exceeded',
		status: 400,
		body: openai("This model's maximum context length is 8192 tokens.", 'context_length_exceeded'),
		expected: { failure: 'context-length' },
	},
	{
		name: '3.2 400 Gemini too many tokens',
		status: 400,
		body: google(
			400,
			'INVALID_ARGUMENT',
			'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
		),
		expected: { failure: 'context-length' },
	},
	{
		name: '3.2 400 invalid_image_format',
		status: 400,
		body: openai('You uploaded an unsupported image.', 'invalid_image_format'),
		expected: { failure: 'image-rejected', code: 'invalid_image_format' },
	},
	{
		name: '3.2 400 Gemini unable to process image',
		status: 400,
		body: google(400, 'INVALID_ARGUMENT', 'Unable to process input image. Please retry or report'),
		expected: { failure: 'image-rejected' },
	},
	{
		name: '3.2 400 vLLM image limit',
		status: 400,
		body: {
			object: 'error',
			message: 'At most 1 image(s) may be provided in one request.',
			type: 'BadRequestError',
			code: 400,
		},
		expected: { failure: 'image-rejected' },
	},
	{
		name: '3.2 400 content_policy_violation',
		status: 400,
		body: openai(
			'Your input image may contain content that is not allowed by our safety system.',
			'content_policy_violation',
		),
		expected: { failure: 'blocked', code: 'content_policy_violation' },
	},
	{
		name: '3.2 400 Azure content_filter',
		status: 400,
		body: {
			error: {
				message: 'The response was filtered',
				code: 'content_filter',
				status: 400,
				innererror: { code: 'ResponsibleAIPolicyViolation' },
			},
		},
		expected: { failure: 'blocked', retryable: false },
	},
	{
		name: '3.2 400 Gemini bad key',
		status: 400,
		body: google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', {
			'@type': 'type.googleapis.com/google.rpc.ErrorInfo',
			reason: 'API_KEY_INVALID',
		}),
		expected: { failure: 'auth', code: 'API_KEY_INVALID' },
	},
	{
		name: '3.2 400 Gemini region',
		status: 400,
		body: google(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
		expected: { failure: 'region' },
	},
	{
		name: '3.2 400 Gemini billing',
		status: 400,
		body: google(400, 'FAILED_PRECONDITION', 'Please enable billing on project 1 in Google AI Studio.'),
		expected: { failure: 'balance' },
	},
	{
		name: '3.2 400 New-API sensitive words',
		status: 400,
		body: newApi('user sensitive words detected', 'sensitive_words_detected'),
		expected: { failure: 'blocked' },
		requestId: '20261105abc',
	},
	{
		name: '3.2 400 Ollama no vision',
		status: 400,
		body: openai('this model is missing data required for image input'),
		expected: { failure: 'image-rejected' },
	},
	{
		name: '3.2 401',
		status: 401,
		headers: { 'x-request-id': 'req_1' },
		body: openai('Incorrect API key provided: sk-abcd****wxyz. You can find your API key at x.', 'invalid_api_key'),
		expected: { failure: 'auth', serverMessage: 'Incorrect API key provided: sk-… You can find your API key at x.' },
		requestId: 'req_1',
	},
	{ name: '3.2 401 New-API', status: 401, body: newApi('无效的令牌'), expected: { failure: 'auth' } },
	{ name: '3.2 401 without a word', status: 401, body: '', expected: { failure: 'auth' } },
	{
		name: '3.2 402',
		status: 402,
		body: { error: { code: 402, message: 'This request requires more credits, or fewer max_tokens.' } },
		expected: { failure: 'balance', retryable: false },
	},
	{
		name: '3.2 402 DeepSeek',
		status: 402,
		body: openai('Insufficient Balance', 'invalid_request_error', 'unknown_error'),
		expected: { failure: 'balance', retryable: false },
	},
	{
		name: '3.2 403 Gemini PERMISSION_DENIED',
		status: 403,
		body: google(
			403,
			'PERMISSION_DENIED',
			'Generative Language API has not been used in project 1 before or it is disabled.',
			{ reason: 'SERVICE_DISABLED' },
		),
		expected: { failure: 'permission' },
	},
	{
		name: '3.2 403 Gemini SERVICE_DISABLED',
		status: 403,
		body: google(
			403,
			'PERMISSION_DENIED',
			'Generative Language API has not been used in project 1 before or it is disabled.',
			{
				'@type': 'type.googleapis.com/google.rpc.ErrorInfo',
				reason: 'SERVICE_DISABLED',
			},
		),
		expected: { failure: 'permission', retryable: false },
	},
	{
		name: '3.2 403 OpenAI region',
		status: 403,
		body: openai(
			'Country, region, or territory not supported',
			'unsupported_country_region_territory',
			'request_forbidden',
		),
		expected: { failure: 'region' },
	},
	{
		name: '3.2 403 New-API balance',
		status: 403,
		body: newApi('用户额度不足, 剩余额度: ¥0.00', 'insufficient_user_quota'),
		expected: { failure: 'balance', retryable: false },
	},
	{
		name: '3.2 403 New-API pre-consume',
		status: 403,
		body: newApi('token quota is not enough, token remain quota: $0.01', 'pre_consume_token_quota_failed'),
		expected: { failure: 'balance' },
	},
	{
		name: '3.2 403 New-API access denied',
		status: 403,
		body: newApi('该令牌无权访问模型 gpt-4o', 'access_denied'),
		expected: { failure: 'permission' },
	},
	{
		name: '3.2 403 OpenRouter moderation',
		status: 403,
		body: {
			error: {
				code: 403,
				message: 'openai/gpt-4o requires moderation on OpenAI. Your input was flagged for "violence".',
				metadata: { reasons: ['violence'] },
			},
		},
		expected: { failure: 'blocked' },
	},
	{
		name: '3.2 404 model',
		status: 404,
		body: openai('The model `gpt-9` does not exist or you do not have access to it.', 'model_not_found'),
		expected: { failure: 'model-not-found' },
	},
	{
		name: '3.2 404 Ollama',
		status: 404,
		body: {
			error: { message: 'model "llava" not found, try pulling it first', type: 'api_error', param: null, code: null },
		},
		expected: { failure: 'model-not-found' },
	},
	{
		name: '3.2 404 path',
		status: 404,
		body: openai('Invalid URL (POST /chat/completions)'),
		expected: { failure: 'not-found' },
	},
	{
		name: '3.2 404 Google page',
		status: 404,
		body: '<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title>',
		expected: { failure: 'not-found', serverMessage: 'Error 404 (Not Found)!!1' },
	},
	...[408, 504, 524].map((status) => ({
		name: `3.2 ${status}`,
		status,
		body: '',
		expected: { failure: 'timeout', retryable: true } as const,
	})),
	{
		name: '3.2 413 nginx',
		status: 413,
		body: '<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body></body></html>',
		expected: { failure: 'too-large', serverMessage: '413 Request Entity Too Large', retryable: false },
	},
	{
		name: '3.2 413 New-API',
		status: 413,
		body: newApi('http: request body too large', 'read_request_body_failed'),
		expected: { failure: 'too-large', retryable: false },
	},
	{
		name: '3.2 429 OpenAI',
		status: 429,
		headers: { 'retry-after': '7' },
		body: openai(
			'Rate limit reached for gpt-4o on tokens per min (TPM). Please try again in 3s.',
			'rate_limit_exceeded',
			'tokens',
		),
		expected: { failure: 'rate', retryable: true, code: 'rate_limit_exceeded' },
		retryAfter: 7000,
	},
	{
		name: '3.2 429 OpenAI per day',
		status: 429,
		body: openai(
			'Rate limit reached for gpt-4o on requests per day (RPD): Limit 200.',
			'rate_limit_exceeded',
			'requests',
		),
		expected: { failure: 'quota', retryable: false },
	},
	{
		name: '3.2 429 credit_balance_exhausted',
		status: 429,
		body: openai('You have no credits left.', 'credit_balance_exhausted', 'insufficient_quota'),
		expected: { failure: 'balance', retryable: false },
	},
	{
		name: '3.2 429 New-API global limiter, empty body',
		status: 429,
		body: '',
		expected: { failure: 'rate', retryable: true },
	},
	{
		name: '3.2 429 insufficient_quota',
		status: 429,
		body: openai(
			'You exceeded your current quota, please check your plan and billing details.',
			'insufficient_quota',
			'insufficient_quota',
		),
		expected: { failure: 'balance', retryable: false },
	},
	{
		name: '3.2 429 Gemini per minute',
		status: 429,
		body: google(
			429,
			'RESOURCE_EXHAUSTED',
			'You exceeded your current quota, please check your plan and billing details.',
			{ violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier' }] },
			{ retryDelay: '26.5s' },
		),
		expected: { failure: 'rate', retryable: true },
		retryAfter: 26_500,
	},
	{
		name: '3.2 429 Gemini per day',
		status: 429,
		body: google(
			429,
			'RESOURCE_EXHAUSTED',
			'You exceeded your current quota, please check your plan and billing details.',
			{ violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }] },
			{ retryDelay: '26s' },
		),
		expected: { failure: 'quota' },
		retryAfter: 26_000,
	},
	{
		name: '3.2 429 with a wait of hours',
		status: 429,
		headers: { 'retry-after': '7200' },
		body: '',
		expected: { failure: 'quota' },
		retryAfter: 7_200_000,
	},
	{
		name: '3.2 499 Gemini',
		status: 499,
		body: google(499, 'CANCELLED', 'The operation was cancelled.'),
		expected: { failure: 'server' },
	},
	{
		name: '3.2 500',
		status: 500,
		body: openai('The server had an error', null, 'server_error'),
		expected: { failure: 'server', retryable: true },
	},
	{
		name: '3.2 500 llama.cpp without mmproj',
		status: 500,
		body: {
			error: {
				code: 500,
				message: 'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
				type: 'server_error',
			},
		},
		expected: { failure: 'image-rejected', retryable: false },
	},
	{ name: '3.2 501', status: 501, body: '', expected: { failure: 'bad-request' } },
	{
		name: '3.2 502 HTML',
		status: 502,
		body: '<html><title>502 Bad Gateway</title></html>',
		expected: { failure: 'server', retryable: true },
	},
	{
		name: '3.2 503 Gemini',
		status: 503,
		body: google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
		expected: { failure: 'overloaded', retryable: true },
	},
	{
		name: '3.2 503 OpenAI',
		status: 503,
		body: openai('That model is currently overloaded', 'server_is_overloaded', 'server_error'),
		expected: { failure: 'overloaded' },
	},
	{
		name: '3.2 503 New-API no channel',
		status: 503,
		body: newApi('当前分组 default 下对于模型 gpt-x 无可用渠道', 'model_not_found'),
		expected: { failure: 'model-not-found', retryable: false },
	},
	{
		name: '3.2 503 maxtoken.io content policy',
		status: 503,
		body: newApi('The request was refused, actual status 400', 'bad_response_status_code', 'upstream_error'),
		expected: { failure: 'blocked', retryable: false },
	},
	{ name: '3.2 unknown 4xx', status: 418, body: '', expected: { failure: 'bad-request', retryable: false } },
	{ name: '3.2 unknown 5xx', status: 599, body: '', expected: { failure: 'server', retryable: true } },
	{
		name: '3.3 x-should-retry false',
		status: 500,
		headers: { 'x-should-retry': 'false' },
		body: '',
		expected: { failure: 'server', retryable: false },
	},
	{
		name: '3.3 retry-after-ms wins',
		status: 429,
		headers: { 'retry-after-ms': '1500.5', 'retry-after': '9' },
		body: '',
		expected: { failure: 'rate' },
		retryAfter: 1500.5,
	},
	{
		name: '3.3 retry-after in the past',
		status: 503,
		headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' },
		body: '',
		expected: { failure: 'overloaded' },
		retryAfter: 0,
	},
	{
		name: '3.3 retry in, in milliseconds',
		status: 429,
		body: openai('Please try again in 250ms.'),
		expected: { failure: 'rate' },
		retryAfter: 250,
	},
	{
		name: '3.3 retry in, in seconds',
		status: 429,
		body: openai('Please retry in 12.4s.'),
		expected: { failure: 'rate' },
		retryAfter: 12_400,
	},
	{
		name: '3.3 retry in, in minutes and seconds',
		status: 429,
		body: openai('Please try again in 1m26.4s.'),
		expected: { failure: 'rate' },
		retryAfter: 86_400,
	},
	{
		name: '3.3 retry in, in words',
		status: 429,
		body: openai('Please retry after 20 seconds.'),
		expected: { failure: 'rate' },
		retryAfter: 20_000,
	},
	{
		name: '3.3 retry in, in hours',
		status: 429,
		body: openai('Please try again in 1h2m3s.'),
		expected: { failure: 'quota' },
		retryAfter: 3_723_000,
	},
	{
		name: '3.3 a redirect',
		status: 307,
		headers: { location: 'https://user:secret@login.test/oauth?token=1' },
		body: '',
		expected: {
			failure: 'invalid-response',
			code: 'redirect',
			serverMessage: 'HTTP 307: redirects to https://login.test',
		},
	},
	{
		name: '3.3 a redirect to a path',
		status: 301,
		headers: { location: '/v2' },
		body: '',
		expected: {
			failure: 'invalid-response',
			code: 'redirect',
			serverMessage: 'HTTP 301: redirects to https://host.test',
		},
	},
	{
		name: '7.1 #25 string error of LM Studio',
		status: 400,
		body: { error: "'url' field must be a base64 encoded image." },
		expected: { failure: 'image-rejected', retryable: false },
	},
	{
		name: '7.1 #26 500 of a model without mmproj is permanent',
		status: 500,
		body: { error: { code: 500, message: 'image input is not supported', type: 'server_error' } },
		expected: { failure: 'image-rejected', retryable: false },
	},
	{
		name: '7.1 #30 422 of a strict server names the field',
		status: 422,
		body: {
			object: 'error',
			message: { detail: [{ type: 'extra_forbidden', loc: ['body', 'reasoning_effort'], msg: 'Extra inputs' }] },
			type: 'invalid_request_error',
		},
		expected: { failure: 'unsupported-parameter', code: 'reasoning_effort' },
	},
	{
		name: '7.1 #35 daily quota in an array is terminal',
		status: 429,
		body: [
			google(
				429,
				'RESOURCE_EXHAUSTED',
				'You exceeded your current quota, please check your plan and billing details.',
				{ violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }] },
			),
		],
		expected: { failure: 'quota', retryable: false },
	},
	{
		name: '7.1 #37 nested error string',
		status: 400,
		body: {
			error: {
				message: JSON.stringify(
					google(400, 'INVALID_ARGUMENT', 'Requests ending with a model turn are not supported.'),
				),
				code: 400,
				status: 'Bad Request',
			},
		},
		expected: { failure: 'bad-request', serverMessage: 'Requests ending with a model turn are not supported.' },
	},
	{
		name: '1.2 a thinking level that the model does not know',
		status: 400,
		body: google(400, 'INVALID_ARGUMENT', 'Thinking level is not supported for this model.'),
		expected: { failure: 'unsupported-parameter', code: 'thinkingConfig' },
	},
	{
		name: '3.2 400 New-API prompt blocked',
		status: 400,
		body: newApi('prompt blocked', 'prompt_blocked'),
		expected: { failure: 'blocked', retryable: false },
	},
	{
		name: '3.2 400 New-API cannot convert',
		status: 400,
		body: newApi('file id is not supported', 'convert_request_failed'),
		expected: { failure: 'bad-request', code: 'convert_request_failed' },
	},
	{
		name: '3.2 400 invalid_image_url',
		status: 400,
		body: openai('Timeout while downloading https://x.test/a.png.', 'invalid_image_url'),
		expected: { failure: 'image-rejected' },
	},
	{
		name: '3.2 400 Ollama unknown part',
		status: 400,
		body: openai('invalid message format'),
		expected: { failure: 'bad-request', serverMessage: 'invalid message format', retryable: false },
	},
	{
		name: '3.2 400 Ollama context exceeded',
		status: 400,
		body: openai('the input length exceeds the context length'),
		expected: { failure: 'context-length' },
	},
	{
		name: '3.2 400 Gemini other precondition',
		status: 400,
		body: google(400, 'FAILED_PRECONDITION', 'The model cannot be used now.'),
		expected: { failure: 'bad-request', retryable: false },
	},
	{
		name: '3.2 404 Gemini model',
		status: 404,
		body: google(
			404,
			'NOT_FOUND',
			'models/gemini-9 is not found for API version v1beta, or is not supported for generateContent.',
		),
		expected: { failure: 'model-not-found' },
	},
	{
		name: '3.2 413 Anthropic',
		status: 413,
		body: { type: 'error', error: { type: 'request_too_large', message: 'Request exceeds the maximum size' } },
		expected: { failure: 'too-large' },
	},
	{
		name: '3.2 422 Mistral',
		status: 422,
		body: {
			object: 'error',
			message: { detail: [{ type: 'missing', loc: ['body', 'messages'], msg: 'Field required' }] },
		},
		expected: { failure: 'bad-request', serverMessage: 'body.messages: Field required' },
	},
	{
		name: '3.2 429 slow_down',
		status: 429,
		body: openai('Slow down.', 'slow_down', 'rate_limit_error'),
		expected: { failure: 'rate', code: 'slow_down', retryable: true },
	},
	{
		name: '3.2 429 Gemini, bare',
		status: 429,
		body: google(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'),
		expected: { failure: 'rate', retryable: true },
	},
	{
		name: '3.2 429 New-API model limiter',
		status: 429,
		body: newApi('您已达到总请求数限制：1分钟内最多请求10次'),
		expected: { failure: 'rate', retryable: true },
	},
	{
		name: '3.2 503 Ollama queue full',
		status: 503,
		body: { error: 'server busy, please try again.  maximum pending requests exceeded' },
		expected: { failure: 'overloaded', retryable: true },
	},
	{
		name: '3.2 529 with x-should-retry',
		status: 529,
		headers: { 'x-should-retry': 'true' },
		body: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
		expected: { failure: 'overloaded', retryable: true },
	},
	{ name: '3.2 529', status: 529, body: '', expected: { failure: 'overloaded', retryable: true } },
	{
		name: '3.2 200 with an error of an old gateway',
		status: 200,
		body: openai('No candidates returned', 'channel_error', 'one_api_error'),
		expected: { failure: 'server', serverMessage: 'No candidates returned' },
	},
	{
		name: '3.2 200 with a flat error',
		status: 200,
		body: { object: 'error', message: 'Too many tokens', type: 'BadRequestError', code: 400 },
		expected: { failure: 'context-length' },
	},
];

import type { FailureKind } from './failure.ts';

/** A kind of failure, and how servers word it. */
export interface FailureRule {
	readonly kind: FailureKind;
	/** In lower case. */
	readonly codes?: readonly string[];
	/** Tried on the message and the names of the limits that were hit. */
	readonly message?: RegExp;
	/** The message counts only with one of these. */
	readonly statuses?: readonly number[];
}

/** The first that fits wins, whatever the HTTP status: gateways map statuses as they like (protocols.md 3.2, 3.3). */
export const failureRules: readonly FailureRule[] = [
	{
		kind: 'auth',
		codes: [
			'invalid_api_key',
			'api_key_invalid',
			'missing_api_key',
			'invalid_authentication',
			'authentication_error',
			'unauthenticated',
			'unauthorized',
			'account_deactivated',
		],
		message:
			/(?:incorrect|invalid|missing|no|expired) api[ _-]?key|api[ _-]?key (?:not valid|not found|expired|is invalid)|invalid (?:bearer )?token|no auth credentials|无效的令牌|令牌已过期/i,
	},
	{
		kind: 'blocked',
		codes: [
			'content_policy_violation',
			'content_filter',
			'content_filtered',
			'responsibleaipolicyviolation',
			'moderation_blocked',
			'prompt_blocked',
			'sensitive_words_detected',
			'prohibited_content',
			'image_content_policy_violation',
			'data_inspection_failed',
		],
		// maxtoken.io answers 503 when its upstream refused the content: "actual status 400" (protocols.md 3.2).
		message:
			/actual status(?: code)?\W{0,3}400\b|content[ _-]?(?:policy|filter|management)|usage polic|safety (?:system|polic|filter|setting)|responsible ?ai|prohibited[ _]content|requires moderation|\bflagged\b|blocked (?:by|due to|for) |敏感词|内容安全|违规/i,
	},
	{
		kind: 'balance',
		codes: [
			'insufficient_quota',
			'insufficient_user_quota',
			'pre_consume_token_quota_failed',
			'credit_balance_exhausted',
			'billing_hard_limit_reached',
			'billing_not_active',
			'insufficient_balance',
			'insufficient_credits',
			'exceeded_current_quota_error',
			'payment_required',
		],
		message:
			/余额不足|额度不足|额度已用尽|insufficient (?:account )?(?:balance|credits?|funds|user quota)|(?:not enough|out of|requires more) credits|credit balance is too low|quota is not enough|enable billing|billing (?:is )?not (?:active|enabled)/i,
	},
	{
		kind: 'region',
		codes: ['unsupported_country_region_territory', 'location_not_supported'],
		message:
			/location is not supported|(?:country|region|territory)[^.]{0,40}not (?:supported|available)|not available in your (?:country|region)/i,
	},
	{ kind: 'quota', statuses: [429], message: /per ?day|\bdaily\b|\b[RT]PD\b/i },
	{
		kind: 'context-length',
		codes: ['context_length_exceeded', 'exceed_context_size_error', 'string_above_max_length'],
		message:
			/context[ _-]?(?:length|window|size)|exceeds? the (?:available )?context|prompt is too long|too many (?:input )?tokens|input (?:token count|is too long|length)[^.]{0,60}(?:exceed|too long|maximum)/i,
	},
	{
		kind: 'unsupported-parameter',
		codes: [
			'unsupported_parameter',
			'unsupported_value',
			'unknown_parameter',
			'extra_forbidden',
			'unrecognized_request_argument',
		],
		message:
			/unsupported (?:parameter|value)|unrecognized request argument|unknown (?:name|parameter|field)\b|extra inputs are not permitted|thinking (?:level|budget) is not supported|penalty is not enabled/i,
	},
	{
		kind: 'image-rejected',
		codes: [
			'invalid_image',
			'invalid_image_url',
			'invalid_image_format',
			'invalid_base64_image',
			'image_parse_error',
			'image_too_large',
			'unsupported_image_media_type',
		],
		message:
			/image input|mmproj|(?:support|process|decode|load|parse|read)(?:s|ed|ing)? (?:the |this |any |input )*images?\b|(?:support|have|has)[^.]{0,20} vision|(?:invalid|unsupported|unknown|corrupt\w*) (?:or )?(?:unsupported )?image|image: unknown format|image[^.]{0,30}(?:exceeds|too large|not supported|unsupported|invalid)|'url' field must be a base64|not a multimodal model|at most \d+ image|image_url[^.]{0,40}(?:not supported|only supported|expected|unknown)/i,
	},
	{
		kind: 'model-not-found',
		codes: ['model_not_found', 'model_not_available', 'model_not_supported', 'deploymentnotfound', 'invalid_model'],
		message:
			/\bmodels?\b.{0,120}(?:not found|does not exist|not exist|is not (?:supported|available|a valid)|not loaded)|(?:no such|unknown|invalid) model|not a valid model|no available channel|无可用渠道|try pulling it first|no endpoints found/i,
	},
	{
		kind: 'too-large',
		codes: ['request_too_large', 'read_request_body_failed'],
		message: /(?:entity|body|payload) (?:is )?too large/i,
	},
	{
		kind: 'rate',
		codes: ['slow_down', 'rate_limit_exceeded', 'too_many_requests', 'rate_limit_error', 'resource_exhausted'],
	},
	{
		kind: 'overloaded',
		codes: ['server_is_overloaded', 'overloaded_error', 'overloaded', 'unavailable', 'insufficient_system_resource'],
	},
	{ kind: 'permission', codes: ['permission_denied', 'permission_error', 'access_denied', 'service_disabled'] },
	{ kind: 'timeout', codes: ['deadline_exceeded', 'timeout_error', 'gateway_timeout'] },
];

/** What a status means when the body says nothing better. Others: 4xx `bad-request`, 5xx `server`. */
export const statusKinds: Readonly<Record<number, FailureKind>> = {
	401: 'auth',
	402: 'balance',
	403: 'permission',
	404: 'not-found',
	408: 'timeout',
	409: 'server',
	413: 'too-large',
	429: 'rate',
	499: 'server',
	501: 'bad-request',
	503: 'overloaded',
	504: 'timeout',
	524: 'timeout',
	529: 'overloaded',
};

/** The last word where no HTTP status tells whose fault it is: an error inside a 200. */
export const requestFault: ReadonlySet<string> = new Set([
	'invalid_request_error',
	'invalid_argument',
	'invalid_request',
	'badrequesterror',
	'validation_error',
	'failed_precondition',
]);

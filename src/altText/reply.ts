/** What a model wrote as an alt text. */
export interface AltTextReply {
	/** On one line; empty only for a decorative image. */
	readonly alt: string;
	/** The model says that readers miss nothing without the image, and gives no text for it. */
	readonly decorative: boolean;
	readonly reason?: string;
}

/** Reads the JSON that the prompt asks for, or the text of a model that ignored it. Undefined: nothing usable. */
export function readReply(text: string): AltTextReply | undefined {
	const answer = withoutThoughts(text);
	for (const source of jsonObjects(answer)) {
		const reply = fromJson(source);
		if (reply !== undefined) {
			return accepted(reply);
		}
	}
	return /["']alt["']\s*:/.test(answer) ? accepted(fromBrokenJson(answer)) : fromText(answer);
}

/** Reasoning models on local servers send their thoughts in the answer, at times without the first mark. */
function withoutThoughts(text: string): string {
	const answer = text.split(/<\/think(?:ing)?>/i).at(-1) ?? '';
	const [spoken = ''] = answer.split(/<think(?:ing)?>/i);
	return spoken;
}

/** The outermost braces of a text, strings respected. */
function* jsonObjects(text: string): Generator<string> {
	let depth = 0;
	let start = 0;
	for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\[^])*"|[{}]/g)) {
		if (token === '{') {
			start = depth === 0 ? index : start;
			depth++;
		} else if (token === '}' && depth > 0) {
			depth--;
			if (depth === 0) {
				yield text.slice(start, index + 1);
			}
		}
	}
}

function fromJson(source: string): AltTextReply | undefined {
	const value = parsed(source) ?? parsed(source.replace(/[\r\n\t]+/g, ' '));
	if (typeof value !== 'object' || value === null) {
		return undefined;
	}
	const { alt, decorative, reason } = value as { alt?: unknown; decorative?: unknown; reason?: unknown };
	const isDecorative = decorative === true || decorative === 'true';
	if (typeof alt !== 'string' && !isDecorative) {
		return undefined;
	}
	return {
		alt: typeof alt === 'string' ? alt : '',
		decorative: isDecorative,
		...(typeof reason === 'string' && reason !== '' && { reason: oneLine(reason) }),
	};
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch (error) {
		if (error instanceof SyntaxError) {
			return undefined;
		}
		throw error;
	}
}

/** An answer that was cut off after the alt text still has it; half an alt text is none. */
function fromBrokenJson(text: string): AltTextReply | undefined {
	const [, literal] = /"alt"\s*:\s*("(?:[^"\\\r\n]|\\.)*")/.exec(text) ?? [];
	const alt = literal === undefined ? undefined : parsed(literal);
	return typeof alt === 'string' ? { alt, decorative: /"decorative"\s*:\s*true/.test(text) } : undefined;
}

function fromText(text: string): AltTextReply | undefined {
	const alt = withoutWrappers(text);
	const decorative = /^(?:decorative\b.?|""|''|“”)$/i.test(alt);
	return accepted({ alt: decorative ? '' : alt, decorative });
}

/** A text in hand outweighs the word that none is needed. */
function accepted(reply: AltTextReply | undefined): AltTextReply | undefined {
	if (reply === undefined) {
		return undefined;
	}
	const alt = withoutAnnouncement(oneLine(reply.alt));
	return alt === '' && !reply.decorative ? undefined : { ...reply, alt, decorative: alt === '' };
}

/** What models put around a text, each with the text as its first group. Tried again until none fits. */
const wrappers: readonly RegExp[] = [
	/^```\w*\r?\n([^]*?)\r?\n?```$/,
	/^(?:(?:sure|certainly|of course|okay)\b[^\n:]{0,20})?here(?:['’]s| is)\b[^\n:]{0,80}:\s+([^]+)$/i,
	/^[*_#\s]*(?:alt(?:ernative)?[ -]?text|alt)[*_]*\s*[:：=][*_]*\s*([^]*)$/i,
	/^!\[([^]*)\]\([^()]*\)$/,
	/^<img\b[^>]*\balt=("[^"]*")[^>]*>$/i,
	/^"([^"]+)"$/,
	/^'([^']+(?:'\w[^']*)*)'$/,
	/^“([^”]+)”$/,
	/^„([^“”]+)[“”]$/,
	/^‘([^‘]+)’$/,
	/^«\s*([^»]+?)\s*»$/,
	/^「([^」]+)」$/,
	/^`([^`]+)`$/,
	/^\*\*([^*]+)\*\*$/,
];

function withoutWrappers(text: string): string {
	let inner = text.trim();
	for (let wrapper = wrapperOf(inner); wrapper !== undefined; wrapper = wrapperOf(inner)) {
		inner = (wrapper.exec(inner)?.[1] ?? '').trim();
	}
	return inner;
}

function wrapperOf(text: string): RegExp | undefined {
	return wrappers.find((wrapper) => wrapper.test(text));
}

/** Only where it opens the text: "disk image" is about an image (jsx-a11y#1085), "picture of the year" a name. */
const announcement =
	/^(?:(?:an?|the|this) )?(?:image|picture|photo|photograph) (?:(?:of|showing|depicting)|(?:shows|depicts)) (?!the (?:day|week|month|year)\b)/i;

function withoutAnnouncement(alt: string): string {
	const rest = alt.replace(announcement, '');
	const startedUpperCase = /^\p{Lu}/u.test(alt);
	const [firstWord = ''] = /^\S*/.exec(rest) ?? [];
	const isOwnSpelling = /\p{Lu}/u.test(firstWord);
	return rest !== alt && startedUpperCase && !isOwnSpelling ? upperFirst(rest) : rest;
}

function upperFirst(text: string): string {
	return text.replace(/^./u, (first) => first.toUpperCase());
}

function oneLine(text: string): string {
	return text.replace(/[\t\n\f\r ]+/g, ' ').trim();
}

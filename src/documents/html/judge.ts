import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';
import { titleText } from './imageTag.ts';

/** HTML as the reference parser reads it, which shares no code with the finder: a document, or a piece of one. */
export type Judged = DefaultTreeAdapterTypes.Document | DefaultTreeAdapterTypes.DocumentFragment;

/** The attribute that a rewrite sets, or the text of the title of an SVG as `titleText`. */
export interface Change {
	readonly name: string;
	readonly value: string;
	/** The offset of its tag, if that is known. */
	readonly tagStart?: number;
}

/** A node of a tree before and after the change. */
interface Pair {
	readonly one: Node;
	readonly other: Node;
}

type Node = DefaultTreeAdapterTypes.Node;

export function judge(text: string): Judged {
	return parse(text, { sourceCodeLocationInfo: true });
}

export function judgePiece(html: string): Judged {
	return parseFragment(html, { sourceCodeLocationInfo: true });
}

/** Whether two trees are alike but for one attribute, and whether that has the value in the second. */
export function differOnlyInAttribute(before: Judged, after: Judged, change: Change): boolean {
	const pairs = pairsOf(before, after);
	const changed = pairs?.find((pair) => isChanged(pair, change));
	return (
		pairs !== undefined &&
		changed !== undefined &&
		valueOf(changed.other, change.name) === change.value &&
		pairs.every(({ one, other }) => {
			const ignored = other === changed.other ? change.name : undefined;
			return attributes(one, ignored) === attributes(other, ignored);
		})
	);
}

/** An attribute may be written in another way and still say the same, as `alt` and `alt=""` do. */
function isChanged({ one, other }: Pair, { name, value, tagStart }: Change): boolean {
	return tagStart === undefined
		? attributes(one) !== attributes(other) || valueOf(other, name) === value
		: startOf(one) === tagStart && startOf(other) === tagStart;
}

/** Undefined when the trees differ in more than attributes. */
function pairsOf(before: Node, after: Node): readonly Pair[] | undefined {
	const pairs: Pair[] = [];
	// No recursion: nothing bounds how deep elements are nested.
	const open: Pair[] = [{ one: before, other: after }];
	for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
		const children = childrenOf(pair.one);
		const others = childrenOf(pair.other);
		if (ownContent(pair.one) !== ownContent(pair.other) || children.length !== others.length) {
			return undefined;
		}
		pairs.push(pair);
		open.push(...children.flatMap((one, index) => others.slice(index, index + 1).map((other) => ({ one, other }))));
	}
	return pairs;
}

/** The text of a title is compared with the attributes of its SVG. */
function childrenOf(node: Node): readonly Node[] {
	if ('parentNode' in node && node.parentNode && titleOf(node.parentNode) === node) {
		return [];
	}
	return [...('childNodes' in node ? node.childNodes : []), ...('content' in node ? [node.content] : [])];
}

const elsewhere = new Set(['parentNode', 'childNodes', 'content', 'attrs', 'sourceCodeLocation']);

function ownContent(node: Node): string {
	return JSON.stringify(Object.entries(node).filter(([key]) => !elsewhere.has(key)));
}

function attributes(node: Node, ignored?: string): string {
	return JSON.stringify(attributesOf(node).filter(({ name }) => name !== ignored));
}

function valueOf(node: Node, name: string): string | undefined {
	return attributesOf(node).find((attribute) => attribute.name === name)?.value;
}

type Attributes = readonly { readonly name: string; readonly value: string }[];

function attributesOf(node: Node): Attributes {
	const title = titleOf(node);
	return [
		...('attrs' in node ? node.attrs : []),
		...(title ? [{ name: titleText, value: title.childNodes.map(textOf).join('') }] : []),
	];
}

/** The first title of an SVG, if it holds nothing but text. */
function titleOf(node: Node): DefaultTreeAdapterTypes.Element | undefined {
	const children = node.nodeName === 'svg' && 'childNodes' in node ? node.childNodes : [];
	const title = children.find(({ nodeName }) => nodeName === 'title');
	return title && 'childNodes' in title && 'attrs' in title && title.childNodes.every(isText) ? title : undefined;
}

function isText(node: Node): node is DefaultTreeAdapterTypes.TextNode {
	return node.nodeName === '#text';
}

function textOf(node: Node): string {
	return isText(node) && 'value' in node ? node.value : '';
}

function startOf(node: Node): number | undefined {
	return 'attrs' in node ? node.sourceCodeLocation?.startOffset : undefined;
}

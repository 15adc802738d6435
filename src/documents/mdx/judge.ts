import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { mdxFromMarkdown } from 'mdast-util-mdx';
import { mdxjs } from 'micromark-extension-mdxjs';
import { literalValue, sameElement } from '../jsx/sameElement.ts';
import { type Exception, fieldsWithout, isNode, sameTree, type TreeNode } from '../jsx/sameTree.ts';
import type { Change } from '../markdown/judge.ts';
import { withoutFrontMatter } from '../markdown/sameOffsets.ts';

/** A document as the reference parser reads it, which shares no code with the finder. */
export type Judged = Root;

/** Undefined for a document with a syntax error, which in MDX may be a brace or angle bracket in its text. */
export function judge(text: string): Judged | undefined {
	try {
		return fromMarkdown(withoutFrontMatter(text), {
			extensions: [mdxjs()],
			mdastExtensions: [mdxFromMarkdown()],
		});
	} catch {
		// A VFileMessage that says where the syntax error is.
		return undefined;
	}
}

/**
 * Whether two texts are the same but for one image, and whether that one has the alt text in the second.
 * The offsets of the first are `shift` more than those of the second.
 */
export function differOnlyInAltText(
	before: Judged,
	after: Judged,
	shift: number,
	{ imageStart, altText }: Omit<Change, 'attribute'>,
): boolean {
	let seen = false;
	const exception: Exception = (one, other) => {
		const same = sameImage[one.type];
		if (same !== undefined && startOf(one) === imageStart) {
			seen = true;
			return other.type === one.type && startOf(other) === imageStart - shift && same(one, other, altText, exception);
		}
		return programOf(one) && programOf(other)
			? sameTree(fieldsWithout(one, 'value'), fieldsWithout(other, 'value'), exception)
			: undefined;
	};
	return sameTree(before, after, exception) && seen;
}

type SameImage = (one: TreeNode, other: TreeNode, altText: string, exception: Exception) => boolean;

/** By the type of a node that may be an image. */
const sameImage: Readonly<Record<string, SameImage>> = {
	image: sameMarkdownImage,
	imageReference: sameMarkdownImage,
	mdxJsxFlowElement: sameMdxElement,
	mdxJsxTextElement: sameMdxElement,
	JSXElement: sameElement,
};

function sameMarkdownImage(one: TreeNode, other: TreeNode, altText: string, exception: Exception): boolean {
	// Brackets that name their own definition become `[text][label]`.
	const rewritten = ['alt', 'referenceType', 'label'];
	return (
		other['alt'] === altText &&
		sameTree(fieldsWithout(one, ...rewritten), fieldsWithout(other, ...rewritten), exception)
	);
}

/** A tag in Markdown text; in an expression it is acorn's `JSXElement`. */
function sameMdxElement(one: TreeNode, other: TreeNode, altText: string, exception: Exception): boolean {
	const before = attributesOf(one);
	const after = attributesOf(other);
	const isAlt = (attribute: TreeNode): boolean => attribute.type === 'mdxJsxAttribute' && attribute['name'] === 'alt';
	const oldAlt = before.findLast(isAlt);
	const newAlt = after.findLast(isAlt);
	return (
		newAlt !== undefined &&
		textOf(newAlt) === altText &&
		sameTree(
			before.filter((attribute) => attribute !== oldAlt),
			after.filter((attribute) => attribute !== newAlt),
			exception,
		) &&
		sameTree(fieldsWithout(one, 'attributes'), fieldsWithout(other, 'attributes'), exception)
	);
}

function attributesOf({ attributes }: TreeNode): readonly TreeNode[] {
	return Array.isArray(attributes) ? attributes.filter(isNode) : [];
}

function textOf(attribute: TreeNode): unknown {
	const value = attribute['value'];
	if (!isNode(value)) {
		return value;
	}
	const body = programOf(value)?.['body'];
	const statements: readonly unknown[] = Array.isArray(body) ? body : [];
	const [statement] = statements;
	return isNode(statement) ? literalValue(statement['expression']) : undefined;
}

/** The JavaScript that a node's `value` is the source of. */
function programOf({ data }: TreeNode): TreeNode | undefined {
	return typeof data === 'object' && data !== null && 'estree' in data && isNode(data.estree) ? data.estree : undefined;
}

/** Markdown's nodes and acorn's keep it in different places. */
function startOf({ position, start }: TreeNode): unknown {
	const point = typeof position === 'object' && position !== null && 'start' in position ? position.start : undefined;
	return typeof point === 'object' && point !== null && 'offset' in point ? point.offset : start;
}

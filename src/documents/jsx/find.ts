import type { SyntaxNode } from '@lezer/common';
import type { ImageReference } from '../imageReference.ts';
import { altOf, type AltMarkup } from './altAttribute.ts';
import { constantsIn } from './constants.ts';
import { readTag, type Tag } from './element.ts';
import { readLiteral } from './literal.ts';
import { type Dialect, isTag, parseScript, type Script } from './script.ts';
import { targetOf } from './target.ts';

/** An image with what its rewrite has to know. */
export interface JsxImage {
	readonly reference: ImageReference;
	readonly markup: AltMarkup;
}

const imageNames: ReadonlySet<string> = new Set(['img', 'Image']);
const linkNames: ReadonlySet<string> = new Set(['a', 'Link']);
const buttonNames: ReadonlySet<string> = new Set(['button', 'Button']);

export function findImages(text: string, dialect: Dialect): readonly ImageReference[] {
	return findJsxImages(text, dialect).map(({ reference }) => reference);
}

export function findJsxImages(text: string, dialect: Dialect): readonly JsxImage[] {
	return imagesIn([parseScript(text, dialect)]);
}

/** The images of scripts that share their names, script by script. */
export function imagesIn(scripts: readonly Script[]): readonly JsxImage[] {
	const constants = constantsIn(scripts);
	return scripts.flatMap((script) =>
		tagsIn(script)
			.filter(({ name }) => imageNames.has(name))
			.map((tag): JsxImage => {
				const alt = altOf(tag, script);
				const target = targetOf(tag, script, constants);
				const { from, to } = tag.node.parent ?? tag.node;
				const around = tagsAround(tag.node.parent?.parent ?? null, script);
				const link = linkOf(around, script);
				return {
					markup: alt.markup,
					reference: {
						syntax: 'jsx',
						start: from,
						end: to,
						alt: alt.text,
						altKind: alt.kind,
						altStart: alt.start,
						altEnd: alt.end,
						target: target.text,
						...(target.kind === 'computed' && { targetKind: target.kind }),
						targetStart: target.start,
						targetEnd: target.end,
						...(isHidden(tag, script) && { hidden: true }),
						...(link !== undefined && { link }),
						...(around.some((outer) => isButton(outer, script)) && { inButton: true }),
					},
				};
			}),
	);
}

function tagsIn(script: Script): readonly Tag[] {
	const tags: Tag[] = [];
	script.tree.iterate({
		enter: (reference) => {
			// Its `node` is made when it is asked for.
			const tag = isTag(reference) ? readTag(reference.node, script) : undefined;
			if (tag !== undefined) {
				tags.push(tag);
			}
		},
	});
	return tags;
}

/** Where the innermost link around a UTF-16 offset leads, if that is written there. */
export function linkAt(offset: number, script: Script): string | undefined {
	return linkOf(tagsAround(script.tree.resolve(offset), script), script);
}

/** Of the elements that a node is or stands in, the innermost first. */
function tagsAround(innermost: SyntaxNode | null, script: Script): readonly Tag[] {
	const tags: Tag[] = [];
	for (let node = innermost; node !== null; node = node.parent) {
		// Not `getChild`, which looks at all children.
		const opening = node.name === 'JSXElement' ? node.firstChild : null;
		const outer = opening?.name === 'JSXOpenTag' ? readTag(opening, script) : undefined;
		if (outer !== undefined) {
			tags.push(outer);
		}
	}
	return tags;
}

function linkOf(around: readonly Tag[], script: Script): string | undefined {
	const link = around.find(({ name }) => linkNames.has(name));
	return link && (textOf(link, 'href', script) ?? textOf(link, 'to', script));
}

function isButton(tag: Tag, script: Script): boolean {
	return buttonNames.has(tag.name) || textOf(tag, 'role', script) === 'button';
}

function isHidden(tag: Tag, script: Script): boolean {
	const ariaHidden = tag.attributes.get('aria-hidden');
	const role = textOf(tag, 'role', script)?.trim().toLowerCase();
	return (
		(ariaHidden !== undefined && (ariaHidden.value === undefined || isTrue(ariaHidden.value, script))) ||
		role === 'presentation' ||
		role === 'none'
	);
}

function isTrue(value: SyntaxNode, script: Script): boolean {
	return (readLiteral(value, script)?.text ?? script.source.slice(value.from, value.to)) === 'true';
}

function textOf(tag: Tag, attribute: string, script: Script): string | undefined {
	const value = tag.attributes.get(attribute)?.value;
	return value && readLiteral(value, script)?.text;
}

import {
	CodeAction,
	type CodeActionContext,
	CodeActionKind,
	type CodeActionProvider,
	CodeActionTriggerKind,
	type Diagnostic,
	type Disposable,
	l10n,
	languages,
	type Range,
	type TextDocument,
	type Uri,
} from 'vscode';
import { documentLanguages } from './documentLanguages.ts';
import { type Place, placeAt } from './place.ts';
import type { Role } from './roles/role.ts';
import { isReadOnly } from './readOnly.ts';
import { roleLabel } from './roles/roleWords.ts';

const kinds = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite];

/** Rules of other linters that a new alt text answers: markdownlint, eslint-plugin-jsx-a11y, axe, html-eslint, Biome. */
const otherRules =
	/^(MD045|no-alt-text|jsx-a11y\/(alt-text|img-redundant-alt)|(axe\/)?(image-alt|text-alternatives|area-alt)|@html-eslint\/require-img-alt|(lint\/a11y\/)?useAltText)$/;

/** Offers to write alt text where the cursor is on an image: a fix where it has none, a rewrite where it has. */
const provider: CodeActionProvider = {
	async provideCodeActions(document, range, context, token) {
		if (isOnSave(context) || isReadOnly(document)) {
			return [];
		}
		const place = await placeAt(document, document.offsetAt(range.start));
		if (!place || place.image.altKind === 'computed' || token.isCancellationRequested) {
			return [];
		}
		const { roleOf } = await import('./roles/role.ts');
		return actionsAt(document, range, context, place, roleOf(place.text, document.languageId, place.image));
	},
};

function actionsAt(
	document: TextDocument,
	range: Range,
	{ diagnostics }: CodeActionContext,
	{ image }: Place,
	role: Role,
): CodeAction[] {
	const fixes = diagnostics.filter((diagnostic) => isOurs(diagnostic, range));
	const action = (title: string, kind: CodeActionKind, command: string): CodeAction => {
		const made = new CodeAction(title, kind);
		made.command = { command, title, arguments: [document.uri, image.start] satisfies [Uri, number] };
		made.diagnostics = fixes;
		return made;
	};
	const label = roleLabel(role, image.link);
	if (image.alt.trim() === '') {
		return [
			action(l10n.t('Write alt text with Descry ({0})', label), CodeActionKind.QuickFix, 'descry.writeAltText'),
			action(l10n.t('Mark as decorative'), CodeActionKind.QuickFix, 'descry.markDecorative'),
		];
	}
	const kind = fixes.length > 0 ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite;
	return [
		action(l10n.t('Write new alt text with Descry ({0})', label), kind, 'descry.writeAltText'),
		action(l10n.t('Refine alt text with Descry…'), CodeActionKind.RefactorRewrite, 'descry.refineAltText'),
	];
}

function isOurs({ source, code, range }: Diagnostic, cursor: Range): boolean {
	const rule = String(typeof code === 'object' ? code.value : (code ?? ''));
	return (source === 'Descry' || otherRules.test(rule)) && range.intersection(cursor) !== undefined;
}

/** Saving asks for one kind of actions and runs all it gets; nothing is to be sent by saving. */
function isOnSave({ only, triggerKind }: CodeActionContext): boolean {
	return only !== undefined && triggerKind === CodeActionTriggerKind.Automatic;
}

export function registerQuickFix(): Disposable {
	return languages.registerCodeActionsProvider([...documentLanguages], provider, { providedCodeActionKinds: kinds });
}

import {
	Diagnostic,
	DiagnosticSeverity,
	Disposable,
	l10n,
	languages,
	Range,
	type TextDocument,
	Uri,
	window,
	workspace,
} from 'vscode';
import type { Finding, FindingCode } from '../../documents/findings.ts';
import { altTextSettings, type LintLevel } from '../altTextSettings.ts';
import type { Decisions } from './decisions.ts';
import { isDocumentLanguage } from '../documentLanguages.ts';
import { isReadOnly } from '../readOnly.ts';

/** ms without typing before a document is judged again. */
const pause = 400;

const severities: Readonly<Record<Exclude<LintLevel, 'off'>, DiagnosticSeverity>> = {
	hint: DiagnosticSeverity.Hint,
	information: DiagnosticSeverity.Information,
	warning: DiagnosticSeverity.Warning,
};

const sentences: Readonly<Record<FindingCode, () => string>> = {
	missing: () => l10n.t('This image has no alt text.'),
	placeholder: () => l10n.t('This alt text is a placeholder.'),
	'file-name': () => l10n.t('This alt text is a file name.'),
	'screenshot-name': () => l10n.t('This alt text is the name a screenshot was saved under.'),
	'redundant-prefix': () => l10n.t('Screen readers say that this is an image; the alt text need not.'),
	'white-space': () => l10n.t('This alt text is only white space.'),
	'repeats-neighbour': () => l10n.t('The image before has the same alt text.'),
	'repeats-text': () => l10n.t('This alt text repeats the text beside it.'),
	long: () => l10n.t('This alt text is long; what is more than a sentence or two belongs in the text.'),
	'missing-target': () => l10n.t('There is no such image file.'),
};

const explanation = Uri.parse('https://www.w3.org/WAI/WCAG22/Understanding/non-text-content');

/** Judges the images of open documents: hints unless set otherwise, a moment after the last change. */
export function registerDiagnostics(decisions: Decisions, log: (error: unknown) => void): Disposable {
	const collection = languages.createDiagnosticCollection('descry');
	/** By the document's address, until it is closed: a judgement that another one follows shows nothing. */
	const timers = new Map<string, NodeJS.Timeout>();
	const judge = (document: TextDocument): void => {
		const key = document.uri.toString();
		clearTimeout(timers.get(key));
		if (isDocumentLanguage(document.languageId) && !isReadOnly(document)) {
			const timer = setTimeout(() => void show(document, () => timers.get(key) === timer).catch(log), pause);
			timers.set(key, timer);
		}
	};
	const show = async (document: TextDocument, isLast: () => boolean): Promise<void> => {
		const { lint } = altTextSettings(document);
		const findings = lint === 'off' ? [] : await (await import('./findingsIn.ts')).findingsIn(document, decisions);
		if (isLast()) {
			collection.set(
				document.uri,
				lint === 'off' ? [] : findings.map((finding) => diagnosticOf(document, finding, severities[lint])),
			);
		}
	};
	const judgeAll = (): void => workspace.textDocuments.forEach(judge);
	judgeAll();
	return Disposable.from(
		collection,
		workspace.onDidOpenTextDocument(judge),
		workspace.onDidChangeTextDocument(({ document }) => judge(document)),
		workspace.onDidCloseTextDocument(({ uri }) => {
			const key = uri.toString();
			clearTimeout(timers.get(key));
			timers.delete(key);
			collection.delete(uri);
		}),
		workspace.onDidChangeConfiguration((change) => {
			if (change.affectsConfiguration('descry.altText.lint')) {
				judgeAll();
			}
		}),
		decisions.onDidChange(judgeAll),
		// An image that was missing may be there now, or one that was there be gone.
		workspace.onDidCreateFiles(judgeAll),
		workspace.onDidRenameFiles(judgeAll),
		workspace.onDidDeleteFiles(judgeAll),
		window.onDidChangeWindowState(({ focused }) => {
			if (focused) {
				judgeAll();
			}
		}),
		new Disposable(() => {
			timers.forEach(clearTimeout);
			timers.clear();
		}),
	);
}

function diagnosticOf(document: TextDocument, { code, start, end }: Finding, severity: DiagnosticSeverity): Diagnostic {
	const range = new Range(document.positionAt(start), document.positionAt(end));
	const diagnostic = new Diagnostic(range, sentences[code](), severity);
	diagnostic.source = 'Descry';
	diagnostic.code = { value: code, target: explanation };
	return diagnostic;
}

export function findingSentence(code: FindingCode): string {
	return sentences[code]();
}

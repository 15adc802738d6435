import { type ConfigurationScope, workspace } from 'vscode';

export interface AltTextSettings {
	/** `document`, or a language tag. */
	readonly language: string;
	/** Soft limit in characters. */
	readonly length: number;
	/** House style; it may come from a repository. */
	readonly instructions: string;
	readonly lint: LintLevel;
}

export type LintLevel = 'off' | 'hint' | 'information' | 'warning';

/** The settings for a document. They can name no host, model or file, so a workspace may set them. */
export function altTextSettings(scope: ConfigurationScope): AltTextSettings {
	const settings = workspace.getConfiguration('descry.altText', scope);
	const length = settings.get<number>('length');
	return {
		language: settings.get<string>('language') || 'document',
		length: typeof length === 'number' && length > 0 ? length : 150,
		instructions: settings.get<string>('instructions') ?? '',
		lint: settings.get<LintLevel>('lint') ?? 'hint',
	};
}

// Another extension, which brings models to VS Code as GitHub Copilot does. What it is asked is read by the tests.
const vscode = require('vscode');

exports.activate = () => {
	/** @type {{ id: string, stopped: boolean, messages: { role: number, content: readonly unknown[] }[] }[]} */
	const requests = [];
	/** @type {(id: string, imageInput: boolean) => vscode.LanguageModelChatInformation} */
	const model = (id, imageInput) => ({
		id,
		name: `Fake ${id}`,
		family: 'fake',
		version: '1',
		maxInputTokens: 1000,
		maxOutputTokens: 1000,
		capabilities: { imageInput },
	});
	vscode.lm.registerLanguageModelChatProvider('fake', {
		provideLanguageModelChatInformation: () => [model('seer', true), model('blind', false), model('org/failing', true)],
		async provideLanguageModelChatResponse({ id }, messages, _options, progress, token) {
			const request = { id, stopped: false, messages: messages.map(({ role, content }) => ({ role, content })) };
			requests.push(request);
			token.onCancellationRequested(() => (request.stopped = true));
			const last = messages.at(-1)?.content.at(-1);
			const text = last instanceof vscode.LanguageModelTextPart ? last.value : '';
			if (id === 'org/failing') {
				throw new Error('The quota of Bearer sk-secret-1234 is used up.');
			}
			if (text.includes('never')) {
				await new Promise((resolve) => token.onCancellationRequested(resolve));
				return;
			}
			if (text.includes('silence')) {
				return;
			}
			progress.report(new vscode.LanguageModelTextPart('A fake '));
			progress.report(new vscode.LanguageModelTextPart('answer.'));
		},
		provideTokenCount: () => Promise.resolve(1),
	});
	return { requests };
};

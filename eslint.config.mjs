import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * What each folder of src may import of the others; `vscode: false` keeps it usable from plain Node.
 * @type {Readonly<Record<string, { readonly imports: readonly string[], readonly vscode: boolean }>>}
 */
const layers = {
	client: { imports: [], vscode: false },
	documents: { imports: [], vscode: false },
	attachments: { imports: [], vscode: false },
	privacy: { imports: ['attachments'], vscode: true },
	models: { imports: ['client', 'attachments', 'privacy'], vscode: true },
	failures: { imports: ['client', 'attachments', 'models'], vscode: true },
	conversation: { imports: ['client', 'attachments', 'models', 'failures'], vscode: true },
	altText: { imports: ['client', 'attachments', 'privacy', 'models', 'documents', 'failures'], vscode: true },
	commands: {
		imports: ['client', 'attachments', 'models', 'documents', 'failures', 'conversation', 'altText'],
		vscode: true,
	},
};

const undici = {
	name: 'undici',
	message: "undici's main file claims process-wide dispatcher slots. Import undici/lib/... as transport.ts does.",
};

/** @type {import('eslint').Linter.Config[]} */
const arrows = Object.entries(layers).map(([folder, { imports, vscode }]) => ({
	files: [`src/${folder}/**/*.ts`],
	...(folder === 'attachments' ? { ignores: ['src/attachments/open.ts'] } : {}),
	rules: {
		'no-restricted-imports': [
			'error',
			{
				paths: [undici, ...(vscode ? [] : [{ name: 'vscode', message: `src/${folder} runs in plain Node.` }])],
				patterns: [
					{
						group: Object.keys(layers)
							.filter((other) => other !== folder && !imports.includes(other))
							.flatMap((other) => [`../${other}/*`, `../../${other}/*`]),
						message: `src/${folder} is not above that folder.`,
					},
				].filter(({ group }) => group.length > 0),
			},
		],
	},
}));

export default defineConfig(
	{ ignores: ['dist/**', 'out/**', 'test/playground/**', 'test/fixtures/**', 'test/bench/**'] },
	{
		files: ['**/*.ts', '**/*.mjs'],
		extends: [tseslint.configs.strictTypeChecked],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'no-restricted-imports': ['error', { paths: [undici] }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/explicit-module-boundary-types': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
			'no-restricted-syntax': [
				'error',
				{
					selector: ':matches(PropertyDefinition, MethodDefinition)[accessibility="private"]',
					message: 'Use #private.',
				},
				{ selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
			],
			eqeqeq: 'error',
		},
	},
	{
		files: ['**/*.mjs'],
		rules: {
			'@typescript-eslint/explicit-module-boundary-types': 'off',
			// What is parsed gets its type by JSDoc there, which the rule does not see.
			'@typescript-eslint/no-unsafe-assignment': 'off',
		},
	},
	...arrows,
);

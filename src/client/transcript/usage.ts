import type { Usage } from '../answer.ts';

const optional = ['thoughts', 'images', 'cached'] as const;

/** What two requests of one answer took together; what neither counts is left out. */
export function sumOf(one: Usage, other: Usage | undefined): Usage {
	const counted = optional.filter((name) => one[name] !== undefined || other?.[name] !== undefined);
	return {
		prompt: one.prompt + (other?.prompt ?? 0),
		output: one.output + (other?.output ?? 0),
		...Object.fromEntries(counted.map((name) => [name, (one[name] ?? 0) + (other?.[name] ?? 0)])),
	};
}

/** Whether an error only says that the user, or a newer question, ended the work. */
export function isAbort(error: unknown): boolean {
	return error instanceof Error && error.name === 'AbortError';
}

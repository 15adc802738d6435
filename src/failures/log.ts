import type { LogOutputChannel } from 'vscode';
import { AttachmentFailure } from '../attachments/attachmentFailure.ts';
import { Failure } from '../client/failure/failure.ts';
import { isAbort } from './isAbort.ts';

export interface Log {
	/** One line for each request: sizes, times and counts, never content or keys. */
	readonly line: (line: string) => void;
	readonly error: (error: unknown) => void;
}

/** Expected failures take a line of facts; anything else its stack. */
export function createLog(channel: LogOutputChannel): Log {
	return {
		line: (line) => channel.info(line),
		error: (error) => {
			if (isAbort(error)) {
				return;
			}
			if (error instanceof Failure) {
				channel.warn(factsOf(error));
			} else if (error instanceof AttachmentFailure) {
				channel.warn(`attachment: ${error.kind}${error.reason === undefined ? '' : `, ${error.reason}`}`);
			} else {
				channel.error(error instanceof Error ? error : String(error));
			}
		},
	};
}

function factsOf({ kind, status, code, requestId, serverMessage }: Failure): string {
	return [
		`request: ${kind}`,
		status !== undefined && `status ${status}`,
		code !== undefined && `code ${code}`,
		requestId !== undefined && `request id ${requestId}`,
		serverMessage !== undefined && `“${serverMessage}”`,
	]
		.filter((fact) => fact !== false)
		.join(', ');
}

import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playground } from './playground.ts';
import { repository } from './repository.ts';

/** A copy of the playground with the broken files beside it, so that tests may write in it. */
export interface SampleWorkspace {
	readonly folder: string;
	remove(): Promise<void>;
}

export async function createSampleWorkspace(): Promise<SampleWorkspace> {
	const folder = await mkdtemp(join(tmpdir(), 'descry-workspace-'));
	await cp(playground, folder, { recursive: true });
	await cp(join(repository, 'test', 'fixtures', 'bad'), join(folder, 'bad'), { recursive: true });
	await symlink('nowhere.png', join(folder, 'bad', 'link-to-nowhere.png'));
	return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
